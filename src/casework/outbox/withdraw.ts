import { and, eq, isNotNull } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Turn } from "../turn/turn.ts";

/** Withdraws what waits to be told to any deputy about a case, and repeats nothing of what may have arrived. */
export async function withdrawFromDeputies({ tx, now }: Turn, subject: CaseRecord): Promise<void> {
  const toDeputies = and(eq(outbox.caseId, subject.id), isNotNull(outbox.deputyId));
  await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(toDeputies, eq(outbox.state, "waiting")));
  await tx
    .update(outbox)
    .set({ repeatsLeft: 0 })
    .where(and(toDeputies, eq(outbox.state, "uncertain")));
}
