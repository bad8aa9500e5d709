import { sayListMistake } from "../../../domain/wording/mistakes/en.ts";
import { layoutOf } from "../layout.ts";
import { type Cell, NO_CELL, type RawTable } from "./cell.ts";
import { readPaths } from "./read-paths.ts";

/** A row of a table whose columns are found by their names. */
type NamedRow<C extends string> = {
  /** `file:row`, as errors name it. */
  readonly at: string;
  readonly cellOf: (column: C) => Cell;
};

/** The rows of a file, and every error of the file itself as `file:row: what is wrong`. */
type NamedRows<C extends string> = { readonly rows: readonly NamedRow<C>[]; readonly errors: readonly string[] };

/** A file of one table: the names that each of its columns may have, in lower case without blanks, and those without which it is none. */
type NamedTable<C extends string> = {
  readonly names: Readonly<Record<C, readonly string[]>>;
  readonly needed: readonly C[];
  /** The content of the table, for errors, as “answers”. */
  readonly of: string;
};

/** Reads the rows of a file, CSV or Excel, that holds one table with these columns. */
export async function readNamedColumns<C extends string>(path: string, wanted: NamedTable<C>): Promise<NamedRows<C>> {
  const { tables, errors } = await readPaths([path]);
  if (errors.length > 0) return { rows: [], errors: errors.map(sayListMistake) };
  const [table, another] = tables;
  if (table === undefined || another !== undefined)
    return { rows: [], errors: [`${path}: must hold one table, of ${wanted.of}`] };
  return rowsIn(table, wanted);
}

function rowsIn<C extends string>(table: RawTable, { names, needed }: NamedTable<C>): NamedRows<C> {
  const { file } = table;
  const placeOf = (headers: readonly string[], column: C) =>
    headers.findIndex((header) => names[column].includes(header.normalize("NFKC").replace(/\s/g, "").toLowerCase()));
  const columns = Object.keys(names) as C[];
  const layout = layoutOf(table, (headers) => columns.filter((column) => placeOf(headers, column) !== -1).length);
  const missing = needed.filter((column) => placeOf(layout.headers, column) === -1);
  if (missing.length > 0)
    return { rows: [], errors: [`${file}:${layout.headerRow}: lacks the column ${missing.join(", ")}`] };
  const places = new Map(columns.map((column) => [column, placeOf(layout.headers, column)]));
  const rows = layout.rows.map(({ row, cells }) => ({
    at: `${file}:${row}`,
    cellOf: (column: C) => cells[places.get(column) ?? -1] ?? NO_CELL,
  }));
  return { rows, errors: layout.errors.map(sayListMistake) };
}
