import { resolve } from "node:path";
import type { Command } from "commander";
import { setRelated, setStationHead } from "../casework/kinship.ts";
import type { Config } from "../config.ts";
import type { Ground } from "./ground.ts";
import { runCaseMove } from "./move.ts";
import type { ExitStatus, Output } from "./output.ts";
import { runSuccessionCancel, runSuccessionList, runSuccessionPlan } from "./succession.ts";

type OfCounty = { readonly county?: string };

/** How the program gives commands their ground. */
type Giving = {
  readonly output: Output;
  /** In which relative paths begin. */
  readonly folder: string;
  readonly ofCounty: (command: Command) => Command;
  readonly withCounty: (
    options: OfCounty,
    work: (ground: Ground, jurisdictionId: string, config: Config) => Promise<ExitStatus>,
  ) => Promise<void>;
};

/** Adds what the office changes about people: who heads a station, who is related, who follows whom. */
export function addPeopleCommands(program: Command, deputy: Command, giving: Giving): void {
  const { output, folder, ofCounty, withCounty } = giving;
  const decided = async (done: Promise<{ ok: true } | { ok: false; reason: string }>, told: string) => {
    const result = await done;
    if (result.ok) output.out(told);
    else output.err(result.reason);
    return result.ok ? 0 : 1;
  };
  ofCounty(deputy.command("head <station> <code>"))
    .description(
      "Notes who heads a station, or nobody with none: an accusation against its deputies never reaches them.",
    )
    .action((station, code, options) =>
      withCounty(options, ({ database }, jurisdictionId) =>
        decided(setStationHead(database, jurisdictionId, station, code === "none" ? null : code), station),
      ),
    );
  for (const related of [true, false]) {
    ofCounty(deputy.command(related ? "relate <one> <other>" : "unrelate <one> <other>"))
      .description(
        related
          ? "Notes that two deputies are related: neither sees an accusation against the other."
          : "Notes that two deputies are not related.",
      )
      .option("--note <words>", "kept with it", "")
      .action((one, other, { note, ...options }) =>
        withCounty(options, ({ database }, jurisdictionId) =>
          decided(setRelated(database, jurisdictionId, [one, other], { related, note }), `${one} ${other}`),
        ),
      );
  }

  const succession = program.command("succession").description("Who follows whom, after an election or a by-election.");
  ofCounty(succession.command("plan <file>"))
    .description(
      "Plans a change of deputies on one day from a CSV or Excel file with from, to and, if need be, places.",
    )
    .requiredOption("--on <day>", "the first day on which the new ones answer, such as 2027-01-15")
    .requiredOption("--author <name>", "who plans it")
    .option("--dry-run", "only shows what it would do")
    .action((file, { on, author, dryRun = false, ...options }) =>
      withCounty(options, ({ database, now }, jurisdictionId, { timeZone }) =>
        runSuccessionPlan(output, { database, now, timeZone }, jurisdictionId, {
          ...{ on, author, dryRun },
          file: resolve(folder, file),
        }),
      ),
    );
  ofCounty(succession.command("list"))
    .description("Lists what is planned, done and cancelled.")
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, (ground, jurisdictionId) => runSuccessionList(output, ground, jurisdictionId, { json })),
    );
  ofCounty(succession.command("cancel <id>"))
    .description("Takes back one that has not taken effect.")
    .action((id, options) =>
      withCounty(options, (ground, jurisdictionId) => runSuccessionCancel(output, ground, jurisdictionId, id)),
    );
}

/** Adds `case move`: an open case goes to somebody else by hand. */
export function addCaseMove(one: Command, { output, ofCounty, withCounty }: Giving): void {
  const move = ofCounty(one.command("move <number>"))
    .description("Gives an open case to a deputy, a unit or the office, and tells everybody concerned.")
    .option("--deputy <code>", "to this deputy")
    .option("--unit <code>", "to the office, for this unit")
    .option("--office", "to the office")
    .requiredOption("--by <name>", "who decides so")
    .action((number) => {
      const { county, deputy, unit, office = false, by } = move.optsWithGlobals();
      return withCounty({ county }, (ground, jurisdictionId, config) =>
        runCaseMove(output, ground, config, jurisdictionId, { number, deputy, unit, office, by }),
      );
    });
}
