import { addDays } from "../../../domain/calendar/days.ts";
import { type Fault, faultOf } from "../../../domain/wording/mistakes/values.ts";
import { type Cell, numberCell, textCell } from "./cell.ts";
import { openRichText, type Shared, unescaped } from "./workbook-parts.ts";
import { readXml } from "./xml.ts";

/** A rectangle of a sheet; columns count from 0, rows from 1, both ends belong to it. */
export type Area = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };

/** The stored cells of a sheet, by row, with its merged areas and its hidden rows and columns. */
export type SheetCells = {
  readonly rows: Map<number, (Cell | undefined)[]>;
  readonly merged: readonly Area[];
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: readonly number[];
};

/** A cell element with what stands in it. */
type Stored = { type: string; style: string; value: string | null; inline: string; isFormula: boolean };

/** A sheet has 16,384 columns; hidden ones are often said of all that are empty. */
const MOST_COLUMNS = 400;

/**
 * Reads the cells of a sheet.
 *
 * @throws Error for XML that is not well-formed
 */
export function readSheet(xml: string, shared: Shared): SheetCells {
  const rows = new Map<number, (Cell | undefined)[]>();
  const merged: Area[] = [];
  const hiddenRows: number[] = [];
  const hiddenColumns: number[] = [];
  const inline = openRichText();
  let row = 0;
  let column = -1;
  let cells: (Cell | undefined)[] = [];
  let stored: Stored | null = null;
  let isValue = false;
  readXml(xml, {
    open(name, attributes) {
      if (stored !== null) {
        if (name === "f") stored.isFormula = true;
        if (name === "v") stored.value ??= "";
        isValue = name === "v";
        inline.open(name);
      } else if (name === "row") {
        const { r, hidden } = attributes();
        row = r === undefined ? row + 1 : Number(r);
        column = -1;
        cells = rows.get(row) ?? [];
        rows.set(row, cells);
        if (isTrue(hidden)) hiddenRows.push(row);
      } else if (name === "c") {
        const { r, t = "n", s = "0" } = attributes();
        column = r === undefined ? column + 1 : columnOf(r);
        stored = { type: t, style: s, value: null, inline: "", isFormula: false };
      } else if (name === "mergeCell") {
        const [from = "A1", to = from] = (attributes().ref ?? "A1").split(":");
        merged.push({ top: rowOf(from), bottom: rowOf(to), left: columnOf(from), right: columnOf(to) });
      } else if (name === "col") {
        const { min = "1", max = min, hidden } = attributes();
        const last = Math.min(Number(max), MOST_COLUMNS);
        if (isTrue(hidden)) for (let one = Number(min); one <= last; one += 1) hiddenColumns.push(one - 1);
      }
    },
    text(text) {
      if (stored === null) return;
      if (isValue) stored.value += text;
      else inline.text(text);
    },
    close(name) {
      if (stored === null) return;
      inline.close(name);
      if (name === "v") isValue = false;
      if (name === "is") stored.inline = inline.take();
      if (name !== "c") return;
      const cell = cellOf(stored, shared);
      if (cell !== null) cells[column] = cell;
      stored = null;
    },
  });
  return { rows, merged, hiddenRows, hiddenColumns };
}

/** The letters of a column that counts from 0: 0 is A, 27 is AB. */
export function lettersOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : `${lettersOf(Math.floor(column / 26) - 1)}${letter}`;
}

/** What a stored cell holds; null for nothing. A formula counts by the value that was stored when the file was saved. */
function cellOf({ type, style, value, inline, isFormula }: Stored, shared: Shared): Cell | null {
  if (type === "inlineStr") return inline === "" ? null : textCell(inline);
  if (value === null || (value === "" && type !== "str")) {
    return isFormula ? unreadable("", faultOf("formula-unsaved", {})) : null;
  }
  switch (type) {
    case "s": {
      const text = shared.strings[Number(value)];
      return text === undefined ? unreadable(value, faultOf("text-missing", {})) : textOrNone(text);
    }
    case "str":
      return textOrNone(unescaped(value));
    case "e":
      return unreadable(value, faultOf("error-value", { said: value }));
    case "b":
      return unreadable(value, faultOf("logical-value", { said: value === "1" ? "TRUE" : "FALSE" }));
    case "d":
      return dateCell(value.slice(0, 10), /T(\d{2}:\d{2})/.exec(value)?.[1] ?? "00:00");
    case "n":
      return isFormula && Number(value) === 0
        ? unreadable(value, faultOf("formula-nothing", {}))
        : numberIn(value, shared.formats[Number(style)], shared.is1904);
    default:
      return unreadable(value, faultOf("unknown-type", { said: type }));
  }
}

function numberIn(value: string, format: Shared["formats"][number] | undefined, is1904: boolean): Cell {
  const number = Number(value);
  if (!Number.isFinite(number)) return unreadable(value, faultOf("no-number", { said: value }));
  if (format === undefined) return numberCell(value);
  if (format === "percent") {
    const percent = Number((number * 100).toPrecision(12));
    return unreadable(value, faultOf("percentage", { said: `${percent}%` }));
  }
  if (format === "date") {
    const day = dayOfSerial(number, is1904);
    return day === null ? unreadable(value, faultOf("time-of-day", {})) : dateCell(day, timeOfSerial(number));
  }
  return numberCell(value, format.show(number));
}

/** A date; midnight is the time of one that has none. */
function dateCell(text: string, time: string): Cell {
  return { form: "date", text, ...(time !== "00:00" && { time }) };
}

function timeOfSerial(serial: number): string {
  const minutes = Math.min(Math.round((serial - Math.floor(serial)) * 1440), 1439);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Excel counts days from 1900 and takes 1900 for a leap year; a time of day is a fraction of a day. */
function dayOfSerial(serial: number, is1904: boolean): string | null {
  const days = Math.floor(serial);
  if (days < 1 || days > 2_958_465) return null;
  if (is1904) return addDays("1904-01-01", days);
  return addDays("1899-12-30", days < 60 ? days + 1 : days);
}

function textOrNone(text: string): Cell | null {
  return text === "" ? null : textCell(text);
}

function unreadable(text: string, fault: Fault): Cell {
  return { form: "unreadable", text, fault };
}

function isTrue(said: string | undefined): boolean {
  return said === "1" || said === "true";
}

function rowOf(reference: string): number {
  return Number(/\d+$/.exec(reference)?.[0] ?? 1);
}

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/.exec(reference)?.[0] ?? "A") column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
