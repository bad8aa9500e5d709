import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { Reception } from "../../domain/receptions/reception.ts";

/** More days than any county lists ahead. */
const MOST = 5_000;

/** The reception days of a county from a day on, soonest first, with who of their deputies is away then. @param today YYYY-MM-DD */
export async function receptionsFrom(
  tx: Transaction,
  { today, timeZone }: { readonly today: string; readonly timeZone: string },
): Promise<Reception[]> {
  return tx.execute<Reception>(sql`
    select s.code as station, s.name as "stationName", s.township, r.held_on::text as day, r.from_time as "from",
      r.until_time as until, r.place,
      (select coalesce(jsonb_agg(jsonb_build_object('name', d.name, 'isAway', coalesce(d.until_on < r.held_on, false) or exists (
          select from absences b where b.deputy_id = d.id
            and b.from_at < (r.held_on + r.until_time::time) at time zone ${timeZone}
            and b.until_at > (r.held_on + r.from_time::time) at time zone ${timeZone})) order by c.place), '[]')
        from unnest(r.deputies) with ordinality as c(code, place) join deputies d on d.code = c.code) as deputies
    from receptions r join stations s on s.id = r.station_id
    where r.held_on >= ${today}::date
    order by r.held_on, r.from_time, s.code limit ${MOST}`);
}

/** Whether a county keeps a calendar of reception days at all, be they over or ahead. */
export async function keepsCalendar(tx: Transaction): Promise<boolean> {
  const rows = await tx.execute(sql`select from receptions limit 1`);
  return rows.length > 0;
}
