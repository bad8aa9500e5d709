import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { rulesets } from "../../../db/schema/rulesets.ts";

/** Notes that a version in review was checked, at the moment when the check began; of any other nothing is noted. */
export async function noteChecked(tx: Transaction, number: number, at: Date): Promise<void> {
  await tx
    .update(rulesets)
    .set({ checkedAt: at })
    .where(and(eq(rulesets.number, number), eq(rulesets.state, "in-review")));
}
