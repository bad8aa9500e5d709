import { findDrizzleAtOnce } from "./loading.ts";

findDrizzleAtOnce();
const { runProgram } = await import("./commands/program.ts");

const line = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`);

const status = await runProgram(process.argv.slice(2), {
  variables: process.env,
  folder: process.cwd(),
  output: { out: line(process.stdout), err: line(process.stderr) },
  areArgumentsSeen: true,
  readInput: async () => (await import("node:stream/consumers")).text(process.stdin),
});
// Node, when it ends by itself, first cleans up its handles, and can turn for ever over a socket whose other end was killed.
process.stdout.write("", () => process.exit(status));
