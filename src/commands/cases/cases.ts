import { resolve } from "node:path";
import type { Command } from "commander";
import type { Database } from "../../../db/database.ts";
import {
  type CaseSummary,
  type CaseView,
  followersOfCase,
  listCases,
  viewCase,
} from "../../casework/cases/case-view.ts";
import { indexOldCases } from "../../casework/staff/index-words.ts";
import { quote } from "../../domain/text/quote.ts";
import type { Output } from "../../process/output.ts";
import type { CommandContext } from "../context.ts";
import { actMeant } from "../understand/act-meant.ts";

/** Adds `liaison cases`, which lists the cases of a county, and `cases index`. */
export function addCases(cases: Command, { output, ofCounty, withCounty }: CommandContext): void {
  ofCounty(cases)
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) => runCases(output, database, jurisdictionId, { json })),
    );
  const index = cases
    .command("index")
    .description("Makes cases findable by their words that are older than the search; once, after an update.")
    .action(() =>
      withCounty(index.optsWithGlobals(), async ({ database }, jurisdictionId) => {
        const done = await indexOldCases(database, jurisdictionId, (sofar) => output.err(`${sofar} cases …`));
        output.out(`${done} cases can be found by their words now.`);
        return 0;
      }),
    );
}

/** Adds `liaison case NUMBER`, which shows one case, and the commands on it: `case move`, `case split`, `case merge`. */
export function addCase(one: Command, { output, folder, ofCounty, withCounty }: CommandContext): void {
  ofCounty(one)
    .argument("<number>", "whole, or its last digits")
    .option("--json", "as JSON")
    .action((number, { json = false, ...options }) =>
      withCounty(options, ({ database }, jurisdictionId) =>
        runCase(output, database, jurisdictionId, number, { json }),
      ),
    );
  const move = ofCounty(one.command("move <number>"))
    .description("Gives an open case to a deputy, a unit or the office, and tells everybody concerned.")
    .option("--deputy <code>", "to this deputy")
    .option("--unit <code>", "to the office, for this unit")
    .option("--office", "to the office")
    .requiredOption("--by <name>", "who decides so")
    .addOption(actMeant())
    .action((number) => {
      const { county, deputy, unit, office = false, by, was } = move.optsWithGlobals();
      return withCounty({ county }, async (installation, jurisdictionId, config) =>
        (await import("./move.ts")).runCaseMove(output, installation, config, jurisdictionId, {
          number,
          deputy,
          unit,
          office,
          by,
          was,
        }),
      );
    });
  const split = ofCounty(one.command("split <number>"))
    .description("Takes other matters out of an open case, each into one of its own, and tells everybody concerned.")
    .requiredOption("--parts <file>", "a text with one other matter in each line")
    .requiredOption("--by <name>", "who decides so")
    .action((number) => {
      const { county, parts, by } = split.optsWithGlobals();
      return withCounty({ county }, async (installation, jurisdictionId, config) =>
        (await import("./split-and-merge.ts")).runCaseSplit(
          { output, installation, config, jurisdictionId },
          { number, parts: resolve(folder, parts), by },
        ),
      );
    });
  const merge = ofCounty(one.command("merge <number>"))
    .description("Lets an open case go with another one, which leads, and tells everybody concerned.")
    .requiredOption("--into <number>", "the case that leads")
    .requiredOption("--by <name>", "who decides so")
    .action((number) => {
      const { county, into, by } = merge.optsWithGlobals();
      return withCounty({ county }, async (installation, jurisdictionId, config) =>
        (await import("./split-and-merge.ts")).runCaseMerge(
          { output, installation, config, jurisdictionId },
          { number, into, by },
        ),
      );
    });
}

/** `liaison cases`: the cases of a county, as a list to read or as JSON. */
async function runCases(
  { out }: Output,
  database: Database,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<0> {
  const found = await database.inCounty(jurisdictionId, listCases);
  if (options.json) out(JSON.stringify(found, null, 2));
  else for (const one of found) out(line(one));
  return 0;
}

/** `liaison case NUMBER`: one case whole. */
async function runCase(
  { out, err }: Output,
  database: Database,
  jurisdictionId: string,
  number: string,
  options: { readonly json: boolean },
): Promise<0 | 1> {
  const found = await database.inCounty(jurisdictionId, (tx) => viewCase(tx, number));
  if (!found.ok) {
    err(
      found.reason === "unknown"
        ? `There is no case ${number} in this county; "liaison cases" lists them.`
        : `${number} could be ${found.numbers.join(" or ")}: give the whole number.`,
    );
    return 1;
  }
  const { view } = found;
  if (options.json) {
    out(JSON.stringify(view, null, 2));
    return 0;
  }
  for (const one of told(view)) out(one);
  const followers = await database.inCounty(jurisdictionId, (tx) => followersOfCase(tx, view.number));
  for (const { deputy, why } of followers) out(`followed by ${deputy} (${why})`);
  return 0;
}

function line(one: CaseSummary): string {
  const who = one.deputy ?? "office";
  const due = `due ${one.dueOn}`;
  const words = one.sealed ? sealedMark(one) : quote(one.summary);
  return [one.number, one.outcome ?? one.state, who, one.grid ?? "-", due, words].join("  ");
}

/** Stands for the words of a sealed case, with what it was sealed for. */
function sealedMark({ decision }: CaseSummary): string {
  const reasons = (decision?.facts.sealedFor ?? []).map((kind) => kind.replaceAll("-", " "));
  return `SEALED${reasons.length === 0 ? "" : ` (${reasons.join(", ")})`}`;
}

function told(view: CaseView): string[] {
  return [
    line(view),
    ...view.messages.map((message) => {
      const delivery = message.delivery === null ? "" : ` [${message.delivery}]`;
      return `${message.at}  ${message.party} ${message.direction === "in" ? ">" : "<"} ${quote(message.text)}${delivery}`;
    }),
    ...view.events.map((event) => `${event.at}  ${event.type} by ${event.by}`),
  ];
}
