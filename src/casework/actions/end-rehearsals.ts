import { and, asc, isNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { record } from "../cases/record.ts";
import { isRehearsed } from "../cases/rehearsed.ts";
import { openWrites } from "../turn/unit-of-work.ts";

/**
 * Closes what is still open of rehearsals in the county whose transaction this is: nobody wrote them, so nobody is told, and nothing
 * of them waits for anybody once the county is live.
 *
 * @returns how many there were
 */
export async function endRehearsals(tx: Transaction, jurisdictionId: string, now: Date): Promise<number> {
  const open = await tx
    .select()
    .from(cases)
    .where(and(isNull(cases.closedAt), isRehearsed))
    .orderBy(asc(cases.id))
    .for("update");
  const writing = { writes: openWrites(tx), jurisdictionId, now };
  const outcome = "not_in_scope";
  for (const one of open) {
    const details = { outcome, because: "rehearsal-over" } as const;
    record(writing, one, "closed", "service", details, { outcome, closedAt: now });
  }
  await writing.writes.done();
  return open.length;
}
