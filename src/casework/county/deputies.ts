import { inArray, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import { REHEARSAL_PREFIX } from "../../domain/case/rehearsal.ts";
import type { DeputyFacts } from "../../domain/routing/nearness.ts";

/**
 * The context of a read: a transaction of one county with the moment at which deputies, places and absences are read.
 */
export type Moment = {
  readonly tx: Transaction;
  readonly jurisdictionId: string;
  readonly now: Date;
  /** Calendar day in the county's time zone. */
  readonly today: string;
};

/** A deputy's row with the facts that routing ranks by. */
export type DeputyRow = { readonly id: string; readonly facts: DeputyFacts };

const FACTS = sql`d.id, jsonb_build_object(
    'code', d.code, 'name', d.name, 'level', d.level, 'untilOn', d.until_on, 'awayUntil', away.until_at,
    'substitute', away.substitute,
    'openCases', (select count(*) from cases c where c.deputy_id = d.id and c.closed_at is null and not starts_with(c.number, ${REHEARSAL_PREFIX}))`;

/** A deputy at one place of many. */
type Posted = DeputyRow & { readonly gridId: string | null; readonly stationId: string | null };

/**
 * Deputies of many grids and stations at once, those of the grids' stations among them.
 *
 * Worded so that each step is a look at an index, even while the database knows nothing yet of how large its tables are.
 */
export async function deputiesAtPlaces(
  moment: Moment,
  gridCodes: readonly string[],
  stationCodes: readonly string[],
): Promise<Posted[]> {
  const { jurisdictionId, today } = moment;
  const grids = sql`from grids g where g.jurisdiction_id = ${jurisdictionId} and g.code = any(${sql.param(gridCodes)}::text[])`;
  const stations = sql`from stations o where o.jurisdiction_id = ${jurisdictionId} and o.code = any(${sql.param(stationCodes)}::text[])`;
  return moment.tx.execute<Posted>(sql`
    select a.grid_id as "gridId", a.station_id as "stationId", ${FACTS}, 'role', a.role) as facts
    from assignments a
      cross join lateral (select id, code, name, level, until_on from deputies where id = a.deputy_id limit 1) d
      ${withAbsence(moment)}
    where (a.grid_id = any(array(select g.id ${grids}))
        or a.station_id = any(array(select g.station_id ${grids} union select o.id ${stations})))
      and ${holdsOn(sql`a`, today)}`);
}

/** The deputies of a grid or station. @param place a condition on their assignment `a` */
export async function deputiesAt(moment: Moment, place: SQL): Promise<DeputyRow[]> {
  return moment.tx.execute<DeputyRow>(sql`
    select ${FACTS}, 'role', a.role) as facts
    from assignments a join deputies d on d.id = a.deputy_id ${withAbsence(moment)}
    where ${place} and ${holdsOn(sql`a`, moment.today)}`);
}

/** The deputies of a county, wherever they serve. @param which a condition on the deputy `d` */
export async function deputiesBy(moment: Moment, which: SQL): Promise<DeputyRow[]> {
  return moment.tx.execute<DeputyRow>(sql`
    select ${FACTS}, 'role', 'primary') as facts
    from deputies d ${withAbsence(moment)} where d.jurisdiction_id = ${moment.jurisdictionId} and ${which}`);
}

/** The name of a station that a deputy serves at now, the first by code; null for one who serves at none. */
export async function ownStation(moment: Moment, deputyId: string): Promise<string | null> {
  const [row] = await moment.tx.execute<{ name: string }>(
    sql`select s.name ${servingAt(sql`${deputyId}`, moment.today)}`,
  );
  return row?.name ?? null;
}

/** The stations `s` of a deputy, by assignments that hold on this day; for a select of one. */
export function servingAt(deputy: SQL, today: string): SQL {
  return sql`from assignments a cross join lateral (select code, name from stations where id = a.station_id limit 1) s
    where a.deputy_id = ${deputy} and ${holdsOn(sql`a`, today)} order by s.code limit 1`;
}

/** The join of deputy `d` with the absence that holds now and ends last. */
function withAbsence(moment: Pick<Moment, "now">): SQL {
  const now = moment.now.toISOString();
  return sql`left join lateral (
      select b.until_at, s.code as substitute from absences b left join deputies s on s.id = b.substitute_id
      where b.deputy_id = d.id and b.from_at <= ${now}::timestamptz and b.until_at > ${now}::timestamptz
      order by b.until_at desc limit 1) away on true`;
}

/** The substitutes of those deputies who are away, and theirs in turn. */
export async function substitutesOf(moment: Moment, rows: readonly DeputyRow[]): Promise<DeputyRow[]> {
  const found: DeputyRow[] = [];
  const isKnown = (code: string) => found.some((row) => row.facts.code === code);
  for (let latest: readonly DeputyRow[] = rows; latest.length > 0; ) {
    const wanted = latest.flatMap(({ facts }) =>
      facts.substitute != null && !isKnown(facts.substitute) ? [facts.substitute] : [],
    );
    latest = wanted.length === 0 ? [] : await deputiesBy(moment, inArray(sql`d.code`, [...new Set(wanted)]));
    found.push(...latest);
  }
  return found;
}

/** Whether a deputy is in office and not away just now. */
export async function isAvailable(moment: Moment, deputyId: string): Promise<boolean> {
  return (await availableOf(moment, [deputyId])).has(deputyId);
}

/** Finds those of some deputies who are in office and not away just now. */
export async function availableOf(moment: Moment, deputyIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await moment.tx.execute<{ id: string }>(sql`
    select d.id from deputies d ${withAbsence(moment)} where d.id = any(${sql.param(deputyIds)}::uuid[])
      and ${notEnded(sql`d.until_on`, moment.today)} and away.until_at is null`);
  return new Set(rows.map(({ id }) => id));
}
