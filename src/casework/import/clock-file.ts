import type { WrittenRule } from "../../domain/clocks/check.ts";
import { readText } from "./cells.ts";
import { layoutOf } from "./layout.ts";
import { type Cell, NO_CELL, type RawTable } from "./spreadsheet/cell.ts";
import { readPaths } from "./spreadsheet/read-paths.ts";

/** The rows of a file of rules of deadlines, or every error as `file:row: what is wrong`. */
export type ClockFile = { readonly rows: readonly WrittenRule[]; readonly errors: readonly string[] };

type Column = Exclude<keyof WrittenRule, "at">;

/** The names of the columns; those that are needed come first. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  kind: ["kind", "时限", "期限", "种类"],
  amount: ["amount", "数", "数量", "时间"],
  unit: ["unit", "单位", "时间单位"],
  source: ["source", "依据", "来源"],
  category: ["category", "类别", "分类"],
  priority: ["priority", "urgent", "紧急", "急件"],
  from: ["from", "起", "生效日期", "自"],
};
const COLUMNS = Object.keys(NAMES) as Column[];
const NEEDED: readonly Column[] = ["kind", "amount", "unit", "source"];

/** Reads rules of deadlines from a table with the columns kind, amount, unit and source, and category, priority and from where it has them. */
export async function readClockFile(path: string): Promise<ClockFile> {
  const { tables, errors } = await readPaths([path]);
  if (errors.length > 0) return { rows: [], errors };
  const [table, another] = tables;
  if (table === undefined || another !== undefined) {
    return { rows: [], errors: [`${path}: must hold one table, of rules of deadlines`] };
  }
  return rowsIn(table);
}

function rowsIn(table: RawTable): ClockFile {
  const { file } = table;
  const layout = layoutOf(table, (names) => COLUMNS.filter((column) => placeOf(names, column) !== -1).length);
  const missing = NEEDED.filter((column) => placeOf(layout.headers, column) === -1);
  if (missing.length > 0)
    return { rows: [], errors: [`${file}:${layout.headerRow}: lacks the column ${missing.join(", ")}`] };
  const errors = [...layout.errors];
  const rows = layout.rows.map(({ row, cells }): WrittenRule => {
    const at = `${file}:${row}`;
    const of = (column: Column): string => {
      const read = readText(cellIn(cells, layout.headers, column));
      if (!read.ok) errors.push(`${at}: ${column} ${read.what}`);
      return read.ok ? read.value : "";
    };
    return {
      at,
      category: of("category"),
      priority: of("priority"),
      kind: of("kind"),
      amount: of("amount"),
      unit: of("unit"),
      source: of("source"),
      from: of("from"),
    };
  });
  return { rows, errors };
}

function cellIn(cells: readonly (Cell | null)[], headers: readonly string[], column: Column): Cell {
  const place = placeOf(headers, column);
  return (place === -1 ? null : cells[place]) ?? NO_CELL;
}

function placeOf(headers: readonly string[], column: Column): number {
  return headers.findIndex((header) =>
    NAMES[column].includes(header.normalize("NFKC").replace(/\s/g, "").toLowerCase()),
  );
}
