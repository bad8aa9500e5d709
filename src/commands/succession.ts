import { resolve } from "node:path";
import type { Command } from "commander";
import { shownText } from "../casework/import/cells.ts";
import { layoutOf } from "../casework/import/layout.ts";
import { NO_CELL } from "../casework/import/spreadsheet/cell.ts";
import { readPaths } from "../casework/import/spreadsheet/read-paths.ts";
import { cancelSuccession, listSuccessions, planSuccession } from "../casework/office/plan-succession.ts";
import { dayIn } from "../domain/calendar/deadline.ts";
import { type StepPreview, type SuccessionStep, sayMistake } from "../domain/routing/succession.ts";
import { faultText, sayListMistake } from "../domain/wording/mistakes/en.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import type { CommandContext } from "./context.ts";

type Standing = Pick<Installation, "database" | "now"> & { readonly timeZone: string };

const COLUMNS: Readonly<Record<string, keyof SuccessionStep>> = {
  from: "from",
  to: "to",
  places: "places",
  原代表: "from",
  新代表: "to",
  地点: "places",
};

/** Adds the commands by which the office plans an election or a by-election: who succeeds whom. */
export function addSuccessionCommands(
  succession: Command,
  { output, folder, ofCounty, withCounty }: CommandContext,
): void {
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
      withCounty(options, (installation, jurisdictionId) =>
        runSuccessionList(output, installation, jurisdictionId, { json }),
      ),
    );
  ofCounty(succession.command("cancel <id>"))
    .description("Takes back one that has not taken effect.")
    .action((id, options) =>
      withCounty(options, (installation, jurisdictionId) =>
        runSuccessionCancel(output, installation, jurisdictionId, id),
      ),
    );
}

/** `liaison succession plan FILE --on DAY --author A`: plans a change of many deputies, after showing what it does. */
async function runSuccessionPlan(
  { out, err }: Output,
  { database, now, timeZone }: Standing,
  jurisdictionId: string,
  options: { readonly file: string; readonly on: string; readonly author: string; readonly dryRun: boolean },
): Promise<ExitStatus> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(options.on) || Number.isNaN(Date.parse(options.on))) {
    err(`${options.on} is no day: write it as 2027-01-15.`);
    return 2;
  }
  const read = await readSteps(options.file);
  if (!read.ok) {
    for (const problem of read.problems) err(problem);
    return 1;
  }
  const plan = { effectiveOn: options.on, steps: read.steps, author: options.author };
  const at = now();
  const planned = await planSuccession(database, jurisdictionId, plan, {
    now: at,
    today: dayIn(at, timeZone),
    isPreview: options.dryRun,
  });
  if (!planned.ok) {
    for (const mistake of planned.mistakes) err(sayMistake(mistake));
    return 1;
  }
  for (const step of planned.steps) err(told(step));
  if (planned.id !== null) out(planned.id);
  return 0;
}

/** `liaison succession list`: what is planned, done and cancelled. */
async function runSuccessionList(
  { out }: Output,
  { database }: Pick<Installation, "database">,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const all = await database.inCounty(jurisdictionId, listSuccessions);
  if (options.json)
    out(
      JSON.stringify(
        all.map(({ jurisdictionId: _county, ...one }) => one),
        null,
        2,
      ),
    );
  else
    for (const one of all)
      out([one.id, one.effectiveOn, one.state, `${one.rows.length} deputies`, one.author].join("  "));
  return 0;
}

/** `liaison succession cancel ID`: takes a planned one back. */
async function runSuccessionCancel(
  { out, err }: Output,
  { database }: Pick<Installation, "database">,
  jurisdictionId: string,
  id: string,
): Promise<ExitStatus> {
  if (await cancelSuccession(database, jurisdictionId, id)) {
    out(id);
    return 0;
  }
  err(`No planned succession has the id ${id}: "liaison succession list" lists them.`);
  return 1;
}

function told({ from, to, names, places, left, openCases }: StepPreview): string {
  const where = places.length === 0 ? "nowhere" : places.join(", ");
  const gaps = left.length === 0 ? "" : `; nobody follows at ${left.join(", ")}`;
  return `${from} → ${to} (${names}) at ${where}; ${openCases} open cases move${gaps}.`;
}

type Steps =
  | { readonly ok: true; readonly steps: readonly SuccessionStep[] }
  | { readonly ok: false; readonly problems: readonly string[] };

async function readSteps(file: string): Promise<Steps> {
  const { tables, errors } = await readPaths([file]);
  const [table] = tables;
  if (errors.length > 0 || table === undefined) return { ok: false, problems: errors.map(sayListMistake) };
  const meant = (names: readonly string[]) => names.map((header) => COLUMNS[header.trim().toLowerCase()]);
  const {
    headers,
    headerRow,
    rows,
    errors: misplaced,
  } = layoutOf(table, (names) => meant(names).filter((column) => column !== undefined).length);
  const columns = meant(headers);
  if (!columns.includes("from") || !columns.includes("to")) {
    return {
      ok: false,
      problems: [
        `${table.file}:${headerRow}: needs the columns from and to (原代表, 新代表), and may have places (地点).`,
      ],
    };
  }
  const problems = misplaced.map(sayListMistake);
  const steps = rows.map(({ row, cells }): SuccessionStep => {
    const at = (column: keyof SuccessionStep) => {
      const said = shownText(cells[columns.indexOf(column)] ?? NO_CELL);
      if (!said.ok) problems.push(`${table.file}:${row}: ${column} ${faultText(said.fault)}`);
      return said.ok ? said.value.trim() : "";
    };
    const places = at("places")
      .split(/[;；]/)
      .map((place) => place.trim())
      .filter((place) => place !== "");
    return { from: at("from"), to: at("to"), ...(places.length === 0 ? {} : { places }) };
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, steps };
}
