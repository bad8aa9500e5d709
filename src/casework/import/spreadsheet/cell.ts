import type { ListNote } from "../../../domain/wording/mistakes/list-notes.ts";
import {
  type Fault,
  type ListMistake,
  type MistakeCode,
  type MistakeValues,
  mistakeAt,
} from "../../../domain/wording/mistakes/values.ts";
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
  /** Of a date with a time of day, that time, HH:MM. */
  readonly time?: string;
  /** The row in which the value stands, of a cell that a merged cell covers from above. */
  readonly from?: number;
};

/** A cell with something in it that nobody can read: it is not an empty cell. */
type UnreadableCell = {
  readonly form: "unreadable";
  readonly text: string;
  readonly fault: Fault;
  readonly from?: number;
};

/** A cell that a merged cell covers from the side: whose value stands there cannot be told. */
type CoveredCell = { readonly form: "covered"; readonly text: ""; readonly fault: Fault };

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

/** The result of reading files: tables, what is wrong, and notes for whoever imports. */
export type Reading = {
  readonly tables: readonly RawTable[];
  readonly errors: readonly ListMistake[];
  readonly notes: readonly ListNote[];
};

/** An empty cell. */
export const NO_CELL: Cell = { form: "text", text: "" };

/** A reading that consists of one mistake, in its first row unless another is named. */
export function failed<C extends MistakeCode>(
  file: string,
  code: C,
  values: MistakeValues[C],
  row: number | null = 1,
): Reading {
  return { tables: [], errors: [mistakeAt({ file, row }, null, code, values)], notes: [] };
}

/** A cell of text; unreadable where a spreadsheet left an error value or a formula in place of one. */
export function textCell(text: string): Cell {
  const quoted = /^\s*="([^"]*)"\s*$/.exec(text)?.[1] ?? text;
  const fault = unreadableText(quoted);
  return fault === null ? { form: "text", text: quoted } : { form: "unreadable", text: quoted, fault };
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
