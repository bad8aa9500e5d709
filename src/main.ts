import { runProgram } from "./commands/program.ts";

const line = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`);

process.exitCode = await runProgram(process.argv.slice(2), {
  variables: process.env,
  folder: process.cwd(),
  output: { out: line(process.stdout), err: line(process.stderr) },
});
