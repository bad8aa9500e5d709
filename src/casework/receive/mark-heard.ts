import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type InboxRow, inbox } from "../../../db/schema/conversations.ts";
import type { Outcome } from "../turn/outcome.ts";

/** A message that was heard, and where it ended. */
export type Ended = { readonly row: InboxRow; readonly outcome: Outcome };

/** Marks messages as heard. @throws Error when somebody put one aside while it was heard */
export async function markHeard(tx: Transaction, ended: readonly Ended[], now: Date): Promise<void> {
  if (ended.length === 0) return;
  const column = <T>(pick: (one: Ended) => T) => sql.param(ended.map(pick));
  const marked = await tx
    .execute(
      sql`update ${inbox} i set processed_at = ${now.toISOString()}::timestamptz, outcome = ended.outcome,
          case_id = ended.case_id, failure = null
        from unnest(
          ${column(({ row }) => row.seq)}::bigint[], ${column(({ outcome }) => outcome.kind)}::text[],
          ${column(({ outcome }) => outcome.caseId ?? null)}::uuid[]
        ) as ended (seq, outcome, case_id)
        where i.seq = ended.seq and i.processed_at is null returning i.seq`,
    )
    .execute();
  if (marked.length < ended.length) throw new Error("a message was put aside while it was heard");
}
