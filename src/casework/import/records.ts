import type { GridShape } from "../../../db/schema/places.ts";
import type { Datum } from "../../domain/place/datum.ts";
import type { DeputyLevel } from "../../domain/routing/nearness.ts";
import { type ListNote, noteAt } from "../../domain/wording/mistakes/list-notes.ts";
import { type ListMistake, type ListPlace, mistakeAt } from "../../domain/wording/mistakes/values.ts";
import type { Post } from "./cells.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { type Columns, openMerged, type RowFault, readRow } from "./read-row.ts";
import { isBlank, type RawTable } from "./spreadsheet/cell.ts";
import { columnList, columnNamed, isForReadersOnly, kindOf, neededColumns, type TableKind } from "./tables.ts";

/**
 * A row of a list of stations after it was read, as the records of the other kinds. `at` is for messages.
 *
 * A field is undefined when its table has no such column: an import then leaves what is known as it is.
 */
type StationRecord = {
  readonly at: ListPlace;
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
  readonly at: ListPlace;
  readonly code: string;
  readonly name?: string;
  readonly township?: string;
  readonly community?: string;
  /** Code of the station; empty for none. */
  readonly station?: string;
  readonly aliases?: string[];
  readonly shape?: GridShape;
};
/** A row of a list of deputies after it was read; a field without a column is left out. */
export type DeputyRecord = {
  readonly at: ListPlace;
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
  readonly at: ListPlace;
  readonly code: string;
  readonly name?: string;
  readonly phone?: string | null;
  readonly categories?: string[];
  /** Short names. */
  readonly aliases?: string[];
};
type PlaceRecord = { readonly at: ListPlace; readonly name: string; readonly grid: string };

type ReceptionRecord = {
  readonly at: ListPlace;
  /** Code of the station. */
  readonly station: string;
  readonly day: string | null;
  readonly from: string;
  readonly until: string;
  readonly place: string;
  /** Codes; empty for nobody by name. */
  readonly deputies?: string[];
};

/** The records of all lists of an import, by kind. */
export type Records = {
  readonly stations: readonly StationRecord[];
  readonly grids: readonly GridRecord[];
  readonly deputies: readonly DeputyRecord[];
  readonly units: readonly UnitRecord[];
  readonly places: readonly PlaceRecord[];
  readonly receptions: readonly ReceptionRecord[];
};

type RecordLists = { [Kind in TableKind]: Records[Kind][number][] };

function noRecords(): RecordLists {
  return { stations: [], grids: [], deputies: [], units: [], places: [], receptions: [] };
}

/** A sheet that tells how to fill in the others holds no list. */
const INSTRUCTIONS = /说明|须知|readme|instruction/i;

/** The result of reading all tables: records, errors and notes. */
export type RecordsRead = {
  readonly records: Records;
  /** Also what could be read of rows with errors of their own, so that everything wrong between the rows is found with it. */
  readonly said: Records;
  readonly errors: ListMistake[];
  /** What was left out or filled in, for whoever imports. */
  readonly notes: ListNote[];
  /** False when a whole table had to be left out, so that nothing can be said about references. */
  readonly isWhole: boolean;
};

/** Reads all tables into records; what cannot be read is in `errors`, and its row is left out of `records`. */
export function readRecords(tables: readonly RawTable[], datum: Datum): RecordsRead {
  const records = noRecords();
  const said = noRecords();
  const errors: ListMistake[] = [];
  const notes: ListNote[] = [];
  let isWhole = true;
  for (const table of tables) {
    const { file } = table;
    const isFound = (headers: readonly string[]) => knownIn(table, headers);
    const layout = layoutOf(table, isFound);
    const kind = kindIn(table, layout.headers);
    if (INSTRUCTIONS.test(table.title) && isFound(layout.headers) < 2) {
      notes.push(noteAt({ file, row: null }, "instructions", {}));
      continue;
    }
    if (kind === null) {
      errors.push(mistakeAt({ file, row: 1 }, null, "unknown-list", {}));
      isWhole = false;
      continue;
    }
    errors.push(...layout.errors);
    notes.push(...layout.notes);
    const columns = readColumns(file, layout, kind, { errors, notes });
    const missing = neededColumns(kind).filter((needed) => !columns.includes(needed));
    const [top, known] = [{ file, row: layout.headerRow }, columnList(kind)];
    errors.push(...missing.map((name) => mistakeAt(top, null, "column-missing", { name, known })));
    if (missing.length > 0) isWhole &&= kind !== "stations" && kind !== "grids";
    else readRows(table, layout, { kind, columns, datum }, { records, said, errors, notes });
  }
  return { records, said, errors, notes, isWhole };
}

/** Whether a file's name is that of a list. */
export function isCalledLikeList(title: string): boolean {
  return kindOf(title, []) !== null && !INSTRUCTIONS.test(title);
}

/** The kind of list that a table holds; null when it cannot be told. */
export function kindIn(table: RawTable, headers: readonly string[]): TableKind | null {
  return table.headers === null ? kindOf(table.title, headers) : "grids";
}

/** Counts the headers that are names of columns of the table's kind. */
export function knownIn(table: RawTable, headers: readonly string[]): number {
  const kind = kindIn(table, headers);
  return kind === null ? 0 : headers.filter((header) => columnNamed(kind, header) !== null).length;
}

function readRows(
  { file, headers: properties }: RawTable,
  { rows }: Layout,
  { kind, columns, datum }: { readonly kind: TableKind; readonly columns: Columns; readonly datum: Datum },
  read: {
    readonly records: RecordLists;
    readonly said: RecordLists;
    readonly errors: ListMistake[];
    readonly notes: ListNote[];
  },
): void {
  const merged = openMerged();
  for (const row of rows) {
    const wrong: RowFault[] = [];
    const found = readRow(row, { kind, columns, datum, isFeature: properties !== null }, wrong, merged);
    if (found === null) continue;
    const at = { file, row: row.row };
    const record = { at, ...found };
    if (wrong.length === 0) (read.records[kind] as unknown[]).push(record);
    if (neededColumns(kind).every((name) => name in record)) (read.said[kind] as unknown[]).push(record);
    read.errors.push(...wrong.map(({ column, fault }): ListMistake => ({ ...at, column, ...fault })));
  }
  read.notes.push(...merged.told(file));
}

/** The English names of the columns, null for those without a header or without a meaning. */
function readColumns(
  file: string,
  { headers, headerRow, rows }: Layout,
  kind: TableKind,
  { errors, notes }: { readonly errors: ListMistake[]; readonly notes: ListNote[] },
): Columns {
  const seen = new Set<string>();
  const nameless = rows.find((row) => row.cells.some((cell, i) => !headers[i] && !isBlank(cell)));
  if (nameless !== undefined) errors.push(mistakeAt({ file, row: nameless.row }, null, "no-header", {}));
  const top = { file, row: headerRow };
  const unread: string[] = [];
  const columns = headers.map((header) => {
    if (header === "") return null;
    const name = columnNamed(kind, header);
    if (name === null && isForReadersOnly(header)) unread.push(header);
    else if (name === null) {
      errors.push(mistakeAt(top, null, "unknown-column", { header, known: columnList(kind) }));
    } else if (seen.has(name)) errors.push(mistakeAt(top, null, "column-twice", { header }));
    else {
      seen.add(name);
      return name;
    }
    return null;
  });
  if (unread.length > 0) notes.push(noteAt({ file, row: null }, "for-readers", { columns: unread.join(", ") }));
  return columns;
}
