import { type Command, Option } from "commander";
import { numbersBehind } from "../../casework/figures/behind.ts";
import { figuresFor } from "../../casework/figures/figures.ts";
import { FIGURE_BYS, type FigureBy } from "../../casework/figures/groups.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { FIGURES, figuresNamed } from "../../domain/figures/catalogue.ts";
import { FIGURE_GROUPS } from "../../domain/figures/figure.ts";
import { definitionsIn } from "../../domain/figures/notes.ts";
import { readPeriod } from "../../domain/figures/period.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import type { CommandContext } from "../context.ts";

/** Whoever has the command line sees what an auditor does: everything but what is sealed. */
const READER: Reader = {
  id: "00000000-0000-0000-0000-000000000000",
  role: "auditor",
  stations: [],
  deputyId: null,
};

const YEAR_DAYS = 365;

type Wanted = {
  readonly from?: string;
  readonly until?: string;
  readonly by?: FigureBy;
  readonly cases: boolean;
  readonly json: boolean;
};

/** Adds `liaison figures ID`, which counts one figure, or a group of them such as `three-claims`. */
export function addFigures(figures: Command, { ofCounty, withCounty, output }: CommandContext): void {
  ofCounty(figures)
    .argument("<id>", `a figure, or a group of them: ${FIGURE_GROUPS.join(", ")}`)
    .option("--from <day>", "cases that came in on this day or later; a year before --until when left out")
    .option("--until <day>", "cases that came in on this day or earlier; today when left out")
    .addOption(new Option("--by <part>", "told apart by this").choices(FIGURE_BYS))
    .option("--cases", "with the numbers of the cases behind it")
    .option("--json", "as JSON")
    .action((id, { cases = false, json = false, ...options }) =>
      withCounty(options, (installation, jurisdictionId, { timeZone }) =>
        runFigures(output, installation, { jurisdictionId, timeZone }, id, { ...options, cases, json }),
      ),
    );
}

async function runFigures(
  { out, err }: Output,
  { database, now }: Pick<Installation, "database" | "now">,
  { jurisdictionId, timeZone }: { readonly jurisdictionId: string; readonly timeZone: string },
  id: string,
  wanted: Wanted,
): Promise<ExitStatus> {
  const names = [id];
  if (figuresNamed(names).length === 0) {
    err(`There is no figure ${id}. There are ${FIGURES.map(({ code }) => code).join(", ")}.`);
    return 2;
  }
  const today = dayIn(now(), timeZone);
  const until = wanted.until ?? today;
  const period = readPeriod(`${wanted.from ?? addDays(readPeriod(until)?.from ?? today, -YEAR_DAYS)}..${until}`);
  if (period === null) {
    err("Give two days that exist, such as --from 2026-10-01 --until 2026-10-31, at most ten years apart.");
    return 2;
  }
  const asked = { names, period, by: wanted.by ?? null, filter: {} };
  const day = { today, timeZone };
  const [found, behind] = await database.inCounty(jurisdictionId, async (tx) => [
    await figuresFor(tx, READER, asked, day),
    wanted.cases ? await numbersBehind(tx, READER, asked, day) : [],
  ]);
  const definitions = new Map(definitionsIn("en").map((one) => [one.code, one]));
  const figures = found.groups.flatMap(({ key, figures: some }) =>
    some.map(({ code, value, of, before }) => {
      const numbers = behind.find((one) => one.code === code && one.key === key);
      const cases = numbers === undefined ? {} : { cases: numbers.counted, among: numbers.among };
      return {
        code,
        ...(wanted.by === undefined ? {} : { key }),
        value,
        of,
        before,
        unit: definitions.get(code)?.unit,
        ...cases,
      };
    }),
  );
  if (wanted.json) {
    const { from } = period;
    const method = figuresNamed(names).flatMap(({ code }) => definitions.get(code) ?? []);
    out(JSON.stringify({ from, until: period.until, by: asked.by, figures, method }, null, 2));
    return 0;
  }
  for (const one of figures) {
    const part = wanted.by === undefined ? "" : `${one.key ?? "-"}  `;
    out(`${part}${one.code}  ${one.value ?? "-"} of ${one.of}`);
    for (const number of one.cases ?? []) out(`  ${number}`);
  }
  for (const { code } of figuresNamed(names)) {
    const note = definitions.get(code);
    if (note !== undefined) out(`${code}: ${note.counts}; leaves out: ${note.leavesOut}`);
  }
  return 0;
}
