import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import type { DeputyLevel } from "../../domain/routing/nearness.ts";
import { type WeeklyAbsence, weeklyOf } from "../deputy/away/weekly.ts";
import { figuresOf } from "../deputy/figures.ts";
import { inList } from "../staff/case-conditions.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";
import { findDeputy } from "./find-deputy.ts";
import { hasChat, type PeopleDay } from "./list-deputies.ts";
import { movedMeanwhile } from "./moved-meanwhile.ts";

/** Fewer cases than these in a figure would tell of single residents. */
const FEWEST_SHOWN = 5;
const MOST_CASES = 100;

/** A grid or station of a deputy, from when until when. */
type Serving = {
  readonly id: string;
  readonly kind: "grid" | "station";
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly role: "primary" | "backup";
  readonly fromOn: string;
  readonly untilOn: string | null;
};

/** An absence of a deputy, by whole days. */
type AbsenceShown = {
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly standIn: { readonly code: string; readonly name: string } | null;
  readonly state: "now" | "planned" | "over";
};

/** Somebody who may stand in, and why they come to mind: the same grid, else the same station. */
type StandIn = { readonly code: string; readonly name: string; readonly near: "grid" | "station" };

/** A deputy whole, as staff see them. */
export type DeputyPage = {
  readonly code: string;
  readonly name: string;
  readonly level: DeputyLevel;
  readonly district: string;
  readonly groups: string[];
  readonly untilOn: string | null;
  readonly isInOffice: boolean;
  readonly hasChat: boolean;
  readonly assignments: Serving[];
  readonly absences: AbsenceShown[];
  /** The days of each week on which they are away, now or later. */
  readonly weekly: (Omit<WeeklyAbsence, "weekdays"> & { readonly weekdays: number[] })[];
  readonly standIns: StandIn[];
  /** Open ones that exist for the reader, oldest first; null for whoever sees no case. */
  readonly cases: CaseRow[] | null;
  /** Open ones that somebody else has because this deputy is or was away lately, oldest first; null for whoever sees no case. */
  readonly movedMeanwhile: CaseRow[] | null;
  /** As the deputy is told them; null for whoever sees no figures, and where they are too small for the reader. */
  readonly figures: { readonly open: number; readonly closed: number; readonly overdue: number } | null;
  readonly areFiguresHidden: boolean;
};

/** Shows a deputy who exists for the reader; null where there is none. */
export async function showDeputy(
  tx: Transaction,
  reader: Reader,
  code: string,
  day: PeopleDay,
): Promise<DeputyPage | null> {
  const { today } = day;
  const found = await findDeputy(tx, reader, code, today);
  if (found === null) return null;
  const [row] = await tx.execute<
    Pick<DeputyPage, "level" | "district" | "groups" | "untilOn" | "hasChat">
  >(sql`select d.level, d.district, d.groups, d.until_on::text as "untilOn", ${hasChat} as "hasChat"
    from deputies d where d.id = ${found.id}`);
  if (row === undefined) throw new Error("a deputy who was found is not there");
  const { id, name, isInOffice } = found;
  return {
    ...{ code, name, isInOffice },
    ...row,
    assignments: await servingsOf(tx, id),
    absences: await absencesOf(tx, id, day),
    weekly: (await weeklyOf({ tx, today }, id)).map((one) => ({ ...one, weekdays: [...one.weekdays] })),
    standIns: isInOffice ? await standInsFor(tx, id, day) : [],
    cases: await openCasesOf(tx, reader, id, day),
    movedMeanwhile: await movedMeanwhile(tx, reader, { id, code }, day),
    ...(await figuresFor(tx, reader, id, day)),
  };
}

