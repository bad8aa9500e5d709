import { sql } from "drizzle-orm";
import { holdsOn } from "../../../db/in-force.ts";
import { plainly } from "../../domain/accusation/spelling.ts";
import type { PassedOver } from "../../domain/routing/route.ts";
import { deputyNamesIn, SHORTEST_NAME } from "../county/deputy-names.ts";
import type { Turn } from "../turn/turn.ts";

/** The names of deputies that stand in a text, however they are written. */
export async function deputiesNamed(turn: Turn, text: string): Promise<string[]> {
  return deputyNamesIn(plainly(text).replaceAll(" ", ""), await turn.lookups.deputyNames());
}

/**
 * Who must never see an accusation, whatever comes of it (信访工作条例 art. 30): each deputy whom it names, or may mean by
 * "Deputy Wang", whoever heads a station where one of them serves, and whoever is recorded as related to one of them.
 */
export async function barredFrom(turn: Turn, text: string): Promise<PassedOver[]> {
  return turn.tx.execute<PassedOver>(sql`
    with accused as (select d.id, d.code from deputies d where ${isNamedIn(turn, text)} or ${isCalledIn(turn, text)}),
    barred as (
      select id, 'accused' as why, 1 as rank from accused
      union all
      select s.head_deputy_id, 'heads-accused', 2 from accused
        join assignments a on a.deputy_id = accused.id
          and ${holdsOn(sql`a`, turn.today)}
        left join grids g on g.id = a.grid_id
        join stations s on s.id = coalesce(a.station_id, g.station_id)
        where s.head_deputy_id is not null
      union all
      select case when r.deputy_id = accused.id then r.related_deputy_id else r.deputy_id end, 'related', 3
        from accused join deputy_relations r on accused.id in (r.deputy_id, r.related_deputy_id)
    ),
    worst as (select distinct on (id) id, why, rank from barred order by id, rank)
    select d.code as deputy, worst.why from worst join deputies d on d.id = worst.id order by worst.rank, d.code`);
}

/** By the whole name however it is written, in traditional characters or with blanks. */
function isNamedIn(turn: Turn, text: string) {
  return sql`d.jurisdiction_id = ${turn.jurisdictionId}
    and char_length(d.name) >= ${SHORTEST_NAME} and position(d.name in ${plainly(text).replaceAll(" ", "")}) > 0`;
}

/** By the family name, of one sign or two, and the office. */
function isCalledIn(turn: Turn, text: string) {
  const said = plainly(text).replaceAll(" ", "");
  return sql`d.jurisdiction_id = ${turn.jurisdictionId} and char_length(d.name) >= ${SHORTEST_NAME}
    and (position(left(d.name, 1) || '代表' in ${said}) > 0 or position(left(d.name, 2) || '代表' in ${said}) > 0)`;
}
