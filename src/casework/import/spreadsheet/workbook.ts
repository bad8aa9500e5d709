import { basename } from "node:path";
import { type ListNote, noteAt } from "../../../domain/wording/mistakes/list-notes.ts";
import { faultOf, type MistakeCode } from "../../../domain/wording/mistakes/values.ts";
import { failed, isBlank, NO_CELL, type RawRow, type RawTable, type Reading } from "./cell.ts";
import { type Area, lettersOf, readSheet, type SheetCells } from "./sheet.ts";
import { type Shared, type SheetEntry, sharedOf, sheetsOf, unpack } from "./workbook-parts.ts";

/** The beginning of a compound file: an old .xls, or a workbook under a password. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

/** The tables of a workbook, one a sheet. Hidden sheets are left out and named; hidden rows and columns are read and named. */
export function readWorkbook(path: string, bytes: Uint8Array): Reading {
  const file = basename(path);
  const other = otherKind(bytes);
  if (other !== null) return failed(file, other, {});
  try {
    const parts = unpack(bytes);
    const shared = sharedOf(parts);
    const tables: RawTable[] = [];
    const notes: ListNote[] = [];
    for (const entry of sheetsOf(parts)) {
      const named = `${file}[${entry.name}]`;
      if (entry.isHidden) {
        notes.push(noteAt({ file: named, row: null }, "hidden-sheet", {}));
        continue;
      }
      const found = tableIn(named, entry, parts(entry.path), shared, notes);
      if (found.rows.length > 0) tables.push(found);
    }
    return tables.length > 0 ? { tables, errors: [], notes } : failed(file, "no-table", {});
  } catch (error) {
    return failed(file, "broken-excel", { said: error instanceof Error ? error.message : String(error) });
  }
}

/** What a file is that has the ending of a workbook and is none; null for a workbook, as far as its beginning tells. */
function otherKind(bytes: Uint8Array): (MistakeCode & ("no-excel" | "password" | "old-excel")) | null {
  const begins = (mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte);
  if (begins(ZIP)) return null;
  if (!begins(COMPOUND_FILE)) return "no-excel";
  return Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le")) ? "password" : "old-excel";
}

function tableIn(file: string, entry: SheetEntry, xml: string | null, shared: Shared, notes: ListNote[]): RawTable {
  if (xml === null) throw new Error(`the sheet ${entry.name} is missing`);
  const sheet = readSheet(xml, shared);
  for (const area of sheet.merged) spread(sheet, area);
  const rows = [...sheet.rows]
    .toSorted(([a], [b]) => a - b)
    .map(([row, cells]): RawRow => ({ row, cells: Array.from(cells, (cell) => cell ?? NO_CELL) }))
    .filter(({ cells }) => !cells.every(isBlank));
  notes.push(...hiddenIn(file, sheet, rows));
  return { file, title: entry.name, headers: null, rows };
}

/** A title is often merged over the whole width of a sheet. */
const MOST_COVERED = 100;

/** What stands in a merged cell counts for all rows of its first column; what lies beside that is covered. */
function spread({ rows }: SheetCells, { top, bottom, left, right }: Area): void {
  const value = rows.get(top)?.[left];
  if (value === undefined) return;
  const ends = { from: `${lettersOf(left)}${top}`, to: `${lettersOf(right)}${bottom}` };
  const fault = faultOf("covered", ends);
  for (let row = top; row <= bottom; row += 1) {
    const cells = rows.get(row);
    if (cells === undefined) continue;
    if (row > top) cells[left] = value.form === "covered" ? value : { ...value, from: top };
    for (let column = left + 1; column <= Math.min(right, MOST_COVERED); column += 1) {
      cells[column] = { form: "covered", text: "", fault };
    }
  }
}

function hiddenIn(file: string, sheet: SheetCells, rows: readonly RawRow[]): ListNote[] {
  const there = new Set(rows.map(({ row }) => row));
  const hiddenRows = sheet.hiddenRows.filter((row) => there.has(row));
  const hiddenColumns = sheet.hiddenColumns.filter((column) => rows.some(({ cells }) => !isBlank(cells[column])));
  const whole = { file, row: null };
  return [
    ...(hiddenRows.length > 0 ? [noteAt(whole, "hidden-rows", { rows: spans(hiddenRows).join(", ") })] : []),
    ...(hiddenColumns.length > 0
      ? [noteAt(whole, "hidden-columns", { columns: hiddenColumns.map(lettersOf).join(", ") })]
      : []),
  ];
}

/** Numbers in order, those that follow each other as a span: 3-7. */
function spans(numbers: readonly number[]): string[] {
  const found: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last !== undefined && last.to === number - 1) last.to = number;
    else found.push({ from: number, to: number });
  }
  return found.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
}
