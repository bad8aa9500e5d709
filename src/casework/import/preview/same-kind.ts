import { type ListMistake, mistakeAt } from "../../../domain/wording/mistakes/values.ts";
import { layoutOf } from "../layout.ts";
import { kindIn, knownIn } from "../records.ts";
import type { RawTable } from "../spreadsheet/cell.ts";

/** The second list of one kind, each as a mistake; a map of grids beside a list of grids is none. */
export function twiceTheSame(tables: readonly RawTable[]): ListMistake[] {
  const first = new Map<string, string>();
  return tables.flatMap((table) => {
    const { headers } = layoutOf(table, (names) => knownIn(table, names));
    const kind = kindIn(table, headers);
    if (kind === null) return [];
    const named = `${kind}${table.headers === null ? "" : " (map)"}`;
    const before = first.get(named);
    if (before === undefined) first.set(named, table.file);
    return before === undefined
      ? []
      : [mistakeAt({ file: table.file, row: 1 }, null, "same-kind", { kind, other: before })];
  });
}
