import { type ListNote, noteAt } from "../../domain/wording/mistakes/list-notes.ts";
import { type ListMistake, type ListPlace, mistakeAt } from "../../domain/wording/mistakes/values.ts";
import { type CellReading, readCode, readDay, readList, readText } from "./cells.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { type Cell, isBlank, NO_CELL, type RawRow, type RawTable, type Reading } from "./spreadsheet/cell.ts";
import { type Column, headerNamed, isForReadersOnly } from "./tables.ts";

/** A row of a list of who follows whom, as it was read. */
export type SuccessionRecord = {
  readonly at: ListPlace;
  readonly from: string;
  /** The names beside the codes; empty where none is written. */
  readonly leaver: string;
  readonly to: string;
  readonly newcomer: string;
  /** The first day of the one who follows. */
  readonly on: string;
  /** Empty for all grids and stations. */
  readonly places: readonly string[];
};

/** The columns of a list of who follows whom, in the order of the template, with the headers that mean them. */
export const SUCCESSION_COLUMNS = {
  from: { headers: ["原代表编号", "原代表", "离任代表编号"], form: "code", needed: "always" },
  leaver: { headers: ["原代表姓名", "离任代表姓名"], form: "text", needed: "never" },
  to: { headers: ["新代表编号", "新代表", "接任代表编号"], form: "code", needed: "always" },
  newcomer: { headers: ["新代表姓名", "接任代表姓名"], form: "text", needed: "never" },
  on: { headers: ["从哪一天起", "接任日期", "生效日期"], form: "day", needed: "always" },
  places: { headers: ["只接这些网格或站", "只接"], form: "list", needed: "never" },
} as const satisfies Readonly<Record<string, Column>>;

type Name = keyof typeof SUCCESSION_COLUMNS;

const NAMES = Object.keys(SUCCESSION_COLUMNS) as Name[];
/** A change of more deputies than that is no single list any more. */
const MOST_ROWS = 2_000;

const READERS: Readonly<Record<Name, (cell: Cell) => CellReading<string | null | string[]>>> = {
  from: readCode,
  leaver: readText,
  to: readCode,
  newcomer: readText,
  on: readDay,
  places: readList,
};

/** The layout of a table of who follows whom, with the meaning of each column; null for one without. */
export function successionColumns(table: RawTable): {
  readonly layout: Layout;
  readonly names: readonly (Name | null)[];
} {
  const named = (headers: readonly string[]) =>
    headers.map((header) => headerNamed(SUCCESSION_COLUMNS, header) as Name | null);
  const layout = layoutOf(table, (headers) => named(headers).filter((name) => name !== null).length);
  return { layout, names: named(layout.headers) };
}

/**
 * Reads lists of who follows whom: every sheet that names both codes and the day.
 *
 * A row of the template in which nobody follows and no day stands is left out, and counted as unused.
 */
export function readSuccessionList(reading: Reading): {
  readonly records: readonly SuccessionRecord[];
  readonly errors: readonly ListMistake[];
  readonly notes: readonly ListNote[];
  readonly unused: number;
} {
  const records: SuccessionRecord[] = [];
  const errors = [...reading.errors];
  const notes = [...reading.notes];
  let unused = 0;
  const lists = reading.tables.filter(
    (table) => successionColumns(table).names.filter((name) => name !== null).length >= 2,
  );
  const file = reading.tables[0]?.file ?? "file";
  if (lists.length === 0 && errors.length === 0)
    errors.push(mistakeAt({ file, row: 1 }, null, "no-succession-table", {}));
  for (const table of lists) {
    const { layout, names } = successionColumns(table);
    const missing = NAMES.filter((name) => SUCCESSION_COLUMNS[name].needed === "always" && !names.includes(name));
    errors.push(
      ...layout.errors,
      ...missing.map((name) => {
        const at = { file: table.file, row: layout.headerRow };
        return mistakeAt(at, null, "column-missing", { name: SUCCESSION_COLUMNS[name].headers[0], known: "" });
      }),
      ...wrongHeaders(table, layout, names),
    );
    notes.push(...layout.notes);
    if (missing.length > 0) continue;
    if (layout.rows.length > MOST_ROWS) {
      errors.push(mistakeAt({ file: table.file, row: 1 }, null, "too-many-rows", { most: MOST_ROWS }));
      continue;
    }
    for (const row of layout.rows) {
      const cellOf = (name: Name) => row.cells[names.indexOf(name)] ?? NO_CELL;
      if (names.every((name, at) => name === null || isBlank(row.cells[at]))) continue;
      if (["to", "newcomer", "on", "places"].every((name) => saysNothing(cellOf(name as Name)))) unused += 1;
      else readInto(records, errors, { at: { file: table.file, row: row.row }, row, names });
    }
  }
  for (const table of reading.tables)
    if (!lists.includes(table)) notes.push(noteAt({ file: table.file, row: null }, "no-successions", {}));
  return { records, errors, notes, unused };
}

function readInto(
  records: SuccessionRecord[],
  errors: ListMistake[],
  { at, row, names }: { readonly at: ListPlace; readonly row: RawRow; readonly names: readonly (Name | null)[] },
): void {
  const wrong: ListMistake[] = [];
  const said: Partial<Record<Name, unknown>> = {};
  for (const [index, name] of names.entries()) {
    if (name === null) continue;
    const cell = row.cells[index] ?? NO_CELL;
    const isNeeded = SUCCESSION_COLUMNS[name].needed === "always";
    if (cell.form === "unreadable" || cell.form === "covered") wrong.push({ ...at, column: name, ...cell.fault });
    else if (cell.from !== undefined && name !== "on")
      wrong.push(mistakeAt(at, name, "covered-from", { row: cell.from }));
    else if (cell.text.trim() === "") {
      if (isNeeded) wrong.push(mistakeAt(at, name, "empty", {}));
    } else {
      const read = READERS[name](cell);
      if (read.ok) said[name] = read.value;
      else wrong.push({ ...at, column: name, ...read.fault });
    }
  }
  errors.push(...wrong);
  if (wrong.length > 0) return;
  records.push({
    ...{ at, from: String(said.from), to: String(said.to), on: String(said.on) },
    ...{ leaver: String(said.leaver ?? ""), newcomer: String(said.newcomer ?? "") },
    places: (said.places ?? []) as string[],
  });
}

/** Columns that are there twice, and those that nobody knows and that hold something. */
function wrongHeaders(
  { file }: RawTable,
  { headers, headerRow, rows }: Layout,
  names: readonly (Name | null)[],
): ListMistake[] {
  const top = { file, row: headerRow };
  return headers.flatMap((header, at) => {
    const name = names[at] ?? null;
    if (name !== null && names.indexOf(name) < at) return [mistakeAt(top, null, "column-twice", { header })];
    if (name !== null || isForReadersOnly(header)) return [];
    if (header !== "") return [mistakeAt(top, null, "unknown-column", { header, known: COLUMN_LIST })];
    const filled = rows.find(({ cells }) => !isBlank(cells[at]));
    return filled === undefined ? [] : [mistakeAt({ file, row: filled.row }, null, "no-header", {})];
  });
}

const COLUMN_LIST = NAMES.map((name) => SUCCESSION_COLUMNS[name].headers[0]).join(", ");

function saysNothing(cell: Cell): boolean {
  return cell.form !== "unreadable" && cell.form !== "covered" && cell.text.trim() === "";
}
