import { resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { onlyCounty } from "../casework/counties.ts";
import { type Config, readConfig } from "../config.ts";
import { runBackup } from "./backup.ts";
import { runCase, runCases } from "./cases.ts";
import { addCategoryCommands } from "./category.ts";
import { runChannelAdd, runChannelList } from "./channel.ts";
import { runCountyAdd } from "./county.ts";
import { runDeputyInvite } from "./deputy.ts";
import { type Ground, openGround } from "./ground.ts";
import { runImport } from "./import.ts";
import type { ExitStatus, Output } from "./output.ts";
import { addCaseMove, addPeopleCommands } from "./people.ts";
import { runQr } from "./qr.ts";
import { runRestore } from "./restore.ts";
import { addRulesCommands } from "./rules.ts";
import { addTokenCommands } from "./token.ts";
import { addUpkeep } from "./upkeep.ts";

/** Where a command runs: the environment, the folder that relative paths begin in, and where it says things. */
export type ProgramContext = {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly output: Output;
};

type OfCounty = { readonly county?: string };

const COMMAND_CONNECTIONS = 3;
/** A command may write a whole county in one statement. */
const COMMAND_STATEMENT_LIMIT_MS = 10 * 60_000;

/** The service is most of the program; the other commands do not wait for it to load. */
const loadService = () => import("./run.ts");

/** Runs one `liaison` command. What fails is said in plain sentences on `err`; nothing is thrown. */
export async function runProgram(args: readonly string[], context: ProgramContext): Promise<ExitStatus> {
  const { output } = context;
  let status: ExitStatus = 0;
  const program = createProgram(context, (ended) => {
    status = ended;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    output.err(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function createProgram(context: ProgramContext, end: (status: ExitStatus) => void): Command {
  const { output } = context;
  const program = new Command("liaison")
    .description("Carries what residents say to their People's Congress deputies, and the answers back.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
      outputError: (text, write) => write(sentence(text)),
    });

  const withConfig = async (work: (config: Config) => Promise<ExitStatus>): Promise<void> => {
    const read = readConfig(context.variables, context.folder);
    if (read.ok) return end(await work(read.config));
    for (const problem of read.problems) output.err(problem);
    end(2);
  };
  const withGround = (work: (ground: Ground, config: Config) => Promise<ExitStatus>): Promise<void> =>
    withConfig(async (config) => {
      const options = {
        asService: false,
        maxConnections: COMMAND_CONNECTIONS,
        statementLimitMs: COMMAND_STATEMENT_LIMIT_MS,
        say: output.err,
      };
      const ground = await openGround(config, options);
      try {
        return await work(ground, config);
      } finally {
        await ground.close();
      }
    });
  const withCounty = (
    { county: code }: OfCounty,
    work: (ground: Ground, jurisdictionId: string, config: Config) => Promise<ExitStatus>,
  ): Promise<void> =>
    withGround(async (ground, config) => {
      const found = await onlyCounty(ground.database, code);
      if (found.ok) return work(ground, found.county.id, config);
      output.err(found.reason);
      return 2;
    });
  const ofCounty = (command: Command): Command =>
    command.option("--county <code>", "which county; may be left out where there is one");

  const services = { start: "Runs everything in one process", serve: "Runs the web front", work: "Runs the workers" };
  for (const role of ["start", "serve", "work"] as const) {
    program
      .command(role)
      .description(`${services[role]}, until it is stopped with SIGINT or SIGTERM.`)
      .action(() => withConfig(async (config) => (await loadService()).runService(output, config, role)));
  }
  program
    .command("demo")
    .description("Runs everything with a practice county, a simulated WeChat and phones in the browser.")
    .action(() =>
      withConfig(async (config) =>
        (await import("./demo.ts")).runDemo(output, config, { isLogWanted: context.variables.LOG_LEVEL !== undefined }),
      ),
    );
  program
    .command("migrate")
    .description("Brings the database up to date; every other command does so too.")
    .action(() =>
      withGround(async () => {
        output.out("The database is up to date.");
        return 0;
      }),
    );

  program
    .command("backup <file>")
    .description("Writes the database and the photos, without the key, into one file; works beside a running service.")
    .action((file) => withGround((ground, config) => runBackup(output, ground, config, resolve(context.folder, file))));
  program
    .command("restore <file>")
    .description("Brings a backup into an empty database or data folder; the key must be there already.")
    .option(
      "--skip-numbers <count>",
      "leave out so many case numbers, which may be known since the backup",
      wholeNumber,
      0,
    )
    .action((file, { skipNumbers }) =>
      withConfig((config) => runRestore(output, config, { file: resolve(context.folder, file), skipNumbers })),
    );

  const county = program.command("county").description("The counties of this installation.");
  county
    .command("add <code>")
    .description("Adds a county and prints its code.")
    .requiredOption("--name <name>", "as people see it")
    .action((code, { name }) => withGround((ground) => runCountyAdd(output, ground, { code, name })));

  addTokenCommands(program.command("token"), output, { ofCounty, withCounty });
  addCategoryCommands(program.command("category"), output, { folder: context.folder, ofCounty, withCounty });

  const channel = program.command("channel").description("The accounts of a county on messaging platforms.");
  addChannelOptions(ofCounty(channel.command("add <type>")))
    .description("Adds an account, or changes one, and prints the address that the platform must be told.")
    .action((type, { account, county: code, ...options }) =>
      withCounty({ county: code }, (ground, jurisdictionId, { publicUrl }) =>
        runChannelAdd(output, ground, jurisdictionId, { type, name: account, options: dashed(options), publicUrl }),
      ),
    );
  ofCounty(channel.command("list"))
    .description("Lists the accounts, without their secrets.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) => runChannelList(output, database, jurisdictionId, { json })),
    );

  ofCounty(program.command("import <paths...>"))
    .description("Imports grids, stations, deputies, units and places from folders, CSV, Excel and GeoJSON files.")
    .addOption(
      new Option("--coordinates <datum>", "of all coordinates in the files")
        .choices(["wgs84", "gcj02", "bd09"])
        .default("wgs84"),
    )
    .option("--dry-run", "only checks and counts")
    .action((paths, { coordinates, dryRun = false, ...options }) =>
      withCounty(options, (ground, jurisdictionId, { timeZone }) =>
        runImport(output, { ...ground, timeZone }, jurisdictionId, {
          paths: paths.map((path: string) => resolve(context.folder, path)),
          coordinates,
          dryRun,
        }),
      ),
    );
  ofCounty(program.command("qr <scene>"))
    .description("Writes the QR code of a grid (g:…), a station (s:…), a deputy (d:…) or an invite (i:…) into a file.")
    .requiredOption("--out <file>", "ending in .png, .svg or .pdf")
    .action((scene, { out, ...options }) =>
      withCounty(options, (ground, jurisdictionId, config) =>
        runQr(output, ground, config, jurisdictionId, { scene, file: resolve(context.folder, out) }),
      ),
    );

  const deputy = program.command("deputy").description("The deputies of a county.");
  ofCounty(deputy.command("invite <code>"))
    .description("Prints a one-time code with which this deputy binds a chat within 14 days.")
    .action((code, options) =>
      withCounty(options, (ground, jurisdictionId) => runDeputyInvite(output, ground, jurisdictionId, code)),
    );

  ofCounty(program.command("cases"))
    .description("Lists the cases of a county.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) => runCases(output, database, jurisdictionId, { json })),
    );
  const one = ofCounty(program.command("case"))
    .argument("<number>", "whole, or its last digits")
    .description("Shows one case whole; the last digits of its number are enough.")
    .option("--json", "as JSON")
    .action((number, { json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) =>
        runCase(output, database, jurisdictionId, number, { json }),
      ),
    );
  const people = { output, folder: context.folder, ofCounty, withCounty };
  addPeopleCommands(program, deputy, people);
  addCaseMove(one, people);
  addRulesCommands(program.command("rules"), output, people);
  addUpkeep(program, { output, ofCounty, withGround, withCounty });
  return program;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It must be a whole number up to 999999.");
  return Number(text);
}

/** What the channels of this version ask for; a channel says itself which of them it needs. */
function addChannelOptions(command: Command): Command {
  return command
    .requiredOption("--account <name>", "the account's name in addresses and commands")
    .option("--app-id <id>", "the platform's id of the account")
    .option("--app-secret <secret>", "with which the service calls the platform")
    .option("--token <token>", "with which the platform signs its requests")
    .option("--aes-key <key>", "with which the platform encrypts its requests; plain mode without it")
    .option("--replies <how>", "passive for an account that may only answer, direct otherwise")
    .option("--template <template>", "the template for notices, 'ID:field={number},…'")
    .option("--subscribe-template <template>", "the template for subscription notices");
}

/** Commander's `appId` is the channels' `app-id`. */
function dashed(options: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`), value]),
  );
}

/** Commander's `error: unknown option '--x'` as one plain sentence. */
function sentence(text: string): string {
  const plain = text
    .replace(/^error: /, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${/[.?)]$/.test(plain) ? "" : "."} See liaison --help.`;
}
