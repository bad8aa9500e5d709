import type { GridShape } from "../../../db/schema/places.ts";
import type { Datum } from "../../domain/place/datum.ts";
import type { DeputyLevel } from "../../domain/routing/nearness.ts";
import {
  type CellReading,
  type Post,
  readCode,
  readDay,
  readDegrees,
  readLevel,
  readList,
  readPhone,
  readPosts,
  readText,
} from "./cells.ts";
import type { Cell, RawRow, RawTable } from "./read.ts";
import { readPoint, readShape } from "./shapes.ts";
import { type ColumnForm, columnList, columnNamed, columnOf, kindOf, neededColumns, type TableKind } from "./tables.ts";

/**
 * What the files say of each station, grid and so on. `at` is `file:row`, for messages.
 *
 * A field is undefined when its table has no such column: an import then leaves what is known as it is.
 */
type StationRecord = {
  readonly at: string;
  readonly code: string;
  readonly name?: string;
  readonly township?: string;
  readonly address?: string;
  readonly phone?: string | null;
  /** GCJ-02; both or neither. */
  readonly longitude?: number | null;
  readonly latitude?: number | null;
};
type GridRecord = {
  readonly at: string;
  readonly code: string;
  readonly name?: string;
  readonly township?: string;
  readonly community?: string;
  /** Code of the station; empty for none. */
  readonly station?: string;
  readonly aliases?: string[];
  readonly shape?: GridShape;
};
export type DeputyRecord = {
  readonly at: string;
  readonly code: string;
  readonly name?: string;
  readonly level?: DeputyLevel;
  readonly district?: string;
  readonly phone?: string | null;
  readonly stations?: Post[];
  readonly grids?: Post[];
  readonly groups?: string[];
  readonly until?: string | null;
};
type UnitRecord = {
  readonly at: string;
  readonly code: string;
  readonly name?: string;
  readonly phone?: string | null;
  readonly categories?: string[];
};
type PlaceRecord = { readonly at: string; readonly name: string; readonly grid: string };

export type Records = {
  readonly stations: readonly StationRecord[];
  readonly grids: readonly GridRecord[];
  readonly deputies: readonly DeputyRecord[];
  readonly units: readonly UnitRecord[];
  readonly places: readonly PlaceRecord[];
};

type RecordLists = { [Kind in TableKind]: Records[Kind][number][] };

function noRecords(): RecordLists {
  return { stations: [], grids: [], deputies: [], units: [], places: [] };
}

const READERS: Readonly<Record<ColumnForm, (cell: Cell) => CellReading<unknown>>> = {
  code: readCode,
  text: readText,
  list: readList,
  places: readPosts,
  level: readLevel,
  day: readDay,
  phone: readPhone,
  degrees: readDegrees,
};

/**
 * Understands all tables; whatever could not be understood is in `errors`, and its row is left out of `records`.
 *
 * `said` also has what could be read of such rows, so that everything wrong between the rows is found with it.
 * `isWhole` is false when a whole table had to be left out, so that nothing can be said about references.
 */
export function readRecords(
  tables: readonly RawTable[],
  datum: Datum,
): { readonly records: Records; readonly said: Records; readonly errors: string[]; readonly isWhole: boolean } {
  const records = noRecords();
  const said = noRecords();
  const errors: string[] = [];
  let isWhole = true;
  for (const table of tables) {
    const kind = table.isGeoJson ? "grids" : kindOf(table.title, table.headers);
    if (kind === null) {
      errors.push(
        `${table.file}:1: it cannot be told what this table holds: call it grids 网格, stations 联络站, deputies 代表, units 单位 or places 地名`,
      );
      isWhole = false;
      continue;
    }
    const columns = readColumns(table, kind, errors);
    const missing = neededColumns(kind).filter((needed) => !columns.includes(needed));
    errors.push(...missing.map((one) => `${table.file}:1: the column ${one} is missing (${columnList(kind)})`));
    if (missing.length > 0) isWhole &&= kind !== "stations" && kind !== "grids";
    else errors.push(...readRows(table, kind, columns, datum, { records, said }));
  }
  return { records, said, errors, isWhole };
}

function readRows(
  table: RawTable,
  kind: TableKind,
  columns: readonly (string | null)[],
  datum: Datum,
  read: { readonly records: RecordLists; readonly said: RecordLists },
): string[] {
  return table.rows.flatMap((row) => {
    const at = `${table.file}:${row.row}`;
    const wrong: string[] = [];
    const said = { at, ...readRow(row, kind, columns, wrong), ...readGeometry(row, table, datum, wrong) };
    const placed = kind === "stations" ? withPoint(said as StationRecord, datum, wrong) : said;
    if (wrong.length === 0) (read.records[kind] as unknown[]).push(placed);
    if (neededColumns(kind).every((name) => name in said)) (read.said[kind] as unknown[]).push(placed);
    return wrong.map((what) => `${at}: ${what}`);
  });
}

/** The English names of the columns, null for those without a header or without a meaning. */
function readColumns(table: RawTable, kind: TableKind, errors: string[]): (string | null)[] {
  const seen = new Set<string>();
  const nameless = table.rows.find((row) => row.cells.some((cell, i) => !table.headers[i] && cell.text.trim() !== ""));
  if (nameless !== undefined) errors.push(`${table.file}:${nameless.row}: has a value in a column without a header`);
  return table.headers.map((header) => {
    if (header === "") return null;
    const name = columnNamed(kind, header);
    if (name === null) errors.push(`${table.file}:1: the column “${header}” is not known (${columnList(kind)})`);
    else if (seen.has(name)) errors.push(`${table.file}:1: the column “${header}” is there twice`);
    else {
      seen.add(name);
      return name;
    }
    return null;
  });
}

function readRow(
  row: RawRow,
  kind: TableKind,
  columns: readonly (string | null)[],
  wrong: string[],
): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [index, name] of columns.entries()) {
    const column = name === null ? null : columnOf(kind, name);
    if (name === null || column === null) continue;
    const cell = row.cells[index] ?? { form: "text", text: "" };
    if (cell.text.trim() === "" && column.needed !== "never") {
      wrong.push(`${name} is empty`);
      continue;
    }
    const reading = READERS[column.form](cell);
    if (reading.ok) said[name] = reading.value;
    else wrong.push(`${name} ${reading.what}`);
  }
  return said;
}

function readGeometry(row: RawRow, table: RawTable, datum: Datum, wrong: string[]): { shape?: GridShape } {
  if (!table.isGeoJson) return {};
  const reading = readShape(row.geometry, datum);
  if (reading.ok) return { shape: reading.value };
  wrong.push(`the shape ${reading.what}`);
  return {};
}

function withPoint(station: StationRecord, datum: Datum, wrong: string[]): StationRecord {
  const { longitude, latitude } = station;
  if (longitude === undefined && latitude === undefined) return station;
  if (typeof longitude !== "number" || typeof latitude !== "number") {
    if ((longitude ?? null) !== (latitude ?? null)) wrong.push("longitude and latitude: one of both is missing");
    return station;
  }
  const reading = readPoint(longitude, latitude, datum);
  if (!reading.ok) wrong.push(`the position ${reading.what}`);
  return reading.ok ? { ...station, longitude: reading.value[0], latitude: reading.value[1] } : station;
}
