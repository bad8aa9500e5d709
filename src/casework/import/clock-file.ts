import type { WrittenRule } from "../../domain/clocks/check.ts";
import { faultText } from "../../domain/wording/mistakes/en.ts";
import { readText } from "./cells.ts";
import { readNamedColumns } from "./spreadsheet/named-columns.ts";

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
const NEEDED: readonly Column[] = ["kind", "amount", "unit", "source"];

/** Reads rules of deadlines from a table with the columns kind, amount, unit and source, and category, priority and from where it has them. */
export async function readClockFile(path: string): Promise<ClockFile> {
  const table = await readNamedColumns(path, { names: NAMES, needed: NEEDED, of: "rules of deadlines" });
  const errors = [...table.errors];
  const rows = table.rows.map(({ at, cellOf }): WrittenRule => {
    const of = (column: Column): string => {
      const read = readText(cellOf(column));
      if (!read.ok) errors.push(`${at}: ${column} ${faultText(read.fault)}`);
      return read.ok ? read.value : "";
    };
    return {
      ...{ at, category: of("category"), priority: of("priority"), kind: of("kind"), amount: of("amount") },
      ...{ unit: of("unit"), source: of("source"), from: of("from") },
    };
  });
  return { rows, errors };
}
