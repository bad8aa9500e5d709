import type { Transaction } from "../../../db/database.ts";
import {
  type Offices,
  previewSuccession,
  type SuccessionMistake,
  type SuccessionStep,
} from "../../domain/routing/succession.ts";
import { placeText } from "../../domain/wording/mistakes/en.ts";
import { type ListMistake, mistakeAt } from "../../domain/wording/mistakes/values.ts";
import type { SuccessionRecord } from "../import/succession-list.ts";
import { listSuccessions, officesOn } from "./plan-succession.ts";

/** The successions of a list, one for each day. */
export type SuccessionDay = { readonly on: string; readonly steps: readonly SuccessionStep[] };

/** Checks a list of who follows whom against the county: every mistake with its place, or the successions by day. */
export async function checkSuccessionList(
  tx: Transaction,
  records: readonly SuccessionRecord[],
  today: string,
): Promise<{ readonly errors: readonly ListMistake[]; readonly days: readonly SuccessionDay[] }> {
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
  if (errors.length > 0)
    return { errors: [...new Map(errors.map((one) => [JSON.stringify(one), one])).values()], days: [] };
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
function nameMistakes(record: SuccessionRecord, { deputies }: Offices): ListMistake[] {
  const sides = [
    ["from", record.from, "leaver", record.leaver],
    ["to", record.to, "newcomer", record.newcomer],
  ] as const;
  return sides.flatMap(([column, code, nameColumn, name]) => {
    const found = deputies.get(code);
    if (found === undefined) {
      const like = [...deputies.keys()].find((one) => isLikeButForZeros(one, code));
      return like === undefined
        ? [mistakeAt(record.at, column, "unknown-deputy", { code })]
        : [mistakeAt(record.at, column, "zero-lost", { code, like })];
    }
    return name === "" || name === found.name ? [] : [mistakeAt(record.at, nameColumn, "wrong-name", { code })];
  });
}

function isLikeButForZeros(known: string, code: string): boolean {
  return /^\d+$/.test(known) && /^\d+$/.test(code) && known.replace(/^0+/, "") === code.replace(/^0+/, "");
}

/** Rows in which somebody is followed a second time at the same place, on whatever day. */
function twice(records: readonly SuccessionRecord[], offices: Offices): ListMistake[] {
  return records.flatMap((record, at) => {
    const before = records.slice(0, at).find((other) => overlap(stepOf(other), stepOf(record), offices));
    return before === undefined
      ? []
      : [mistakeAt(record.at, "from", "followed-already", { code: record.from, before: placeText(before.at) })];
  });
}

function plannedMistakes(records: readonly SuccessionRecord[], planned: readonly Planned[]): ListMistake[] {
  return records.flatMap((record) => {
    const before = planned.find((one) => overlap(one, stepOf(record)));
    return before === undefined
      ? []
      : [mistakeAt(record.at, "from", "planned-already", { code: record.from, day: before.on })];
  });
}

function overlap(one: SuccessionStep, other: SuccessionStep, offices?: Offices): boolean {
  if (one.from !== other.from) return false;
  const all = offices?.placesOf.get(one.from);
  const [first, second] = [one.places ?? all, other.places ?? all];
  if (one.places === undefined && other.places === undefined) return true;
  return first === undefined || second === undefined || first.some((place) => second.includes(place));
}

/** A mistake of a succession at the rows of the list where it is; nothing for those that are told by other sentences, which name the row. */
function placed(mistake: SuccessionMistake, records: readonly SuccessionRecord[]): ListMistake[] {
  const { row } = mistake;
  const where = row === null ? records : records.slice(row, row + 1);
  switch (mistake.code) {
    case "not-ahead":
      return where.map(({ at }) => mistakeAt(at, "on", mistake.code, mistake.values));
    case "term-ends":
    case "same-deputy":
      return where.map(({ at }) => mistakeAt(at, "to", mistake.code, mistake.values));
    case "not-serving":
      return where.map(({ at }) => mistakeAt(at, "places", mistake.code, mistake.values));
    case "leaves-too": {
      const { from, to } = mistake.values;
      const both = where.filter((record) => record.from === from && record.to === to);
      return both.map(({ at }) => mistakeAt(at, "to", mistake.code, mistake.values));
    }
    default:
      return [];
  }
}
