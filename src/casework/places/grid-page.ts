import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { hasChat, type PeopleDay } from "../people/list-deputies.ts";
import { inList } from "../staff/case-conditions.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";
import { type GridFigures, gridFigures } from "./figures.ts";
import { ofReader } from "./listed.ts";
import { type GridListed, gridColumns } from "./lists.ts";

/** A deputy who serves at a grid or at its station. */
type Server = {
  readonly code: string;
  readonly name: string;
  readonly role: "primary" | "backup";
  readonly at: "grid" | "station";
  readonly hasChat: boolean;
  readonly awayUntil: string | null;
  readonly untilOn: string | null;
};

/** A grid whole, as staff see it. */
export type GridPage = GridListed & {
  readonly people: Server[];
  readonly places: string[];
  /** The newest, as far as they exist for the reader; null for whoever sees no case. */
  readonly lastCases: CaseRow[] | null;
  readonly figures: GridFigures | null;
};

const LAST = 5;

/** Shows a grid that exists for the reader; null where there is none. */
export async function showGrid(
  tx: Transaction,
  reader: Reader,
  code: string,
  day: PeopleDay,
): Promise<GridPage | null> {
  const [found] = await tx.execute<GridListed & { id: string; stationId: string | null }>(sql`
    select g.id, g.station_id as "stationId", ${gridColumns(day.today)}
    from grids g left join stations s on s.id = g.station_id
    where g.code = ${code} and ${ofReader(reader, sql`g.station_id`)}`);
  if (found === undefined) return null;
  const { id, stationId, ...grid } = found;
  const seesCases = reader.role !== "operator";
  const [counted] = seesCases ? await gridFigures(tx, reader, day, code) : [];
  const { code: _code, name: _name, township: _township, answering: _answering, ...figures } = counted ?? {};
  return {
    ...grid,
    people: await peopleOf(tx, { id, stationId }, day),
    places: await placesOf(tx, id),
    lastCases: seesCases ? await lastCasesOf(tx, reader, id, day) : null,
    figures: counted === undefined ? null : (figures as GridFigures),
  };
}

/** Each once: who serves at the grid itself stands there, though they serve at its station too. */
function peopleOf(
  tx: Transaction,
  { id, stationId }: { readonly id: string; readonly stationId: string | null },
  { now, today, timeZone }: PeopleDay,
): Promise<Server[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  return tx
    .execute<Server>(sql`
      select d.code, d.name, a.role, case when a.grid_id is null then 'station' else 'grid' end as at, ${hasChat} as "hasChat",
        (select to_char((max(b.until_at) - interval '1 second') at time zone ${timeZone}, 'YYYY-MM-DD') from absences b
          where b.deputy_id = d.id and b.from_at <= ${at} and b.until_at > ${at}) as "awayUntil",
        coalesce(a.until_on, d.until_on)::text as "untilOn"
      from assignments a join deputies d on d.id = a.deputy_id
      where (a.grid_id = ${id} or a.station_id = ${stationId}) and ${holdsOn(sql`a`, today)} and ${notEnded(sql`d.until_on`, today)}
      order by 4, a.role desc, d.code`)
    .then((rows) => rows.filter(({ code }, index) => rows.findIndex((one) => one.code === code) === index));
}

async function placesOf(tx: Transaction, gridId: string): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(
    sql`select p.name from places p where p.grid_id = ${gridId} order by p.name`,
  );
  return rows.map(({ name }) => name);
}

async function lastCasesOf(tx: Transaction, reader: Reader, gridId: string, day: PeopleDay): Promise<CaseRow[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select ${cases.id} as id from ${cases} where ${cases.gridId} = ${gridId} and ${inList(reader, {}, day)}
    order by ${cases.receivedAt} desc, ${cases.id} desc limit ${LAST}`);
  return caseRows(
    tx,
    rows.map(({ id }) => id),
    day.today,
  );
}
