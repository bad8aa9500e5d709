import type { Transaction } from "../../../db/database.ts";
import {
  type Offices,
  previewSuccession,
  type SuccessionMistake,
  type SuccessionStep,
} from "../../domain/routing/succession.ts";
import type { SuccessionRecord } from "../import/succession-list.ts";
import { listSuccessions, officesOn } from "./plan-succession.ts";

/** The successions of a list, one for each day. */
export type SuccessionDay = { readonly on: string; readonly steps: readonly SuccessionStep[] };

/** Checks a list of who follows whom against the county: every mistake as `file:row: what is wrong`, or the successions by day. */
export async function checkSuccessionList(
  tx: Transaction,
  records: readonly SuccessionRecord[],
  today: string,
): Promise<{ readonly errors: readonly string[]; readonly days: readonly SuccessionDay[] }> {
  const offices = await officesOn(tx, today);
  const errors = [
    ...records.flatMap((record) => nameMistakes(record, offices)),
    ...twice(records, offices),
    ...plannedMistakes(records, await plannedAlready(tx)),
  ];
  const days = [...Map.groupBy(records, ({ on }) => on)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const [on, own] of days) {
    const preview = previewSuccession(own.map(stepOf), offices, { effectiveOn: on, today });
    if (!preview.ok) errors.push(...preview.mistakes.flatMap((mistake) => placed(mistake, own)));
  }
  if (errors.length > 0) return { errors: [...new Set(errors)], days: [] };
  return { errors: [], days: days.map(([on, own]) => ({ on, steps: own.map(stepOf) })) };
}

/** Finds those of these steps that a succession which is planned already holds, by deputies' codes. */
export async function plannedTwice(tx: Transaction, steps: readonly SuccessionStep[]): Promise<string[]> {
  const planned = await plannedAlready(tx);
  return steps.flatMap((step) => (planned.some((one) => overlap(one, step)) ? [step.from] : []));
}

type Planned = SuccessionStep & { readonly on: string };

async function plannedAlready(tx: Transaction): Promise<Planned[]> {
  const all = await listSuccessions(tx);
  return all.flatMap(({ state, effectiveOn, rows }) =>
    state === "planned" ? rows.map((row) => ({ ...row, on: effectiveOn })) : [],
  );
}

function stepOf({ from, to, places }: SuccessionRecord): SuccessionStep {
  return { from, to, ...(places.length === 0 ? {} : { places }) };
}

/** Codes that are not there, or only with zeros in front, and names that are somebody else's. */
function nameMistakes(record: SuccessionRecord, { deputies }: Offices): string[] {
  const sides = [
    ["from", record.from, "leaver", record.leaver],
    ["to", record.to, "newcomer", record.newcomer],
  ] as const;
  return sides.flatMap(([column, code, nameColumn, name]) => {
    const found = deputies.get(code);
    if (found === undefined) {
      const like = [...deputies.keys()].find((one) => isLikeButForZeros(one, code));
      return like === undefined
        ? [`${record.at}: ${column}: there is no deputy ${code}`]
        : [`${record.at}: ${column}: ${code} is new and ${like} is known: a zero in front may be lost`];
    }
    return name === "" || name === found.name
      ? []
      : [`${record.at}: ${nameColumn}: ${code} is the code of somebody of another name`];
  });
}

function isLikeButForZeros(known: string, code: string): boolean {
  return /^\d+$/.test(known) && /^\d+$/.test(code) && known.replace(/^0+/, "") === code.replace(/^0+/, "");
}

/** Rows in which somebody is followed a second time at the same place, on whatever day. */
function twice(records: readonly SuccessionRecord[], offices: Offices): string[] {
  return records.flatMap((record, at) => {
    const before = records.slice(0, at).find((other) => overlap(stepOf(other), stepOf(record), offices));
    return before === undefined ? [] : [`${record.at}: from: ${record.from} is already in ${before.at}`];
  });
}

function plannedMistakes(records: readonly SuccessionRecord[], planned: readonly Planned[]): string[] {
  return records.flatMap((record) => {
    const before = planned.find((one) => overlap(one, stepOf(record)));
    return before === undefined
      ? []
      : [`${record.at}: from: ${record.from} is already in what is planned for ${before.on}`];
  });
}

function overlap(one: SuccessionStep, other: SuccessionStep, offices?: Offices): boolean {
  if (one.from !== other.from) return false;
  const all = offices?.placesOf.get(one.from);
  const [first, second] = [one.places ?? all, other.places ?? all];
  if (one.places === undefined && other.places === undefined) return true;
  return first === undefined || second === undefined || first.some((place) => second.includes(place));
}

const COLUMN_OF: Readonly<Record<SuccessionMistake["code"], string | null>> = {
  "not-ahead": "on",
  "term-ends": "to",
  "same-deputy": "to",
  "not-serving": "places",
  "leaves-too": "to",
  // These are told by other sentences, which name the row.
  empty: null,
  "no-deputy": null,
  "followed-twice": null,
};

/** A mistake of a succession at the rows of the list where it is. */
function placed({ row, code, text }: SuccessionMistake, records: readonly SuccessionRecord[]): string[] {
  const column = COLUMN_OF[code];
  if (column === null) return [];
  const leaving = new Set(records.filter(({ places }) => places.length === 0).map(({ from }) => from));
  const where =
    row !== null
      ? records.slice(row, row + 1)
      : code === "leaves-too"
        ? records.filter(({ to, from }) => leaving.has(to) && text.startsWith(`${to} follows ${from} `))
        : records;
  return where.map(({ at }) => `${at}: ${column}: ${text}`);
}
