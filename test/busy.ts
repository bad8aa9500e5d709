import { asc, inArray } from "drizzle-orm";
import { inbox } from "../db/schema/conversations.ts";
import { outbox } from "../db/schema/outbox.ts";
import type { Runtime } from "../src/casework/runtime/runtime.ts";

/** Whether a message of a county waits to be heard, or one that is due waits to leave. */
export async function isBusy(runtime: Runtime, jurisdictionId: string): Promise<boolean> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const [unprocessed, unsent] = await Promise.all([
      tx.select({ processedAt: inbox.processedAt }).from(inbox),
      tx
        .select()
        .from(outbox)
        .where(inArray(outbox.state, ["waiting", "sending"]))
        .orderBy(asc(outbox.seq)),
    ]);
    const now = runtime.now();
    const active = unsent.filter((row) => !row.awaitsContact);
    const retried = active.filter((row) => row.tries > 0 && row.notBefore > now);
    const isHeld = (row: (typeof active)[number]) =>
      retried.some((one) => one.conversationId === row.conversationId && one.seq < row.seq);
    return (
      unprocessed.some((row) => row.processedAt === null) ||
      unsent.some((row) => row.state === "sending") ||
      active.some((row) => row.notBefore <= now && !isHeld(row))
    );
  });
}
