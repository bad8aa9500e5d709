import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn } from "../../../db/in-force.ts";
import type { Reader } from "../../domain/access/may-see.ts";

/** A deputy as staff name them. */
export type NamedDeputy = { readonly id: string; readonly code: string; readonly name: string };

/**
 * The condition that a deputy `d` exists for a reader: everybody's for the office and those who look on, for a station those who
 * serve there or in its grids on this day.
 */
export function isFor(reader: Reader, today: string): SQL {
  if (reader.role !== "station") return sql`true`;
  const own = sql`any(${sql.param([...reader.stations])}::uuid[])`;
  return sql`exists (select from assignments a left join grids g on g.id = a.grid_id
    where a.deputy_id = d.id and ${holdsOn(sql`a`, today)} and coalesce(a.station_id, g.station_id) = ${own})`;
}

/** Whether an absence or an invitation may still be given to a deputy: they are in office. */
export type FoundDeputy = NamedDeputy & { readonly isInOffice: boolean };

/** The deputy of this code, who exists for the reader; null where there is none. */
export async function findDeputy(
  tx: Transaction,
  reader: Reader,
  code: string,
  today: string,
): Promise<FoundDeputy | null> {
  const [found] = await tx.execute<FoundDeputy>(sql`
    select d.id, d.code, d.name, (d.until_on is null or d.until_on >= ${today}) as "isInOffice"
    from deputies d where d.code = ${code} and ${isFor(reader, today)}`);
  return found ?? null;
}
