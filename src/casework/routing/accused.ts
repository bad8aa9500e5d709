import { sql } from "drizzle-orm";
import { holdsOn } from "../../../db/in-force.ts";
import type { PassedOver } from "../../domain/routing/route.ts";
import { namesIn } from "../../domain/text/names.ts";
import { deputiesCalledIn } from "../county/deputy-names.ts";
import type { Turn } from "../turn/turn.ts";

/** The keys of the deputies' names in a text, however they are written, each once. */
export async function deputiesNamed(turn: Turn, text: string): Promise<string[]> {
  return [...new Set(namesIn(text, await turn.lookups.deputyNames()).map(({ key }) => key))];
}

/**
 * The deputies who must never see an accusation, whatever comes of it (信访工作条例 art. 30): those whom it names, or may
 * mean by "Deputy Wang", whoever heads a station where one of them serves, and whoever is recorded as related to one of
 * them.
 */
export async function barredFrom(turn: Turn, text: string): Promise<PassedOver[]> {
  const accused = await deputiesCalledIn(turn.tx, text);
  return turn.tx.execute<PassedOver>(sql`
    with accused as (select d.id from deputies d where d.id = any(${sql.param(accused)}::uuid[])),
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
