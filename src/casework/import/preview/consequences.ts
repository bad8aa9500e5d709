import { sql } from "drizzle-orm";
import type { Transaction } from "../../../../db/database.ts";
import { holdsOn, notEnded } from "../../../../db/in-force.ts";

/** A consequence of an import: a grid for which nobody answers, a deputy without a place. */
export type Consequence = {
  readonly kind: "grid-without-person" | "deputy-without-place";
  readonly code: string;
  readonly name: string;
  /** Whether it is so only by the import. */
  readonly isNew: boolean;
};

type Found = Omit<Consequence, "isNew">;

/** Looks for what an import leads to: `write` carries it out in a transaction that is rolled back afterwards. */
export async function consequencesOf(
  tx: Transaction,
  today: string,
  write: () => Promise<void>,
): Promise<Consequence[]> {
  const before = new Set((await gapsIn(tx, today)).map(keyOf));
  await write();
  return (await gapsIn(tx, today)).map((gap) => ({ ...gap, isNew: !before.has(keyOf(gap)) }));
}

function keyOf({ kind, code }: Found): string {
  return `${kind} ${code}`;
}

/** Grids for which, and for whose station, nobody in office is assigned; deputies in office who are assigned to nothing. */
async function gapsIn(tx: Transaction, today: string): Promise<Found[]> {
  const inOffice = notEnded(sql`d.until_on`, today);
  const rows = await tx.execute<Found>(sql`
    select 'grid-without-person' as kind, g.code, g.name from grids g where ${notEnded(sql`g.until_on`, today)} and not exists (
      select from assignments a join deputies d on d.id = a.deputy_id
      where (a.grid_id = g.id or a.station_id = g.station_id) and ${holdsOn(sql`a`, today)} and ${inOffice})
    union all
    select 'deputy-without-place', d.code, d.name from deputies d where ${inOffice} and not exists (
      select from assignments a where a.deputy_id = d.id and ${holdsOn(sql`a`, today)})
    order by 1 desc, 2`);
  return [...rows];
}
