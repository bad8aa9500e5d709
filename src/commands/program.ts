import { resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type ExitStatus, forTerminal } from "../process/output.ts";
import { createCommandContext, type ProgramContext } from "./context.ts";

/**
 * Runs one `liaison` command. Failures are said in plain sentences on `err`; nothing is thrown.
 *
 * A command loads what it needs when it runs: nobody waits for what the others need.
 */
export async function runProgram(args: readonly string[], given: ProgramContext): Promise<ExitStatus> {
  const output = forTerminal(given.output);
  const context = { ...given, output };
  let status: ExitStatus = 0;
  const { program, declare } = createProgram(context, (ended) => {
    status = ended;
  });
  try {
    const [first, second] = args;
    await declare(first === "help" ? second : first);
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    output.err(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

/** The commands, of which those in files of their own are known by name alone until they are declared by it. */
function createProgram(
  context: ProgramContext,
  end: (status: ExitStatus) => void,
): { readonly program: Command; declare(name: string | undefined): Promise<void> } {
  const { output } = context;
  const program = new Command("liaison")
    .description("Carries what residents say to their People's Congress deputies, and the answers back.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
      outputError: (text, write) => write(sentence(text)),
    });

  const commandContext = createCommandContext(context, end);
  const { ofCounty, withConfig, withInstallation, withCounty } = commandContext;
  const files = new Map<string, () => Promise<void>>();
  const inFile = (command: Command, add: (command: Command) => Promise<void>) => {
    files.set(command.name(), () => add(command));
  };

  const services = { start: "Runs everything in one process", serve: "Runs the web front", work: "Runs the workers" };
  for (const role of ["start", "serve", "work"] as const) {
    program
      .command(role)
      .description(`${services[role]}, until it is stopped with SIGINT or SIGTERM.`)
      .action(() =>
        withConfig(async (config) => (await import("../process/run-service.ts")).runService(output, config, role)),
      );
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
      withInstallation(async () => {
        output.out("The database is up to date.");
        return 0;
      }),
    );

  program
    .command("backup <file>")
    .description("Writes the database and the photos, without the key, into one file; works beside a running service.")
    .action((file) =>
      withInstallation(async (installation, config) =>
        (await import("./maintenance/backup.ts")).runBackup(
          output,
          installation,
          config,
          resolve(context.folder, file),
        ),
      ),
    );
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
      withConfig(async (config) =>
        (await import("./maintenance/restore.ts")).runRestore(output, config, {
          file: resolve(context.folder, file),
          skipNumbers,
        }),
      ),
    );

  inFile(
    program.command("county").description("The counties of this installation, and what each sets for itself."),
    async (county) => (await import("./county.ts")).addCountyCommands(county, commandContext),
  );
  inFile(
    program
      .command("token")
      .description("The tokens with which programs use the API, the metrics and the queue's page."),
    async (token) => (await import("./token.ts")).addTokenCommands(token, commandContext),
  );
  inFile(program.command("user").description("The people of the office who sign in."), async (user) =>
    (await import("./user.ts")).addUserCommands(user, commandContext),
  );
  inFile(
    program
      .command("category")
      .description("The topics under which a county files its cases, and what it learns from corrections."),
    async (category) => (await import("./category.ts")).addCategoryCommands(category, commandContext),
  );

  inFile(program.command("channel").description("The accounts of a county on messaging platforms."), async (channel) =>
    (await import("./channel.ts")).addChannelCommands(channel, commandContext),
  );

  ofCounty(program.command("import <paths...>"))
    .description(
      "Imports grids, stations, deputies, units and places from folders, CSV, Excel and GeoJSON files; for a day the console can undo it.",
    )
    .addOption(
      new Option("--coordinates <datum>", "of all coordinates in the files")
        .choices(["wgs84", "gcj02", "bd09"])
        .default("wgs84"),
    )
    .option("--dry-run", "only checks and counts")
    .option("--by <name>", "who imports, for the ledger", "command line")
    .action((paths, { coordinates, dryRun = false, by, ...options }) =>
      withCounty(options, async (installation, jurisdictionId, { timeZone }) =>
        (await import("./import.ts")).runImport(output, { ...installation, timeZone }, jurisdictionId, {
          paths: paths.map((path: string) => resolve(context.folder, path)),
          coordinates,
          dryRun,
          by,
        }),
      ),
    );
  ofCounty(program.command("qr <scene>"))
    .description(
      "Writes the QR code of a grid (g:…), a station (s:…), a deputy (d:…) or an invite (i:…, or i:- for a code on standard input) into a file.",
    )
    .requiredOption("--out <file>", "ending in .png, .svg or .pdf")
    .option(
      "--channel <type>",
      "the channel that the code opens, such as web; that of the county's first account when left out",
    )
    .action((scene, { out, channel, ...options }) =>
      withCounty(options, async (installation, jurisdictionId, config) => {
        const { runQr, sceneGiven } = await import("./qr.ts");
        const wanted = { scene: await sceneGiven(commandContext, scene), file: resolve(context.folder, out), channel };
        return runQr(output, installation, config, jurisdictionId, wanted);
      }),
    );

  inFile(program.command("deputy").description("The deputies of a county."), async (deputy) =>
    (await import("./deputy.ts")).addDeputyCommands(deputy, commandContext),
  );
  for (const list of ["unit", "station", "grid"] as const) {
    inFile(program.command(list).description(`The people of ${list}s who speak in chat.`), async (command) => {
      const { addChatsCommands, addInviteCommand, addWaitingCommand } = await import("./cases/bound-role.ts");
      const bound = { role: list === "grid" ? ("grid-worker" as const) : list, list };
      addInviteCommand(command, bound, commandContext);
      addChatsCommands(command, bound, commandContext);
      if (list === "unit") addWaitingCommand(command, commandContext);
    });
  }
  inFile(program.command("room").description("The rooms of deputies in chat."), async (room) =>
    (await import("./cases/room.ts")).addRoomCommands(room, commandContext),
  );
  inFile(
    program.command("figures").description("Counts figures of a span of days, each with how it is computed."),
    async (figures) => (await import("./cases/figures.ts")).addFigures(figures, commandContext),
  );
  inFile(program.command("cases").description("Lists the cases of a county."), async (cases) =>
    (await import("./cases/cases.ts")).addCases(cases, commandContext),
  );
  inFile(
    program.command("case").description("Shows one case whole; the last digits of its number are enough."),
    async (one) => (await import("./cases/cases.ts")).addCase(one, commandContext),
  );
  inFile(
    program.command("intake").description("Takes down what people said at a desk, by telephone or on paper."),
    async (intake) => (await import("./cases/intake.ts")).addIntake(intake, commandContext),
  );
  inFile(program.command("petitions").description("Petitions whose written notice is owed."), async (petitions) =>
    (await import("./cases/petitions.ts")).addPetitions(petitions, commandContext),
  );
  inFile(
    program.command("clocks").description("The rules by which it is said until when something is due."),
    async (clocks) => (await import("./clocks.ts")).addClocks(clocks, commandContext),
  );
  inFile(program.command("topics").description("Lists what many people told."), async (topics) =>
    (await import("./cases/topics.ts")).addTopics(topics, commandContext),
  );
  inFile(
    program.command("topic").description("Shows one topic: its cases by number, and what their residents say."),
    async (topic) => (await import("./cases/topics.ts")).addTopic(topic, commandContext),
  );
  inFile(
    program
      .command("partner")
      .description("Other case systems, to which cases are handed over and from which news comes back."),
    async (partner) => (await import("./cases/partner.ts")).addPartnerCommands(partner, commandContext),
  );
  inFile(program.command("answers").description("The library of answers that are given at once."), async (answers) =>
    (await import("./cases/answers.ts")).addAnswers(answers, commandContext),
  );
  inFile(program.command("duty").description("Who is on duty for urgent cases."), async (duty) =>
    (await import("./duty.ts")).addDuty(duty, commandContext),
  );
  inFile(
    program.command("succession").description("Who follows whom, after an election or a by-election."),
    async (succession) => (await import("./succession.ts")).addSuccessionCommands(succession, commandContext),
  );
  inFile(
    program
      .command("rules")
      .description("The rules by which an office decides who answers; every change is reviewed by somebody else."),
    async (rules) => (await import("./rules/rules.ts")).addRulesCommands(rules, output, commandContext),
  );
  inFile(
    program
      .command("coverage")
      .description(
        "Certifies for each grid who gets what comes from there, whoever is away; fails where that is nobody.",
      ),
    async (coverage) => (await import("./rules/coverage.ts")).addCoverage(coverage, output, commandContext),
  );
  inFile(
    program.command("understand").description("The model by which residents' words are understood."),
    async (understand) =>
      (await import("./understand/understand.ts")).addUnderstandCommands(understand, commandContext),
  );
  inFile(
    program.command("edge").description("The edge, which takes messages in while the service is away."),
    async (edge) => (await import("./maintenance/edge.ts")).addEdgeCommands(edge, commandContext),
  );
  inFile(program.command("stuck").description("Lists what did not come to its end by itself."), async (stuck) =>
    (await import("./maintenance/maintenance.ts")).addStuck(stuck, commandContext),
  );
  inFile(program.command("audit").description("The ledger of what happened to every case."), async (audit) =>
    (await import("./maintenance/maintenance.ts")).addAudit(audit, commandContext),
  );
  return { program, declare: async (name = "") => files.get(name)?.() };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It must be a whole number up to 999999.");
  return Number(text);
}

/** Commander's `error: unknown option '--x'` as one plain sentence. */
function sentence(text: string): string {
  const plain = text
    .replace(/^error: /, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${/[.?)]$/.test(plain) ? "" : "."} See liaison --help.`;
}
