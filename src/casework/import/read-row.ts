import type { GridShape } from "../../../db/schema/places.ts";
import type { Datum } from "../../domain/place/datum.ts";
import { type ListNote, noteAt } from "../../domain/wording/mistakes/list-notes.ts";
import { type Fault, faultOf } from "../../domain/wording/mistakes/values.ts";
import {
  type CellReading,
  readCode,
  readDay,
  readDegrees,
  readLevel,
  readList,
  readPhone,
  readPosts,
  readText,
  readTime,
} from "./cells.ts";
import { readPoint, readShape } from "./shapes.ts";
import { type Cell, isBlank, NO_CELL, type RawRow } from "./spreadsheet/cell.ts";
import { type ColumnForm, columnOf, type TableKind } from "./tables.ts";

/** The English names of a table's columns, in their order; null for one that is not read. */
export type Columns = readonly (string | null)[];

/** A fault of a row, in one of its columns; null where it is about more. */
export type RowFault = { readonly column: string | null; readonly fault: Fault };

/** A collector of merged cells whose value was taken for all their rows. */
export type Merged = {
  readonly add: (column: string, from: number, to: number, text: string) => void;
  /** A note for each, at the row in which the value stands. */
  readonly told: (file: string) => ListNote[];
};

const READERS: Readonly<Record<ColumnForm, (cell: Cell) => CellReading<unknown>>> = {
  code: readCode,
  text: readText,
  list: readList,
  places: readPosts,
  level: readLevel,
  day: readDay,
  time: readTime,
  phone: readPhone,
  degrees: readDegrees,
};

/** Creates an empty collector of merged cells. */
export function openMerged(): Merged {
  const found = new Map<string, { row: number; column: string; to: number; text: string }>();
  return {
    add(column, from, to, text) {
      found.set(`${column} ${from}`, { row: from, column, to, text });
    },
    told: (file) =>
      [...found.values()].map(({ row, column, to, text }) =>
        noteAt({ file, row }, "merged-cell", { column, to, said: text }),
      ),
  };
}

/**
 * Reads a row into fields by the English names of the columns.
 *
 * @param wrong gets what is wrong, each with its column
 * @returns null for a row that says nothing but its number or a remark
 */
export function readRow(
  row: RawRow,
  table: {
    readonly kind: TableKind;
    readonly columns: Columns;
    readonly datum: Datum;
    /** Whether the row is a feature of GeoJSON, which has a shape. */
    readonly isFeature: boolean;
  },
  wrong: RowFault[],
  merged: Merged,
): Record<string, unknown> | null {
  const { kind, columns, datum, isFeature } = table;
  if (!isFeature && columns.every((name, index) => name === null || isBlank(row.cells[index]))) return null;
  const said: Record<string, unknown> = {};
  for (const [index, name] of columns.entries()) {
    const column = name === null ? null : columnOf(kind, name);
    if (name === null || column === null) continue;
    const cell = row.cells[index] === undefined ? NO_CELL : row.cells[index];
    if (cell === null && column.needed === "never") continue;
    if (cell?.form === "unreadable" || cell?.form === "covered") {
      wrong.push({ column: name, fault: cell.fault });
      continue;
    }
    const text = cell?.text.trim() ?? "";
    if (cell === null || (text === "" && column.needed !== "never")) {
      wrong.push({ column: name, fault: faultOf("empty", {}) });
      continue;
    }
    if (cell.from !== undefined) merged.add(name, cell.from, row.row, text);
    const reading = READERS[column.form](cell);
    if (reading.ok) said[name] = reading.value;
    else wrong.push({ column: name, fault: reading.fault });
  }
  const shaped = isFeature ? { ...said, ...readGeometry(row, datum, wrong) } : said;
  if (kind === "receptions" && String(shaped.until ?? "~") <= String(shaped.from ?? ""))
    wrong.push({ column: "until", fault: faultOf("ends-before", {}) });
  return kind === "stations" ? withPoint(shaped, datum, wrong) : shaped;
}

function readGeometry(row: RawRow, datum: Datum, wrong: RowFault[]): { shape?: GridShape } {
  const reading = readShape(row.geometry, datum);
  if (reading.ok) return { shape: reading.value };
  wrong.push({ column: null, fault: reading.fault });
  return {};
}

function withPoint(said: Record<string, unknown>, datum: Datum, wrong: RowFault[]): Record<string, unknown> {
  const { longitude, latitude } = said;
  if (longitude === undefined && latitude === undefined) return said;
  if (typeof longitude !== "number" || typeof latitude !== "number") {
    if ((longitude ?? null) !== (latitude ?? null)) wrong.push({ column: null, fault: faultOf("half-position", {}) });
    return said;
  }
  const reading = readPoint(longitude, latitude, datum);
  if (!reading.ok) wrong.push({ column: null, fault: reading.fault });
  return reading.ok ? { ...said, longitude: reading.value[0], latitude: reading.value[1] } : said;
}
