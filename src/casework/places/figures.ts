import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { workingDaysBetween } from "../../domain/calendar/deadline.ts";
import { readCounty } from "../county/settings.ts";
import type { PeopleDay } from "../people/list-deputies.ts";
import { inList } from "../staff/case-conditions.ts";
import { ofReader } from "./listed.ts";

/** The days that the figures of places look back. */
export const WINDOW_DAYS = 90;

/** Figures of fewer cases would tell of single residents. */
const FEWEST_SHOWN = 5;

/** The figures of a grid; null where there is nothing to tell, or not for this reader. */
export type GridFigures = {
  readonly open: number | null;
  readonly received: number | null;
  /** Working days until somebody first answered, the middle one. */
  readonly medianDays: number | null;
  readonly reopenedShare: number | null;
  readonly isSilent: boolean | null;
  readonly isHidden: boolean;
};

/** A grid with its figures and how many deputies answer there. */
export type GridCounted = GridFigures & {
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly answering: number;
};

const NOTHING: GridFigures = {
  ...{ open: null, received: null, medianDays: null, reopenedShare: null, isSilent: null },
  isHidden: false,
};

type Counted = {
  readonly open: number;
  readonly received: number;
  readonly closed: number;
  readonly reopened: number;
  readonly all: number;
};

const NONE: Counted = { open: 0, received: 0, closed: 0, reopened: 0, all: 0 };

/** Counts for every grid that exists for a reader and has not ended, by code; sealed cases are in none. @param only the code of the only grid that is wanted */
export async function gridFigures(
  tx: Transaction,
  reader: Reader,
  day: PeopleDay,
  only?: string,
): Promise<readonly GridCounted[]> {
  const wanted = sql`${ofReader(reader, sql`g.station_id`)} and ${only === undefined ? notEnded(sql`g.until_on`, day.today) : sql`g.code = ${only}`}`;
  const grids = await tx.execute<{ id: string; code: string; name: string; township: string; answering: number }>(
    sql`${answeringIn(wanted, day)}
      select g.id, g.code, g.name, g.township, coalesce(n.count, 0)::int as answering
      from grids g left join answering n on n.grid_id = g.id where ${wanted} order by g.code`,
  );
  if (reader.role === "operator") return grids.map(({ id: _id, ...grid }) => ({ ...grid, ...NOTHING }));
  const ids =
    only === undefined ? sql`true` : sql`${cases.gridId} = any(${sql.param(grids.map(({ id }) => id))}::uuid[])`;
  const [counted, days] = [await countedIn(tx, reader, day, ids), await answerDays(tx, reader, day, ids)];
  const seesAll = reader.role === "office" || reader.role === "auditor";
  return grids.map(({ id, ...grid }) => ({
    ...grid,
    ...figuresOf(counted.get(id) ?? NONE, days.get(id) ?? [], seesAll),
  }));
}

function figuresOf(counted: Counted, days: readonly number[], seesAll: boolean): GridFigures {
  const enough = (cases: number) => cases > 0 && (seesAll || cases >= FEWEST_SHOWN);
  if (!seesAll && counted.all < FEWEST_SHOWN) return { ...NOTHING, isHidden: true };
  const { open, received, closed, reopened } = counted;
  return {
    ...{ open, received },
    medianDays: enough(days.length) ? medianOf(days) : null,
    reopenedShare: enough(closed) ? reopened / closed : null,
    isSilent: received === 0,
    isHidden: false,
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}

/** Deputies in office and not away, by the grids at which they serve or whose station they serve at. */
function answeringIn(wanted: SQL, { now, today }: PeopleDay): SQL {
  const at = sql`${now.toISOString()}::timestamptz`;
  // Who is there first, by themselves: joined afterwards, each grid's people would be looked for among all deputies.
  return sql`with present as materialized (
      select a.grid_id, a.station_id, a.deputy_id from assignments a join deputies d on d.id = a.deputy_id
      where ${holdsOn(sql`a`, today)} and ${notEnded(sql`d.until_on`, today)} and not exists (
        select from absences b where b.deputy_id = d.id and b.from_at <= ${at} and b.until_at > ${at})),
    serving as (
      select g.id as grid_id, p.deputy_id from grids g join present p on p.grid_id = g.id where ${wanted}
      union select g.id, p.deputy_id from grids g join present p on p.station_id = g.station_id where ${wanted}),
    answering as (select v.grid_id, count(*) from serving v group by v.grid_id)`;
}

const since = ({ now }: PeopleDay): SQL =>
  sql`(${now.toISOString()}::timestamptz - ${sql.raw(`interval '${WINDOW_DAYS} days'`)})`;

async function countedIn(tx: Transaction, reader: Reader, day: PeopleDay, which: SQL): Promise<Map<string, Counted>> {
  const isNew = sql`${cases.receivedAt} >= ${since(day)}`;
  const wasClosed = sql`${isNew} and (${cases.closedAt} is not null or ${cases.reopenings} > 0)`;
  const rows = await tx.execute<Counted & { grid: string }>(sql`
    select ${cases.gridId} as grid, count(*)::int as all,
      (count(*) filter (where ${cases.closedAt} is null))::int as open, (count(*) filter (where ${isNew}))::int as received,
      (count(*) filter (where ${wasClosed}))::int as closed,
      (count(*) filter (where ${isNew} and ${cases.reopenings} > 0))::int as reopened
    from ${cases} where ${cases.gridId} is not null and ${which} and (${cases.closedAt} is null or ${isNew})
      and ${inList(reader, {}, day)} group by 1`);
  return new Map(rows.map((row) => [row.grid, row]));
}

/** The working days from the arrival of each case to the first word of a deputy or the office, by grid. */
async function answerDays(tx: Transaction, reader: Reader, day: PeopleDay, which: SQL): Promise<Map<string, number[]>> {
  const dayOf = (moment: SQL) => sql`to_char(${moment} at time zone ${day.timeZone}, 'YYYY-MM-DD')`;
  const rows = await tx.execute<{ grid: string; from: string; to: string; times: number }>(sql`
    select ${cases.gridId} as grid, ${dayOf(sql`${cases.receivedAt}`)} as "from", ${dayOf(sql`f.at`)} as "to", count(*)::int as times
    from ${cases} cross join lateral (select min(m.at) as at from case_messages m
      where m.case_id = ${cases.id} and m.direction = 'out' and m.party in ('deputy', 'office')) f
    where f.at is not null and ${cases.gridId} is not null and ${which} and ${cases.receivedAt} >= ${since(day)}
      and ${inList(reader, {}, day)} group by 1, 2, 3`);
  const { settings } = await readCounty(tx);
  const known = new Map<string, number>();
  const byGrid = new Map<string, number[]>();
  for (const { grid, from, to, times } of rows) {
    const span = `${from} ${to}`;
    const days = known.get(span) ?? workingDaysBetween(from, to, settings.holidays ?? {});
    known.set(span, days);
    const all = byGrid.get(grid) ?? [];
    for (let time = 0; time < times; time++) all.push(days);
    byGrid.set(grid, all);
  }
  return byGrid;
}
