import { and, desc, eq, inArray } from "drizzle-orm";
import { type CaseRecord, caseEvents } from "../../../../db/schema/cases.ts";
import type { Turn } from "../../turn/turn.ts";

/** Whether whoever has a case now has accepted it since they got it, or since it was opened again. */
export async function isAccepted(turn: Turn, subject: CaseRecord): Promise<boolean> {
  const [last] = await turn.tx
    .select({ type: caseEvents.type })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.caseId, subject.id),
        inArray(caseEvents.type, ["assigned", "taken", "reopened", "unit_returned", "accepted"]),
      ),
    )
    .orderBy(desc(caseEvents.seq))
    .limit(1);
  return last?.type === "accepted";
}
