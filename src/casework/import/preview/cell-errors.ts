import { mistakeText } from "../../../domain/wording/mistakes/en.ts";
import { type Fault, faultOf, type ListMistake } from "../../../domain/wording/mistakes/values.ts";
import { zhMistake } from "../../../domain/wording/mistakes/zh.ts";
import { layoutOf } from "../layout.ts";
import { kindIn, knownIn } from "../records.ts";
import type { RawTable } from "../spreadsheet/cell.ts";
import { lettersOf } from "../spreadsheet/sheet.ts";
import { columnNamed } from "../tables.ts";

/** A mistake in a list at its place: which cell of which sheet of which file, what stands there, what is wrong with it. */
export type CellError = {
  readonly file: string;
  /** Empty where the file has no sheets. */
  readonly sheet: string;
  /** Such as `C17`; `17` for a whole row. */
  readonly cell: string;
  readonly row: number;
  /** The header as it stands in the file; empty where the row as a whole is wrong. */
  readonly column: string;
  readonly value: string;
  /** The sentence in English, as the command line shows it. */
  readonly text: string;
} & Fault;

const SHEETED = /^(.*)\[(.*)\]$/;

/** A mistake as a check keeps it; those that were kept before mistakes had parameters have none. */
export type KeptError = Omit<CellError, "code" | "values"> & { readonly code: string; readonly values?: object };

/** Reads a mistake that was kept, with what would be right in Chinese; of one without parameters its sentence is all that tells it. */
export function readKeptError(kept: KeptError): CellError & { readonly wanted: string } {
  const fault = kept.values === undefined ? faultOf("other", { said: kept.text }) : (kept as CellError);
  const error = { ...kept, code: fault.code, values: fault.values } as CellError;
  return { ...error, wanted: zhMistake(error).right };
}

/** The columns of a table: their headers as they stand in it, and the English names by which mistakes are told. */
type ColumnsIn = (table: RawTable) => {
  readonly headers: readonly string[];
  readonly names: readonly (string | null)[];
};

/**
 * Finds the cell of each mistake.
 * @param columnsIn the columns of a table; those of the county's lists when left out
 */
export function cellErrorsOf(
  errors: readonly ListMistake[],
  tables: readonly RawTable[],
  columnsIn: ColumnsIn = columnsOfList,
): CellError[] {
  const places = new Map(tables.map((table) => [table.file, placesIn(table, columnsIn(table))]));
  return errors.map((error) => {
    const { file: named, column: _, row: told, ...fault } = error;
    const [, file = named, sheet = ""] = SHEETED.exec(named) ?? [];
    const row = told ?? 1;
    const found = places.get(named)?.(row, error) ?? { column: "", index: null, value: "" };
    const cell = found.index === null ? String(row) : `${lettersOf(found.index)}${row}`;
    const { column, value } = found;
    return { file, sheet, cell, row, column, value, ...fault, text: mistakeText(error) };
  });
}

type Place = { readonly column: string; readonly index: number | null; readonly value: string };

function columnsOfList(table: RawTable): ReturnType<ColumnsIn> {
  const { headers } = layoutOf(table, (names) => knownIn(table, names));
  const kind = kindIn(table, headers);
  return { headers, names: headers.map((header) => (kind === null ? null : columnNamed(kind, header))) };
}

function placesIn(
  table: RawTable,
  { headers, names }: ReturnType<ColumnsIn>,
): (row: number, mistake: ListMistake) => Place {
  const rows = new Map(table.rows.map(({ row, cells }) => [row, cells]));
  return (row, { column, values }) => {
    const index = "header" in values ? headers.indexOf(values.header) : column === null ? -1 : names.indexOf(column);
    if (index === -1) return { column: "", index: null, value: "" };
    return { column: headers[index] ?? "", index, value: rows.get(row)?.[index]?.text ?? "" };
  };
}