/** The newest come first, and what holds before what has ended. */
function servingsOf(tx: Transaction, deputyId: string): Promise<Serving[]> {
  return tx
    .execute<Serving>(sql`
      select a.id, case when a.grid_id is null then 'station' else 'grid' end as kind, coalesce(g.code, s.code) as code,
        coalesce(g.name, s.name) as name, coalesce(g.township, s.township) as township, a.role,
        a.from_on::text as "fromOn", a.until_on::text as "untilOn"
      from assignments a left join grids g on g.id = a.grid_id left join stations s on s.id = a.station_id
      where a.deputy_id = ${deputyId} order by a.until_on desc nulls first, a.from_on desc, 2`)
    .then((rows) => [...rows]);
}

async function absencesOf(tx: Transaction, deputyId: string, { now, timeZone }: PeopleDay): Promise<AbsenceShown[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const dayOf = (moment: ReturnType<typeof sql>) => sql`to_char(${moment} at time zone ${timeZone}, 'YYYY-MM-DD')`;
  const rows = await tx.execute<
    Omit<AbsenceShown, "standIn"> & { standInCode: string | null; standInName: string }
  >(sql`
    select b.id, ${dayOf(sql`b.from_at`)} as "from", ${dayOf(sql`(b.until_at - interval '1 second')`)} as "until",
      w.code as "standInCode", w.name as "standInName",
      case when b.until_at <= ${at} then 'over' when b.from_at <= ${at} then 'now' else 'planned' end as state
    from absences b left join deputies w on w.id = b.substitute_id
    where b.deputy_id = ${deputyId} and b.from_at < b.until_at and b.weekly_id is null order by b.from_at desc, b.id`);
  return rows.map(({ standInCode, standInName, ...absence }) => ({
    ...absence,
    standIn: standInCode === null ? null : { code: standInCode, name: standInName },
  }));
}

/** Deputies in office and not away who share a grid with this one, then those of the same station. */
function standInsFor(tx: Transaction, deputyId: string, { now, today }: PeopleDay): Promise<StandIn[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  return tx
    .execute<StandIn>(sql`
      with own as (select a.grid_id, coalesce(a.station_id, g.station_id) as station_id
        from assignments a left join grids g on g.id = a.grid_id
        where a.deputy_id = ${deputyId} and ${holdsOn(sql`a`, today)})
      select d.code, d.name, min(case when a.grid_id in (select grid_id from own) then 'grid' else 'station' end) as near
      from assignments a join deputies d on d.id = a.deputy_id left join grids g on g.id = a.grid_id
      where d.id <> ${deputyId} and ${holdsOn(sql`a`, today)} and ${notEnded(sql`d.until_on`, today)}
        and (a.grid_id in (select grid_id from own) or coalesce(a.station_id, g.station_id) in (select station_id from own))
        and not exists (select from absences b where b.deputy_id = d.id and b.from_at <= ${at} and b.until_at > ${at})
      group by d.code, d.name order by near, d.code limit 20`)
    .then((rows) => [...rows]);
}

async function openCasesOf(
  tx: Transaction,
  reader: Reader,
  deputyId: string,
  { today, timeZone }: PeopleDay,
): Promise<CaseRow[] | null> {
  if (reader.role === "operator") return null;
  const rows = await tx.execute<{ id: string }>(sql`
    select ${cases.id} as id from ${cases}
    where ${cases.deputyId} = ${deputyId} and ${inList(reader, { open: true }, { today, timeZone })}
    order by ${cases.receivedAt}, ${cases.number} limit ${MOST_CASES}`);
  return caseRows(
    tx,
    rows.map(({ id }) => id),
    today,
  );
}

async function figuresFor(
  tx: Transaction,
  reader: Reader,
  deputyId: string,
  { today }: PeopleDay,
): Promise<Pick<DeputyPage, "figures" | "areFiguresHidden">> {
  if (reader.role === "operator") return { figures: null, areFiguresHidden: false };
  const figures = await figuresOf({ tx, today }, deputyId);
  const seesAll = reader.role === "office" || reader.role === "auditor";
  const areFiguresHidden = !seesAll && figures.open + figures.closed < FEWEST_SHOWN;
  return { figures: areFiguresHidden ? null : figures, areFiguresHidden };
}
