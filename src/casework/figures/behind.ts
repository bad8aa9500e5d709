import type { Transaction } from "../../../db/database.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { figuresNamed } from "../../domain/figures/catalogue.ts";
import { yearBefore } from "../../domain/figures/period.ts";
import { DEFAULTS, readCounty } from "../county/settings.ts";
import type { ListDay } from "../staff/case-conditions.ts";
import type { FiguresAsked } from "./figures.ts";
import { casesBehind } from "./tallies.ts";

/** The numbers of the cases behind a figure in one group: those that it counts, and all among which it counts. */
export type Behind = {
  readonly code: string;
  readonly key: string | null;
  readonly counted: readonly string[];
  readonly among: readonly string[];
};

/** Lists the numbers of the cases behind each figure, from the same facts from which it is counted. */
export async function numbersBehind(
  tx: Transaction,
  reader: Reader,
  { names, period, by, filter }: FiguresAsked,
  day: ListDay,
): Promise<Behind[]> {
  const figures = figuresNamed(names);
  const { settings } = await readCounty(tx);
  const facets = [...new Set(figures.map(({ facet }) => facet))];
  const spans = { now: period, before: yearBefore(period, day.today) };
  const question = { facets, filter, by, ...spans, holidays: settings.holidays ?? DEFAULTS.holidays };
  type Numbers = { readonly counted: string[]; readonly among: string[] };
  const none = () => figures.map((): Numbers => ({ counted: [], among: [] }));
  const groups = new Map<string | null, Numbers[]>(by === null ? [[null, none()]] : []);
  for await (const { number, key, facts } of casesBehind(tx, reader, question, day)) {
    const numbers = groups.get(key) ?? none();
    groups.set(key, numbers);
    for (const [at, figure] of figures.entries()) {
      if (!figure.among(facts)) continue;
      numbers[at]?.among.push(number);
      if (figure.unit !== "cases" || figure.counts(facts)) numbers[at]?.counted.push(number);
    }
  }
  return [...groups].flatMap(([key, numbers]) =>
    figures.map(({ code }, at) => {
      const { counted = [], among = [] } = numbers[at] ?? {};
      return { code, key, counted: counted.toSorted(), among: among.toSorted() };
    }),
  );
}
