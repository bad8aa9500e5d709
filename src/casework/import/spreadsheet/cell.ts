import { unreadableText } from "./unreadable.ts";

/** A cell with something in it that was read, or with nothing. */
type ReadCell = {
  readonly form: "text" | "number" | "date";
  readonly text: string;
  /**
   * Of a number, what the spreadsheet shows where its format adds something: 3412 as `000000` is shown as 003412. Undefined
   * when that is `text`; null when it cannot be told, or is no plain number.
   */
  readonly shown?: string | null;
  /** The row in which the value stands, of a cell that a merged cell covers from above. */
  readonly from?: number;
};

/** A cell with something in it that nobody can read: it is not an empty cell. `what` ends a sentence about the column. */
type UnreadableCell = {
  readonly form: "unreadable";
  readonly text: string;
  readonly what: string;
  readonly from?: number;
};

/** A cell that a merged cell covers from the side: whose value stands there cannot be told. */
type CoveredCell = { readonly form: "covered"; readonly text: ""; readonly what: string };

/** A cell as it stands in the file. `number` and `date` are what a spreadsheet made of what somebody typed. */
export type Cell = ReadCell | UnreadableCell | CoveredCell;

/** A row with its number as a person sees it: the first of a sheet is 1; of GeoJSON, the number of the feature. */
export type RawRow = {
  readonly row: number;
  /** Null where the file says nothing at all of this column, as a feature without the property. */
  readonly cells: readonly (Cell | null)[];
  readonly geometry?: unknown;
};

/** A table of a file: a CSV file, a sheet of a workbook, or the features of a GeoJSON file. */
export type RawTable = {
  /** How errors name it: the file, and the sheet where there are several. */
  readonly file: string;
  /** What tells its kind: the file's name without ending, or the sheet's. */
  readonly title: string;
  /** The properties of GeoJSON; null where the columns are named by one of the rows. */
  readonly headers: readonly string[] | null;
  /** The rows that are not empty. */
  readonly rows: readonly RawRow[];
};

/** The result of reading files: tables, errors (`file:row: what is wrong`), and notes for whoever imports. */
export type Reading = {
  readonly tables: readonly RawTable[];
  readonly errors: readonly string[];
  readonly notes: readonly string[];
};

/** An empty cell. */
export const NO_CELL: Cell = { form: "text", text: "" };

/** A reading that consists of one error. */
export function failed(error: string): Reading {
  return { tables: [], errors: [error], notes: [] };
}

/** A cell of text; unreadable where a spreadsheet left an error value or a formula in place of one. */
export function textCell(text: string): Cell {
  const quoted = /^\s*="([^"]*)"\s*$/.exec(text)?.[1] ?? text;
  const what = unreadableText(quoted);
  return what === null ? { form: "text", text: quoted } : { form: "unreadable", text: quoted, what };
}

/** A cell of a number: 13800000000 is written as 1.38E10 by some programs. */
export function numberCell(raw: string, shown?: string | null): Cell {
  const number = Number(raw);
  const text = Number.isSafeInteger(number) ? String(number) : raw;
  return shown === undefined || shown === text ? { form: "number", text } : { form: "number", text, shown };
}

/** Whether a cell has no content of its own. */
export function isBlank(cell: Cell | null | undefined): boolean {
  if (cell == null || cell.form === "covered" || cell.from !== undefined) return true;
  return cell.form !== "unreadable" && cell.text.trim() === "";
}
