import { resolve } from "node:path";
import type { Command } from "commander";
import { type ClockFile, readClockFile } from "../casework/import/clock-file.ts";
import {
  checkClockRules,
  type ListedRule,
  listClockRules,
  publishClockRules,
} from "../casework/settings/clock-rules.ts";
import { dayIn } from "../domain/calendar/deadline.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import type { CommandContext } from "./context.ts";

/** Adds `liaison clocks`, which lists the rules of deadlines, and `clocks check` and `clocks publish`. */
export function addClocks(clocks: Command, { folder, output, ofCounty, withCounty }: CommandContext): void {
  const { out, err } = output;
  ofCounty(clocks)
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const today = dayIn(now(), timeZone);
        const rules = await database.inCounty(jurisdictionId, (tx) => listClockRules(tx, today));
        if (json) out(JSON.stringify(rules.map(withoutId), null, 2));
        else for (const rule of rules) out(line(rule));
        return 0;
      }),
    );
  const check = clocks
    .command("check <file>")
    .description(
      "Checks rules of deadlines in a CSV or Excel file, with the columns category, kind, amount, unit, source.",
    )
    .action((file) =>
      withCounty(check.optsWithGlobals(), async ({ database, now }, jurisdictionId, { timeZone }) => {
        const read = await readRows(output, folder, file);
        if (read === null) return 1;
        const today = dayIn(now(), timeZone);
        const checked = await database.inCounty(jurisdictionId, (tx) => checkClockRules(tx, read.rows, today));
        if (!checked.ok) return refuse(output, checked.problems);
        out(`${checked.rules.length} rules, all of them possible.`);
        return 0;
      }),
    );
  const publish = clocks
    .command("publish <file>")
    .description("Publishes rules of deadlines, for clocks that are set from then on; prints how many.")
    .requiredOption("--author <name>", "who wrote them")
    .requiredOption("--reviewer <name>", "who reviewed them; somebody else")
    .action((file) => {
      const { author, reviewer, ...options } = publish.optsWithGlobals();
      return withCounty(options, async ({ database, now }, jurisdictionId, { timeZone }) => {
        const read = await readRows({ out, err }, folder, file);
        if (read === null) return 1;
        const publishing = { rows: read.rows, author, reviewer, now: now(), today: dayIn(now(), timeZone) };
        const done = await database.inCounty(jurisdictionId, (tx) => publishClockRules(tx, jurisdictionId, publishing));
        if (!done.ok) return refuse(output, done.problems);
        out(String(done.published));
        return 0;
      });
    });
}

/** @returns null where the file cannot be read, which is said on `err` */
async function readRows(output: Output, folder: string, file: string): Promise<ClockFile | null> {
  const read = await readClockFile(resolve(folder, file));
  if (read.errors.length === 0) return read;
  refuse(output, read.errors);
  return null;
}

function refuse({ err }: Output, problems: readonly string[]): ExitStatus {
  for (const problem of problems) err(problem);
  return 1;
}

function withoutId({ id: _id, ...rule }: ListedRule): Omit<ListedRule, "id"> {
  return rule;
}

function line({ kind, category, priority, amount, unit, source, fromOn, author, reviewer }: ListedRule): string {
  const whose = author === null ? "the service's own" : `from ${fromOn}, by ${author}, reviewed by ${reviewer}`;
  const about = `${category ?? "all"}${priority ? ", urgent" : ""}`;
  return [kind, about, `${amount} ${unit.replace("_", " ")}`, source, whose].join("  ");
}
