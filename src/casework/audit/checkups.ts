import type { Database } from "../../../db/database.ts";
import { checkups } from "../../../db/schema/tokens.ts";

/** What must be verified from time to time: what a night does of the ledger, and all of it. */
export const CHECKUPS = ["audit", "audit-whole"] as const;

/** When it was last done, and whether all was well. */
export type Checkup = { readonly kind: (typeof CHECKUPS)[number]; readonly at: Date; readonly isGood: boolean };

/** Notes for a county that something was done, for whoever watches that it is. */
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
