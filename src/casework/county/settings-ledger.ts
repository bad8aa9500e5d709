import { desc } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { settingsChanges } from "../../../db/schema/ledger.ts";

/** The latest changes of the county's name and settings, the newest first. */
export function latestChanges(tx: Transaction, most: number) {
  const { what, before, after, by, at } = settingsChanges;
  return tx
    .select({ what, before, after, by, at })
    .from(settingsChanges)
    .orderBy(desc(settingsChanges.seq))
    .limit(most);
}
