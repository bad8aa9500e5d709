import { and, asc, eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import { holdsOn } from "../../../db/in-force.ts";
import { successions } from "../../../db/schema/people.ts";
import {
  type Offices,
  previewSuccession,
  type StepPreview,
  type SuccessionMistake,
  type SuccessionStep,
} from "../../domain/routing/succession.ts";

/** A succession that the office plans. */
export type PlannedSuccession = {
  readonly effectiveOn: string;
  readonly steps: readonly SuccessionStep[];
  readonly author: string;
};

/** The outcome of planning a succession: what it does, with its id unless it was only previewed; or every mistake in it. */
export type SuccessionPlanned =
  | { readonly ok: true; readonly id: string | null; readonly steps: readonly StepPreview[] }
  | { readonly ok: false; readonly mistakes: readonly SuccessionMistake[] };

/** Plans a change of many deputies on one day, or only previews it; see `planSuccessionIn`. */
export function planSuccession(
  database: Database,
  jurisdictionId: string,
  planned: PlannedSuccession,
  options: PlanOptions,
): Promise<SuccessionPlanned> {
  return database.inCounty(jurisdictionId, (tx) => planSuccessionIn(tx, jurisdictionId, planned, options));
}

type PlanOptions = {
  readonly now: Date;
  /** YYYY-MM-DD in the county's time zone. */
  readonly today: string;
  /** Nothing is written. */
  readonly isPreview: boolean;
};

/** Plans a change of many deputies on one day, or only previews it, in a transaction of the county. */
export async function planSuccessionIn(
  tx: Transaction,
  jurisdictionId: string,
  { effectiveOn, steps, author }: PlannedSuccession,
  options: PlanOptions,
): Promise<SuccessionPlanned> {
  const offices = await officesOn(tx, options.today);
  const preview = previewSuccession(steps, offices, { effectiveOn, today: options.today });
  if (!preview.ok || options.isPreview) return preview.ok ? { ...preview, id: null } : preview;
  const id = newId();
  await tx.insert(successions).values({
    ...{ id, jurisdictionId, effectiveOn, author },
    state: "planned",
    rows: steps,
    createdAt: options.now,
  });
  return { ...preview, id };
}

/** Lists all successions of the county whose transaction this is, the next one first. */
export async function listSuccessions(tx: Transaction): Promise<(typeof successions.$inferSelect)[]> {
  return tx.select().from(successions).orderBy(asc(successions.effectiveOn), asc(successions.createdAt));
}

/** Cancels a planned succession; false when none with this id is still to take effect. */
export function cancelSuccession(database: Database, jurisdictionId: string, id: string): Promise<boolean> {
  return database.inCounty(jurisdictionId, (tx) => cancelSuccessionIn(tx, id));
}

/** Cancels a planned succession in a transaction of its county; false when none with this id is still to take effect. */
export async function cancelSuccessionIn(tx: Transaction, id: string): Promise<boolean> {
  const cancelled = await tx
    .update(successions)
    .set({ state: "cancelled" })
    .where(and(eq(sql`${successions.id}::text`, id), eq(successions.state, "planned")))
    .returning({ id: successions.id });
  return cancelled.length > 0;
}

/** The deputies of the county whose transaction this is, with where they serve and what they have open. */
export async function officesOn(tx: Transaction, today: string): Promise<Offices> {
  const rows = await tx.execute<{
    code: string;
    name: string;
    untilOn: string | null;
    openAt: Record<string, number>;
    places: string[];
  }>(sql`
    select d.code, d.name, d.until_on as "untilOn",
      coalesce((select jsonb_object_agg(open.place, open.count) from (
        select coalesce(g.code, s.code, '') as place, count(*) as count
        from cases c left join grids g on g.id = c.grid_id left join stations s on s.id = c.station_id
        where c.deputy_id = d.id and c.closed_at is null group by 1) open), '{}') as "openAt",
      coalesce((select array_agg(coalesce(g.code, s.code) order by coalesce(g.code, s.code))
        from assignments a left join grids g on g.id = a.grid_id left join stations s on s.id = a.station_id
        where a.deputy_id = d.id and ${holdsOn(sql`a`, today)}), '{}') as places
    from deputies d order by d.code`);
  return {
    deputies: new Map(
      rows.map(({ code, name, untilOn, openAt }) => [code, { name, untilOn, openAt: new Map(Object.entries(openAt)) }]),
    ),
    placesOf: new Map(rows.map(({ code, places }) => [code, places])),
  };
}
