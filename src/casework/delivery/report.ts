import { eq, sql } from "drizzle-orm";
import { attempts, outbox } from "../../../db/schema/outbox.ts";
import type { InboundContent } from "../../domain/messages/message.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Records the platform's later report that a message which it had accepted did not arrive after all: what was announced by it waits
 * on unannounced, and what was said in it has failed. Another account's job may have the same id.
 */
export async function settleReport(
  turn: Turn,
  report: Extract<InboundContent, { kind: "delivery-report" }>,
): Promise<void> {
  if (report.ok) return;
  await turn.tx.execute(sql`
    with reported as (
      update ${attempts} set outcome = 'refused', reason = ${report.reason}
      where platform_id = ${report.platformId}
        and outbox_id in (select id from ${outbox} where ${eq(outbox.conversationId, turn.conversation.id)})
      returning outbox_id, rung
    )
    update ${outbox} set noticed_at = null, reason = ${report.reason},
      state = case when reported.rung = 'direct' and state = 'delivered' then 'failed' else state end
    from reported where id = reported.outbox_id`);
}
