import { type ListNote, noteAt } from "../../domain/wording/mistakes/list-notes.ts";
import { type ListMistake, type ListPlace, mistakeAt } from "../../domain/wording/mistakes/values.ts";
import { type Cell, isBlank, type RawRow, type RawTable } from "./spreadsheet/cell.ts";

/** The layout of a table that holds a list: its columns, the rows below them, and what was left out around them. */
export type Layout = {
  readonly headers: readonly string[];
  /** The row that names the columns. */
  readonly headerRow: number;
  readonly rows: readonly RawRow[];
  /** What was left out because it is no row of the list. */
  readonly notes: readonly ListNote[];
  readonly errors: readonly ListMistake[];
};

/** The number of rows among which the row of the columns is searched for. */
const SEARCHED = 12;
const LONGEST_QUOTE = 30;
/** The word in front of a row that sums up the others. */
const TOTAL = /^(?:合计|总计|小计|共计|total|subtotal)[:：]?\d*$/i;

/**
 * Finds the columns of a table below its titles, and its rows above its sums.
 *
 * The row of the columns is the first with two names that are known; in a table of one row of names and another of their
 * parts (位置 over 经度 and 纬度) both are taken together. Without such a row it is the first, as it stands.
 * @param known how many of these headers are names of columns
 */
export function layoutOf(table: RawTable, known: (headers: readonly string[]) => number): Layout {
  const { file, rows } = table;
  if (table.headers !== null) return { headers: table.headers, headerRow: 1, rows, notes: [], errors: [] };
  const found = rows.slice(0, SEARCHED).findIndex(({ cells }) => known(namesIn(cells)) >= 2);
  const at = Math.max(found, 0);
  const header = rows[at];
  if (header === undefined) return { headers: [], headerRow: 1, rows: [], notes: [], errors: [] };
  const names = namesIn(header.cells);
  const below = rows[at + 1];
  const parts = below === undefined ? [] : namesIn(below.cells);
  const isDouble = found !== -1 && arePartsOf(names, parts, known);
  const headers = isDouble ? both(names, parts) : names;
  const notes: ListNote[] = [];
  const errors: ListMistake[] = [];
  for (const row of rows.slice(0, at)) {
    const said = quoted(row);
    if (isTitle(row)) notes.push(noteAt({ file, row: row.row }, "title", { said }));
    else errors.push(mistakeAt({ file, row: row.row }, null, "above-columns", { said }));
  }
  if (found === -1 && header.cells.filter((cell) => !isBlank(cell)).length === 1 && rows.length > 1) {
    errors.push(mistakeAt({ file, row: header.row }, null, "title-alone", { said: quoted(header) }));
  }
  const list = rows.slice(isDouble ? at + 2 : at + 1).filter((row) => {
    const note = notOfList({ file, row: row.row }, row, headers);
    if (note !== null) notes.push(note);
    return note === null;
  });
  return { headers, headerRow: header.row, rows: list, notes, errors };
}

/** The note about a row within the list that is no row of it: a sum, or the columns repeated on a new page. */
function notOfList(at: ListPlace, { cells }: RawRow, headers: readonly string[]): ListNote | null {
  const first = withoutSpaces(cells.find((cell) => !isBlank(cell))?.text);
  if (TOTAL.test(first)) return noteAt(at, "sum", { said: first });
  const filled = cells.flatMap((cell, index) =>
    isBlank(cell) ? [] : [{ text: withoutSpaces(cell?.text), header: headers[index] }],
  );
  const isRepeated = filled.length > 1 && filled.every(({ text, header }) => text === withoutSpaces(header));
  return isRepeated ? noteAt(at, "columns-again", {}) : null;
}

/** A title is one text, or several that name what they say (填报单位：…), or names of groups, each over several columns. */
function isTitle({ cells }: RawRow): boolean {
  const own = cells.flatMap((cell, index) => (isBlank(cell) ? [] : [{ cell, next: cells[index + 1] }]));
  return (
    own.length === 1 ||
    own.every(({ cell }) => /[:：]/.test(cell?.text ?? "")) ||
    own.every(({ next }) => isBlank(next))
  );
}

/** A row of parts holds nothing but names of columns, and at least one that the row above does not have. */
function arePartsOf(
  names: readonly string[],
  parts: readonly string[],
  known: (headers: readonly string[]) => number,
): boolean {
  const said = parts.filter((part) => part !== "");
  return (
    said.length > 0 && known(said) === said.length && parts.some((part, index) => part !== "" && part !== names[index])
  );
}

function both(names: readonly string[], parts: readonly string[]): string[] {
  const width = Math.max(names.length, parts.length);
  return Array.from({ length: width }, (_, index) => parts[index] || (names[index] ?? ""));
}

function namesIn(cells: readonly (Cell | null)[]): string[] {
  return cells.map((cell) => cell?.text.replace(/\s+/g, " ").trim() ?? "");
}

function withoutSpaces(text: string | undefined): string {
  return text?.replace(/\s/g, "") ?? "";
}

function quoted({ cells }: RawRow): string {
  const text = cells
    .flatMap((cell) => (isBlank(cell) ? [] : [cell?.text.trim()]))
    .join(" ")
    .replace(/\s+/g, " ");
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
