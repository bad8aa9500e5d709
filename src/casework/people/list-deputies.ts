import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { addDays } from "../../domain/calendar/days.ts";
import type { DeputyLevel } from "../../domain/routing/nearness.ts";
import { inList } from "../staff/case-conditions.ts";
import { isFor } from "./find-deputy.ts";

/** The conditions of a list of deputies; all hold at once. */
export type DeputyFilter = {
  /** A part of the name, or the beginning of the code. */
  readonly q?: string | undefined;
  readonly level?: DeputyLevel | undefined;
  readonly township?: string | undefined;
  readonly station?: string | undefined;
  readonly group?: string | undefined;
  readonly only?: DeputyTrait | undefined;
};

/** What is worth looking for: no chat, away today, a term that ends within ninety days, no grid; or those who left. */
type DeputyTrait = "no-chat" | "away" | "term-ends" | "no-grid" | "ended";

/** A deputy in a list of staff. */
export type DeputyListed = {
  readonly code: string;
  readonly name: string;
  readonly level: DeputyLevel;
  readonly groups: string[];
  readonly untilOn: string | null;
  readonly stations: string[];
  readonly townships: string[];
  readonly grids: number;
  readonly hasChat: boolean;
  /** The last day of the absence that holds now. */
  readonly awayUntil: string | null;
  readonly standIn: string | null;
  /** Those that exist for the reader; null for whoever sees no case. */
  readonly openCases: number | null;
};

/** The day and moment at which deputies are looked at. */
export type PeopleDay = { readonly now: Date; readonly today: string; readonly timeZone: string };

const TERM_ENDS_DAYS = 90;

/** Lists the deputies who exist for a reader, by code; `more` tells whether there are others behind them. */
export async function listDeputies(
  tx: Transaction,
  reader: Reader,
  wanted: DeputyFilter & { readonly after: string | null; readonly limit: number },
  day: PeopleDay,
): Promise<{ readonly items: readonly DeputyListed[]; readonly hasMore: boolean; readonly total: number }> {
  const { today, timeZone } = day;
  const conditions = sql.join([isFor(reader, today), ...conditionsOf(wanted, day)], sql` and `);
  const behind = wanted.after === null ? sql`true` : sql`d.code > ${wanted.after}`;
  const open =
    reader.role === "operator"
      ? sql`null::int`
      : sql`(select count(*)::int from ${cases} where ${cases.deputyId} = d.id
          and ${inList(reader, { open: true }, { today, timeZone })})`;
  const held = sql`from assignments a left join grids g on g.id = a.grid_id left join stations s on s.id = coalesce(a.station_id, g.station_id)
    where a.deputy_id = d.id and ${holdsOn(sql`a`, today)}`;
  const rows = await tx.execute<DeputyListed>(sql`
    select d.code, d.name, d.level, d.groups, d.until_on::text as "untilOn",
      array(select distinct s.name ${held} and s.id is not null order by 1) as stations,
      array(select distinct coalesce(g.township, s.township) ${held} order by 1) as townships,
      (select count(*)::int ${held} and a.grid_id is not null) as grids,
      ${hasChat} as "hasChat", away.until_on as "awayUntil", away.name as "standIn", ${open} as "openCases"
    from deputies d left join lateral ${awayNow(day)} away on true
    where ${conditions} and ${behind} order by d.code limit ${wanted.limit + 1}`);
  const [counted] = await tx.execute<{ value: number }>(
    sql`select count(*)::int as value from deputies d where ${conditions}`,
  );
  return {
    items: rows.slice(0, wanted.limit),
    hasMore: rows.length > wanted.limit,
    total: counted?.value ?? 0,
  };
}

/** Whether a chat of deputy `d` is bound. */
export const hasChat = sql`exists (select from conversations k where k.deputy_id = d.id)`;

function awayNow({ now, timeZone }: PeopleDay): SQL {
  const at = sql`${now.toISOString()}::timestamptz`;
  return sql`(select to_char((b.until_at - interval '1 second') at time zone ${timeZone}, 'YYYY-MM-DD') as until_on, w.name
    from absences b left join deputies w on w.id = b.substitute_id
    where b.deputy_id = d.id and b.from_at <= ${at} and b.until_at > ${at} order by b.until_at desc limit 1)`;
}

function conditionsOf({ q, level, township, station, group, only }: DeputyFilter, day: PeopleDay): SQL[] {
  const { today } = day;
  const serving = (where: SQL) => sql`exists (select from assignments a left join grids g on g.id = a.grid_id
    left join stations s on s.id = coalesce(a.station_id, g.station_id)
    where a.deputy_id = d.id and ${holdsOn(sql`a`, today)} and ${where})`;
  const traits: Readonly<Record<DeputyTrait, SQL>> = {
    "no-chat": sql`not ${hasChat}`,
    away: sql`exists ${awayNow(day)}`,
    "term-ends": sql`d.until_on between ${today} and ${addDays(today, TERM_ENDS_DAYS)}`,
    "no-grid": sql`not ${serving(sql`a.grid_id is not null`)}`,
    ended: sql`d.until_on < ${today}`,
  };
  return [
    only === "ended" ? traits.ended : notEnded(sql`d.until_on`, today),
    ...(only === undefined || only === "ended" ? [] : [traits[only]]),
    ...(q === undefined || q === ""
      ? []
      : [sql`(strpos(d.name, ${q}) > 0 or starts_with(lower(d.code), lower(${q})))`]),
    ...(level === undefined ? [] : [sql`d.level = ${level}`]),
    ...(township === undefined ? [] : [serving(sql`coalesce(g.township, s.township) = ${township}`)]),
    ...(station === undefined ? [] : [serving(sql`s.code = ${station}`)]),
    ...(group === undefined ? [] : [sql`d.groups @> array[${group}]`]),
  ];
}
