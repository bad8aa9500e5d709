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
  const found = await casesBehind(tx, reader, question, day);
  const keys = by === null ? [null] : [...new Set(found.map(({ key }) => key))];
  return keys.flatMap((key) =>
    figures.map((figure) => {
      const among = found.filter((one) => one.key === key && figure.among(one.facts));
      const counted = figure.unit === "cases" ? among.filter(({ facts }) => figure.counts(facts)) : among;
      return { code: figure.code, key, counted: counted.map(numberOf), among: among.map(numberOf) };
    }),
  );
}

function numberOf({ number }: { readonly number: string }): string {
  return number;
}
