import type { Database } from "../../../db/database.ts";
import { checkups } from "../../../db/schema/users.ts";

/** The kinds of checkups, each due from time to time: a night's share of the ledger, and the whole of it. */
export const CHECKUPS = ["audit", "audit-whole"] as const;

/** The last checkup of a kind: when it was done, and whether all was well. */
export type Checkup = { readonly kind: (typeof CHECKUPS)[number]; readonly at: Date; readonly isGood: boolean };

/** Records that a checkup of a county was done, for the monitoring of when it was last. */
export async function noteCheckup(database: Database, jurisdictionId: string, checkup: Checkup): Promise<void> {
  const { kind, at, isGood } = checkup;
  await database.inCounty(jurisdictionId, (tx) =>
    tx
      .insert(checkups)
      .values({ jurisdictionId, kind, at, isGood })
      .onConflictDoUpdate({ target: [checkups.jurisdictionId, checkups.kind], set: { at, isGood } }),
  );
}

/** The last checkup of each kind that there was in a county. */
export function lastCheckups(database: Database, jurisdictionId: string): Promise<Checkup[]> {
  return database.inCounty(jurisdictionId, (tx) =>
    tx.select({ kind: checkups.kind, at: checkups.at, isGood: checkups.isGood }).from(checkups).orderBy(checkups.kind),
  );
}
