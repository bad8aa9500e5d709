import { sql } from "drizzle-orm";
import type { Runtime } from "../src/casework/runtime/runtime.ts";

/** A message may be written, and due, after the clock was looked at and before the question reaches the database. */
const WRITTEN_MEANWHILE_MS = 100;

/** Whether a message of a county waits to be processed, or one that is due waits to leave. */
export async function isBusy(runtime: Runtime, jurisdictionId: string): Promise<boolean> {
  const now = new Date(runtime.now().getTime() + WRITTEN_MEANWHILE_MS).toISOString();
  const [row] = await runtime.database.inCounty(jurisdictionId, (tx) =>
    // Who asks this asks often: one small answer, whatever a test has said before.
    tx.execute<{ busy: boolean }>(sql`
      with active as (
        select conversation_id, seq, tries, not_before from outbox where state = 'waiting' and not awaits_contact
      )
      select exists (select from inbox where processed_at is null)
        or exists (select from outbox where state = 'sending')
        or exists (
          select from active due where not_before <= ${now} and not exists (
            select from active earlier
            where earlier.conversation_id = due.conversation_id and earlier.seq < due.seq
              and earlier.tries > 0 and earlier.not_before > ${now}
          )
        ) as busy`),
  );
  return row?.busy === true;
}

/** Ends the lease of every call of a county that is out. */
export async function endCalls(runtime: Runtime, jurisdictionId: string): Promise<void> {
  await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx.execute(sql`update outbox set lease_until = clock_timestamp() where state = 'sending'`),
  );
}
