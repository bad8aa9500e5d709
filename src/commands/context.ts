import type { Command } from "commander";
import type { Config } from "../config.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";

type OfCounty = { readonly county?: string };

/**
 * The context of a command: it opens the installation and the runtime for it; the status it ends with becomes the
 * program's.
 */
export type CommandContext = {
  readonly output: Output;
  /** In which relative paths begin. */
  readonly folder: string;
  /** All that comes on standard input. */
  readInput(): Promise<string>;
  /** Whether others on the machine can read the command's arguments. */
  readonly areArgumentsSeen: boolean;
  /** Adds the option that says which county is meant. */
  ofCounty(command: Command): Command;
  /** Says everything that is wrong with the environment instead, where something is. */
  withConfig(work: (config: Config) => Promise<ExitStatus>): Promise<void>;
  withInstallation(work: (installation: Installation, config: Config) => Promise<ExitStatus>): Promise<void>;
  withCounty(
    options: OfCounty,
    work: (installation: Installation, jurisdictionId: string, config: Config) => Promise<ExitStatus>,
  ): Promise<void>;
};

/** The surroundings of the program: the environment, the folder that relative paths begin in, and its output. */
export type ProgramContext = {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly output: Output;
  /** Gives all that comes on standard input; nothing comes when it is left out. */
  readonly readInput?: () => Promise<string>;
  /** Whether the arguments are those of a process, which others on the machine can read. */
  readonly areArgumentsSeen?: boolean;
};

const COMMAND_CONNECTIONS = 3;
/** A command may write a whole county in one statement. */
const COMMAND_STATEMENT_LIMIT_MS = 10 * 60_000;

/**
 * Creates the context of the program's commands.
 * @param end is told the exit status of the command that ran
 */
export function createCommandContext(
  { variables, folder, output, readInput = async () => "", areArgumentsSeen = false }: ProgramContext,
  end: (status: ExitStatus) => void,
): CommandContext {
  const withConfig: CommandContext["withConfig"] = async (work) => {
    const { readConfig } = await import("../config.ts");
    const read = readConfig(variables, folder);
    if (read.ok) return end(await work(read.config));
    for (const problem of read.problems) output.err(problem);
    end(2);
  };
  const withInstallation: CommandContext["withInstallation"] = (work) =>
    withConfig(async (config) => {
      const { beginServer } = await import("../process/server.ts");
      const how = { asService: false, say: output.err };
      const { opened: server } = await beginServer(config, how);
      const { openInstallation } = await import("../process/installation.ts");
      const installation = await openInstallation(config, {
        ...how,
        server,
        maxConnections: COMMAND_CONNECTIONS,
        statementLimitMs: COMMAND_STATEMENT_LIMIT_MS,
      });
      try {
        return await work(installation, config);
      } finally {
        await installation.close();
      }
    });
  const withCounty: CommandContext["withCounty"] = ({ county: code }, work) =>
    withInstallation(async (installation, config) => {
      const { onlyCounty } = await import("../casework/county/counties.ts");
      const found = await onlyCounty(installation.database, code);
      if (found.ok) return work(installation, found.county.id, config);
      output.err(found.reason);
      return 2;
    });
  const ofCounty = (command: Command) =>
    command.option("--county <code>", "which county; may be left out where there is one");
  return { output, folder, readInput, areArgumentsSeen, ofCounty, withConfig, withInstallation, withCounty };
}
