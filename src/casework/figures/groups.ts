import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { CaseFilter } from "../staff/case-conditions.ts";

/** The parts by which figures are told apart. */
export const FIGURE_BYS = ["station", "township", "grid", "deputy", "unit", "category", "channel"] as const;
/** The part by which figures are told apart. */
export type FigureBy = (typeof FIGURE_BYS)[number];

/** The table of those parts that have a code and a name of their own, by the column of `cases` that names its row. */
const TABLES = {
  station: ["stations", cases.stationId],
  grid: ["grids", cases.gridId],
  deputy: ["deputies", cases.deputyId],
  unit: ["units", cases.unitId],
} as const;

/** The parts that are smaller than the county: there a child might be known by a number. */
const BELOW_COUNTY = ["station", "township", "grid", "deputy", "unit"] as const;

/** Whether figures are of a part of the county: those count no case that a child wrote. */
export function isBelowCounty(by: FigureBy | null, filter: CaseFilter): boolean {
  return BELOW_COUNTY.some((part) => by === part || filter[part] !== undefined);
}

/** The key of the group in which a row of `cases` is counted: the code of what it is told apart by. */
export function keyOf(by: FigureBy | null): SQL {
  switch (by) {
    case null:
      return sql`null::text`;
    case "township":
      return sql`(select g.township from grids g where g.id = ${cases.gridId})`;
    case "category":
      return sql`${cases.category}`;
    case "channel":
      return sql`(select n.channel from conversations k join channel_accounts n on n.id = k.account_id where k.id = ${cases.conversationId})`;
    default: {
      const [table, column] = TABLES[by];
      return sql`(select x.code from ${sql.raw(table)} x where x.id = ${column})`;
    }
  }
}

/** The conditions of the list of one group's cases; null where no list can say it. */
export function conditionsOfGroup(by: FigureBy, key: string | null): CaseFilter | null {
  if (by === "category") return { category: [key] };
  return key === null ? null : { [by]: [key] };
}

/** The names of the groups that have one besides their code, by code. */
export async function namesOf(
  tx: Transaction,
  by: FigureBy | null,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (by === null || !(by in TABLES)) return new Map();
  const [table] = TABLES[by as keyof typeof TABLES];
  const rows = await tx.execute<{ code: string; name: string }>(
    sql`select code, name from ${sql.raw(table)} where code = any(${sql.param([...codes])}::text[])`,
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}
