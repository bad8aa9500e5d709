import { type ImportMistake, mistakeIn } from "../../../domain/wording/import-mistakes.ts";
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
  readonly code: ImportMistake;
  /** The sentence of the importer, as the command line shows it. */
  readonly text: string;
};

const PLACED = /^(.*?):(\d+): ([\s\S]*)$/;
const SHEETED = /^(.*)\[(.*)\]$/;
/** Of mistakes between rows, which say nothing of a column: they are about the code. */
const OF_CODE: ReadonlySet<ImportMistake> = new Set(["twice", "zero-lost"]);

/** The columns of a table: their headers as they stand in it, and the English names by which mistakes are told. */
type ColumnsIn = (table: RawTable) => {
  readonly headers: readonly string[];
  readonly names: readonly (string | null)[];
};

/**
 * Finds the cell of each mistake that the importer tells as `file:row: what is wrong`.
 * @param columnsIn the columns of a table; those of the county's lists when left out
 */
export function cellErrorsOf(
  errors: readonly string[],
  tables: readonly RawTable[],
  columnsIn: ColumnsIn = columnsOfList,
): CellError[] {
  const places = new Map(tables.map((table) => [table.file, placesIn(table, columnsIn(table))]));
  return errors.map((error) => {
    const [, named = error, line = "1", text = error] = PLACED.exec(error) ?? [];
    const [, file = named, sheet = ""] = SHEETED.exec(named) ?? [];
    const row = Number(line);
    const code = mistakeIn(text);
    const found = places.get(named)?.(row, text, code) ?? { column: "", index: null, value: "" };
    const cell = found.index === null ? String(row) : `${lettersOf(found.index)}${row}`;
    return { file, sheet, cell, row, column: found.column, value: found.value, code, text };
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
): (row: number, text: string, code: ImportMistake) => Place {
  const rows = new Map(table.rows.map(({ row, cells }) => [row, cells]));
  return (row, text, code) => {
    const quoted = /^the column “(.*?)” /.exec(text)?.[1];
    const said = OF_CODE.has(code) && names.includes("code") ? "code" : /^[a-z]+(?=[ :])/.exec(text)?.[0];
    const index = quoted === undefined ? names.indexOf(said ?? "") : headers.indexOf(quoted);
    if (index === -1) return { column: "", index: null, value: "" };
    return { column: headers[index] ?? "", index, value: rows.get(row)?.[index]?.text ?? "" };
  };
}
