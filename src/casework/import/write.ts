import { getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Transaction } from "../../../db/database.ts";
import { assignments, deputies, units } from "../../../db/schema/people.ts";
import { grids, places, receptions, stations } from "../../../db/schema/places.ts";
import { addDays } from "../../domain/calendar/days.ts";
import type { Plan } from "./plan.ts";

/** A callback for progress: it gets how many of the rows to be written are written. */
export type ImportProgress = (done: number, total: number) => void;

/** Postgres takes 65,535 parameters a statement; rows have at most nine. */
const CHUNK = 2_000;

/** Writes a plan in the transaction of the county. Existing rows are updated. */
export async function writePlan(tx: Transaction, plan: Plan, today: string, progress: ImportProgress): Promise<void> {
  const { begin, end } = plan.assignments;
  const endIds = end.map(({ id }) => id);
  const total =
    [plan.stations, plan.grids, plan.deputies, plan.units, plan.places, plan.receptions, begin].reduce(
      (sum, rows) => sum + rows.length,
      0,
    ) + endIds.length;
  let done = 0;
  const wrote = (rows: number) => {
    done += rows;
    progress(done, total);
  };
  await upsert(tx, stations, plan.stations, wrote);
  await upsert(tx, grids, plan.grids, wrote);
  await upsert(tx, deputies, plan.deputies, wrote);
  await upsert(tx, units, plan.units, wrote);
  await upsert(tx, places, plan.places, wrote);
  await upsert(tx, receptions, plan.receptions, wrote);
  for (const ids of chunks(endIds)) {
    await tx
      .update(assignments)
      .set({ untilOn: addDays(today, -1) })
      .where(inArray(assignments.id, [...ids]));
    wrote(ids.length);
  }
  await upsert(tx, assignments, begin, wrote);
}

/** Writes rows of one table: new ones are added, existing ones changed, by their ids. */
export async function upsert<Table extends PgTable>(
  tx: Transaction,
  table: Table,
  rows: readonly Table["$inferInsert"][],
  wrote: (rows: number) => void,
): Promise<void> {
  const { id, ...others } = getTableColumns(table);
  if (id === undefined) throw new Error("a table without id cannot be imported");
  const set = Object.fromEntries(
    Object.entries(others).map(([key, column]): [string, SQL] => [key, sql.raw(`excluded."${column.name}"`)]),
  );
  for (const chunk of chunks(rows)) {
    await tx
      .insert(table)
      .values([...chunk])
      .onConflictDoUpdate({ target: id, set: set as never });
    wrote(chunk.length);
  }
}

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += CHUNK) yield rows.slice(from, from + CHUNK);
}
