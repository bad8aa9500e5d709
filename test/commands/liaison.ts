import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../../src/commands/program.ts";
import { SECRET, type TestDatabase, testDatabase } from "../database.ts";

/** What a command said, and its exit status. */
type Ended = { readonly status: number; readonly out: string; readonly err: string };

/** A place to run commands in: a folder for files, and a database. */
export type CommandLine = {
  readonly folder: string;
  liaison(...args: readonly string[]): Promise<Ended>;
  /** The same, with something on standard input. */
  given(input: string, ...args: readonly string[]): Promise<Ended>;
  close(): Promise<void>;
};

/**
 * Runs `liaison` commands as a shell would, in this process.
 * @param variables further names of the environment
 */
export async function commandLine(databaseUrl: string, variables: Record<string, string> = {}): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), "liaison-commands-"));
  const environment = {
    DATABASE_URL: databaseUrl,
    LIAISON_SECRET: SECRET.toString("base64"),
    LIAISON_DATA: join(folder, "data"),
    ...variables,
  };
  const run = async (args: readonly string[], input: string): Promise<Ended> => {
    const said = { out: "", err: "" };
    const status = await runProgram(args, {
      variables: environment,
      folder,
      output: {
        out: (line) => {
          said.out += `${line}\n`;
        },
        err: (line) => {
          said.err += `${line}\n`;
        },
      },
      readInput: async () => input,
    });
    return { status, ...said };
  };
  return {
    folder,
    liaison: (...args) => run(args, ""),
    given: (input, ...args) => run(args, input),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A command line on a database of its own with two counties, which is dropped when the command line is closed. */
export async function commandLineWithDatabase(): Promise<CommandLine & { readonly db: TestDatabase }> {
  const db = await testDatabase();
  const line = await commandLine(db.url);
  return {
    ...line,
    db,
    async close() {
      await line.close();
      await db.close();
    },
  };
}
