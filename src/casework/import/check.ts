import { placeText } from "../../domain/wording/mistakes/en.ts";
import { type ListMistake, type ListPlace, mistakeAt } from "../../domain/wording/mistakes/values.ts";
import type { Post } from "./cells.ts";
import type { Known } from "./known.ts";
import type { Records } from "./records.ts";
import { COLUMNS, type TableKind } from "./tables.ts";

/**
 * Finds mistakes between rows: codes that come twice, new ones without a name, or equal to a known one but for leading
 * zeros.
 *
 * @param said also what could be read of rows with errors of their own
 */
export function checkTogether(records: Records, said: Records, known: Known): ListMistake[] {
  return [
    ...twice(said.stations, ({ code }) => code),
    ...twice(said.grids, ({ code }) => code),
    ...twice(said.deputies, ({ code }) => code),
    ...twice(said.units, ({ code }) => code),
    ...twice(said.places, ({ name, grid }) => `${name} ${grid}`, null),
    ...twice(said.receptions, ({ station, day, from }) => `${station} ${day} ${from}`, null),
    ...zerosLost(said.stations, known.stations),
    ...zerosLost(said.grids, known.grids),
    ...zerosLost(said.deputies, known.deputies),
    ...zerosLost(said.units, known.units),
    ...incomplete("stations", records.stations, known.stations),
    ...incomplete("grids", records.grids, known.grids),
    ...incomplete("deputies", records.deputies, known.deputies),
    ...incomplete("units", records.units, known.units),
  ];
}

/**
 * Finds references to a station, grid or deputy that is neither in these files nor in the county.
 *
 * @param said also what could be read of rows with errors of their own
 */
export function checkReferences(said: Records, known: Known): ListMistake[] {
  const stations = new Set([...known.stations.keys(), ...said.stations.map(({ code }) => code)]);
  const grids = new Set([...known.grids.keys(), ...said.grids.map(({ code }) => code)]);
  const deputies = new Set([...known.deputies.keys(), ...said.deputies.map(({ code }) => code)]);
  const all = { station: stations, grid: grids, deputy: deputies };
  const missing = (at: ListPlace, column: string, kind: keyof typeof all, codes: readonly string[]) => {
    const there = all[kind];
    return codes
      .filter((code) => !there.has(code))
      .map((code) => mistakeAt(at, column, `unknown-${kind}` as const, { code }));
  };
  return [
    ...said.grids.flatMap(({ at, station }) => missing(at, "station", "station", station ? [station] : [])),
    ...said.deputies.flatMap((deputy) => [
      ...missing(deputy.at, "stations", "station", codesOf(deputy.stations)),
      ...missing(deputy.at, "grids", "grid", codesOf(deputy.grids)),
    ]),
    ...said.places.flatMap(({ at, grid }) => missing(at, "grid", "grid", [grid])),
    ...said.receptions.flatMap(({ at, station, deputies = [] }) => [
      ...missing(at, "station", "station", [station]),
      ...missing(at, "deputies", "deputy", deputies),
    ]),
  ];
}

type Coded = { readonly at: ListPlace; readonly code: string };

function codesOf(posts: readonly Post[] | undefined): string[] {
  return (posts ?? []).map(({ code }) => code);
}

function twice<T extends { readonly at: ListPlace }>(
  records: readonly T[],
  keyOf: (record: T) => string,
  column: string | null = "code",
): ListMistake[] {
  const first = new Map<string, ListPlace>();
  return records.flatMap((record) => {
    const key = keyOf(record);
    const before = first.get(key);
    if (before === undefined) first.set(key, record.at);
    return before === undefined ? [] : [mistakeAt(record.at, column, "twice", { key, before: placeText(before) })];
  });
}

/** New codes of digits that differ from one that is known only by zeros in front, which a spreadsheet took away. */
function zerosLost(records: readonly Coded[], known: ReadonlyMap<string, unknown>): ListMistake[] {
  const byNumber = new Map(
    [...known.keys()].filter((code) => /^\d+$/.test(code)).map((code) => [withoutZeros(code), code]),
  );
  return records.flatMap(({ at, code }) => {
    const like = known.has(code) || !/^\d+$/.test(code) ? undefined : byNumber.get(withoutZeros(code));
    return like === undefined ? [] : [mistakeAt(at, "code", "zero-lost", { code, like })];
  });
}

function withoutZeros(code: string): string {
  return code.replace(/^0+(?=\d)/, "");
}

function incomplete(kind: TableKind, records: readonly Coded[], known: ReadonlyMap<string, unknown>): ListMistake[] {
  const wanted = Object.entries(COLUMNS[kind]).flatMap(([name, { needed }]) => (needed === "new" ? [name] : []));
  return records
    .filter(({ code }) => !known.has(code))
    .flatMap((record) =>
      wanted
        .filter((name) => (record as Record<string, unknown>)[name] === undefined)
        .map((name) => mistakeAt(record.at, null, "new-without-column", { code: record.code, name })),
    );
}
