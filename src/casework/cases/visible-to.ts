import { type SQL, sql } from "drizzle-orm";
import { holdsOn } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { BARRED } from "../../domain/case/outlet.ts";

/**
 * The condition that a row of `cases` exists for a reader: the twin of `maySee` for queries.
 *
 * @param today calendar day of the county, for who heads which station of whom
 */
export function visibleTo(reader: Reader, today: string): SQL {
  const isFree = isFreeFor(reader);
  switch (reader.role) {
    case "operator":
      return sql`false`;
    case "reviewer":
    case "auditor":
      return ordinaryTo(reader);
    case "station":
      return sql`(${cases.stationId} = any(${sql.param([...reader.stations])}::uuid[]) and ${countsAsOrdinary} and ${isFree})`;
    case "office":
      if (reader.isWithoutSealed === true) return ordinaryTo(reader);
      return reader.deputyId === null
        ? isFree
        : sql`(${isFree} and (not ${countsAsSealed} or not ${isAccused(reader.deputyId, today)}))`;
  }
}

/** The condition that a row of `cases` is in what the county's office counts and tries rules on, for this reader: not sealed, and not kept from them. */
export function ordinaryTo(reader: Pick<Reader, "id">): SQL {
  return sql`(${countsAsOrdinary} and ${isFreeFor(reader)})`;
}

/** A query of the ids of all cases that are so for this reader; see `ordinaryTo`. */
export function ordinaryIds(reader: Pick<Reader, "id">): SQL {
  return sql`select ${cases.id} from ${cases} where ${ordinaryTo(reader)}`;
}

function isFreeFor({ id }: Pick<Reader, "id">): SQL {
  return sql`not exists (select from case_bars b where b.case_id = ${cases.id} and b.person_id = ${id})`;
}

/**
 * The condition that a row of `cases` counts as sealed: sealed itself, or its resident accused somebody afterwards, so that it
 * may be the first half of that (信访工作条例 art. 30).
 */
export const countsAsSealed = sql`(${cases.sealed} or exists (select from cases a where ${accusationBehind("a")}))`;

/** The condition that a row of `cases` does not count as sealed; two conditions, of which each can be a join. */
export const countsAsOrdinary = sql`(not ${cases.sealed} and not exists (select from cases a where ${accusationBehind("a")}))`;

/** The condition that a case `a` is an accusation by the resident of a row of `cases`, made when that began or later. */
function accusationBehind(a: string): SQL {
  const one = sql.raw(a);
  return sql`${one}.jurisdiction_id = ${cases.jurisdictionId} and ${one}.conversation_id = ${cases.conversationId}
    and ${one}.sealed and (${one}.category is null or ${one}.category <> 'data-request') and ${one}.received_at >= ${cases.receivedAt}`;
}

/**
 * The condition that a deputy is accused in a case or in an accusation behind it, heads a station of the accused today, is
 * related to them today, or was when it was decided.
 */
export function isAccused(deputyId: string, today: string): SQL {
  return sql`exists (
    select from cases s
      cross join lateral (select d.decision from decisions d where d.case_id = s.id order by d.at desc, d.id desc limit 1) last
      cross join lateral jsonb_array_elements(last.decision -> 'passedOver') passed
    where (s.id = ${cases.id} or ${accusationBehind("s")})
      and ((passed ->> 'why' in ('accused', 'heads-accused', 'related')
          and passed ->> 'deputy' = (select code from deputies where id = ${deputyId}))
        or (passed ->> 'why' = 'accused' and passed ->> 'deputy' in (
          select near.code from deputies near where near.id in (
            select case when r.deputy_id = ${deputyId} then r.related_deputy_id else r.deputy_id end
              from deputy_relations r where ${deputyId} in (r.deputy_id, r.related_deputy_id)
            union all
            select w.deputy_id from assignments w left join grids g on g.id = w.grid_id
              join stations t on t.id = coalesce(w.station_id, g.station_id)
              where t.head_deputy_id = ${deputyId} and ${holdsOn(sql`w`, today)}
          )))))`;
}

/**
 * The condition that a row of `cases` may be shown and told in other chats of its resident than the one in which it was opened: nothing that
 * is sealed or part of an accusation, not of a child nor of one who stays unnamed.
 */
export const mayCross: SQL = sql`(not (${sql.join(
  BARRED["other-chat"].map((property) => sql`${cases[property]}`),
  sql` or `,
)}) and ${countsAsOrdinary})`;

/** The condition that a row of `cases`, of one of the chats of a person, is shown in this one of them. */
export function isShownIn(conversationId: string): SQL {
  return sql`(${cases.conversationId} = ${conversationId} or ${mayCross})`;
}
