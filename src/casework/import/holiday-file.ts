import { type HolidayEntry, markOf, spanOf } from "../../domain/calendar/holiday-list.ts";
import { faultText, sayListMistake } from "../../domain/wording/mistakes/en.ts";
import type { ListNote } from "../../domain/wording/mistakes/list-notes.ts";
import { faultOf } from "../../domain/wording/mistakes/values.ts";
import { readDay, type Unread } from "./cells.ts";
import { layoutOf } from "./layout.ts";
import { type Cell, isBlank, NO_CELL, type RawRow, type RawTable } from "./spreadsheet/cell.ts";
import { readPaths } from "./spreadsheet/read-paths.ts";

/** The entries of a list of holidays, or every error as `file:row: what is wrong`. */
export type HolidayFile = {
  readonly entries: readonly HolidayEntry[];
  readonly errors: readonly string[];
  readonly notes: readonly ListNote[];
};

const DAY = ["date", "day", "days", "日期", "时间", "日子"];
const KIND = ["kind", "type", "what", "off/work", "off|work", "安排", "类型", "类别", "放假/上班", "状态"];

/**
 * Reads a list of holidays from a table in two columns: a day or a span of days (`2027-02-05..2027-02-11`), and `off` 放假 or
 * `work` 上班.
 *
 * Columns that are not named so are taken in that order, below a row of names or without one. What the entries mean is not
 * judged here.
 */
export async function readHolidayFile(path: string): Promise<HolidayFile> {
  const { tables, errors, notes } = await readPaths([path]);
  if (errors.length > 0) return { entries: [], errors: errors.map(sayListMistake), notes };
  const [table, another] = tables;
  if (table === undefined || another !== undefined) {
    return { entries: [], errors: [`${path}: must hold one table, of days and what they are`], notes };
  }
  const read = entriesIn(table);
  return { ...read, notes: [...notes, ...read.notes] };
}

function entriesIn(table: RawTable): HolidayFile {
  const { file } = table;
  const { rows, places, errors: outside, notes } = columnsOf(table);
  if (rows.length === 0) return { entries: [], errors: [...outside, `${file}: holds no day`], notes };
  const entries: HolidayEntry[] = [];
  const errors = [...outside];
  for (const { row, cells } of rows) {
    const at = `${file}:${row}`;
    const days = daysOf(cells[places.day] ?? NO_CELL);
    const kind = cells[places.kind] ?? NO_CELL;
    const mark = kind.form === "unreadable" || kind.form === "covered" ? undefined : markOf(kind.text);
    if (!days.ok) errors.push(`${at}: the day ${faultText(days.fault)}`);
    if (mark === undefined) errors.push(`${at}: “${kind.text}” is neither off (放假) nor work (上班)`);
    if (days.ok && mark !== undefined) entries.push({ at, from: days.from, to: days.to, mark });
  }
  return { entries, errors, notes };
}

type Columns = Pick<HolidayFile, "errors" | "notes"> & {
  readonly rows: readonly RawRow[];
  readonly places: { readonly day: number; readonly kind: number };
};

function columnsOf(table: RawTable): Columns {
  const layout = layoutOf(table, (names) => [DAY, KIND].filter((words) => placeOf(names, words) !== -1).length);
  const named = { day: placeOf(layout.headers, DAY), kind: placeOf(layout.headers, KIND) };
  if (named.day !== -1 && named.kind !== -1)
    return { ...layout, errors: layout.errors.map(sayListMistake), places: named };
  const [first, ...others] = table.rows;
  const isNames = first !== undefined && !first.cells.some((cell) => /\d/.test(cell?.text ?? ""));
  return { rows: isNames ? others : table.rows, places: { day: 0, kind: 1 }, errors: [], notes: [] };
}

function placeOf(headers: readonly string[], words: readonly string[]): number {
  return headers.findIndex((header) => words.includes(header.normalize("NFKC").replace(/\s/g, "").toLowerCase()));
}

/** A spreadsheet has made a date of a single day; a span stayed as it was written. */
function daysOf(cell: Cell): { readonly ok: true; readonly from: string; readonly to: string } | Unread {
  if (cell.form === "unreadable" || cell.form === "covered") return { ok: false, fault: cell.fault };
  if (isBlank(cell)) return { ok: false, fault: faultOf("empty", {}) };
  const [first, last] = spanOf(cell.text).map((text) => readDay({ form: cell.form, text }));
  if (first === undefined || last === undefined) return { ok: false, fault: faultOf("empty", {}) };
  if (!first.ok) return first;
  if (!last.ok) return last;
  if (first.value === null || last.value === null) return { ok: false, fault: faultOf("empty", {}) };
  return { ok: true, from: first.value, to: last.value };
}
