import { notInArray, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { REHEARSAL_CHANNEL, REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";
import type {
  CountySnapshot,
  Handover,
  SnapshotDeputy,
  SnapshotGrid,
  SnapshotPost,
} from "../../domain/rule-trials/county-snapshot.ts";
import { type PlannedSuccession, withSuccessions } from "../../domain/rule-trials/succeed.ts";
import { catalogueOf } from "./category-model.ts";

type Codes = readonly { readonly code: string }[];

/**
 * The snapshot of the county whose transaction this is, for a check of its rules: by code, who is in office, serves
 * where, is away and stands in, and what is planned of that.
 * @param on a day to come, at noon, with the absences and successions that are planned now; this moment when left out
 */
export async function snapshotOf(
  tx: Transaction,
  now: Date,
  timeZone: string,
  on = dayIn(now, timeZone),
): Promise<CountySnapshot> {
  const isToday = on === dayIn(now, timeZone);
  const at = isToday
    ? sql`${now.toISOString()}::timestamptz`
    : sql`((${on}::date + time '12:00') at time zone ${timeZone})`;
  const [deputies, posts, grids, stations, groups, units, { topics }, absent, successions, channels] =
    await Promise.all([
      deputiesOf(tx, at),
      postsOf(tx, on),
      tx.execute<SnapshotGrid>(sql`
      select g.code, g.name, g.township, g.community, s.code as station
      from grids g left join stations s on s.id = g.station_id
      where ${notEnded(sql`g.until_on`, on)} order by g.code`),
      tx.execute<{ code: string; name: string }>(sql`select code, name from stations order by code`),
      tx.execute<Codes[number]>(sql`select code from sector_groups order by code`),
      tx.execute<Codes[number]>(sql`select code from units where ${notEnded(sql`until_on`, on)} order by code`),
      catalogueOf(tx),
      absencesFrom(tx, now, timeZone),
      successionsFrom(tx),
      channelsOf(tx),
    ]);
  const everywhere = successions.flatMap(({ of, by, fromOn, untilOn, places }) =>
    places === null ? [{ of, by, fromOn, untilOn }] : [],
  );
  const snapshot = {
    ...{ on, deputies, posts, grids, stations },
    groups: groups.map(({ code }) => code),
    units: units.map(({ code }) => code),
    categories: topics.map(({ code }) => code),
    channels,
    handovers: [...absent, ...everywhere],
  };
  return isToday ? snapshot : withSuccessions(snapshot, successions);
}

/** The kinds of channels by which residents of the county write; what most counties have, while it has none. */
async function channelsOf(tx: Transaction): Promise<CountySnapshot["channels"]> {
  const rows = await tx
    .selectDistinct({ channel: channelAccounts.channel })
    .from(channelAccounts)
    .where(notInArray(channelAccounts.channel, [DESK_CHANNEL, REHEARSAL_CHANNEL]));
  const [first = "wechat-official", ...others] = rows.map(({ channel }) => channel).sort();
  return [first, ...others];
}

async function deputiesOf(tx: Transaction, at: SQL): Promise<SnapshotDeputy[]> {
  return tx.execute<SnapshotDeputy>(sql`
    select d.code, d.name, d.level, d.until_on as "untilOn", d.groups, coalesce(open.count, 0) as "openCases",
      to_char(away.until_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "awayUntil", away.substitute,
      exists (select from conversations v where v.deputy_id = d.id and v.following) as "hasChat"
    from deputies d
    left join (
      select deputy_id, count(*)::int as count from cases where closed_at is null and deputy_id is not null and not starts_with(number, ${REHEARSAL_PREFIX}) group by 1
    ) open on open.deputy_id = d.id
    left join lateral (
      select b.until_at, s.code as substitute from absences b left join deputies s on s.id = b.substitute_id
      where b.deputy_id = d.id and b.from_at <= ${at} and b.until_at > ${at}
      order by b.until_at desc limit 1) away on true
    order by d.code`);
}

async function postsOf(tx: Transaction, on: string): Promise<SnapshotPost[]> {
  return tx.execute<SnapshotPost>(sql`
    select d.code as deputy, a.role,
      case when g.id is not null then jsonb_build_object('grid', g.code) else jsonb_build_object('station', s.code) end as at
    from assignments a join deputies d on d.id = a.deputy_id
    left join grids g on g.id = a.grid_id left join stations s on s.id = a.station_id
    where ${holdsOn(sql`a`, on)} and ${notEnded(sql`g.until_on`, on)}
    order by d.code, a.id`);
}

/** Those who stand in, for every absence that is not over. */
async function absencesFrom(tx: Transaction, now: Date, timeZone: string): Promise<Handover[]> {
  return tx.execute<Handover>(sql`
    select d.code as of, s.code as by, to_char(b.from_at at time zone ${timeZone}, 'YYYY-MM-DD') as "fromOn",
      to_char((b.until_at - interval '1 millisecond') at time zone ${timeZone}, 'YYYY-MM-DD') as "untilOn"
    from absences b join deputies d on d.id = b.deputy_id join deputies s on s.id = b.substitute_id
    where b.until_at > ${now.toISOString()}::timestamptz
    order by b.until_at desc, b.id`);
}

/** Whoever follows somebody, everywhere or in some places: of one place two may well take each other's. */
async function successionsFrom(tx: Transaction): Promise<(PlannedSuccession & { readonly untilOn: null })[]> {
  return tx.execute<PlannedSuccession & { readonly untilOn: null }>(sql`
    select step ->> 'from' as of, step ->> 'to' as by, to_char(n.effective_on, 'YYYY-MM-DD') as "fromOn", null as "untilOn",
      step -> 'places' as places
    from successions n cross join lateral jsonb_array_elements(n.rows) with ordinality as steps (step, position)
    where n.state = 'planned'
    order by n.effective_on, n.id, position`);
}
