import { and, eq, sql } from "drizzle-orm";
import { attempts, outbox } from "../../../db/schema/outbox.ts";
import type { InboundContent } from "../../domain/messages/message.ts";
import { BY_SMS } from "../../domain/messages/sms.ts";
import type { Turn } from "../turn/turn.ts";
import { smsId } from "./sms/announce.ts";
import { tellTakenBack } from "./tell-again.ts";

/**
 * Records the platform's later report that a message which it had accepted did not arrive after all: what was announced by it waits
 * on unannounced, and what was said in it has failed. Another account's job may have the same id.
 *
 * Where the platform's allowance is over, what was said waits once more for the next way; a person who refuses messages is reached on
 * none of this account.
 */
export async function settleReport(
  turn: Turn,
  report: Extract<InboundContent, { kind: "delivery-report" }>,
): Promise<void> {
  if (report.ok) return;
  const taken = await turn.tx.execute<{ id: string; rung: string; state: string }>(sql`
    with reported as (
      update ${attempts} set outcome = 'refused', reason = ${report.reason}
      where (platform_id = ${report.platformId}
          and outbox_id in (select id from ${outbox} where ${eq(outbox.conversationId, turn.conversation.id)}))
        or platform_id = ${smsId(turn.account.id, report.platformId)}
      returning outbox_id, rung
    ), settled as (
      update ${outbox} set noticed_at = null, reason = ${report.reason},
        state = case when reported.rung = 'direct' and state = 'delivered' then 'failed' else state end
      from reported where id = reported.outbox_id and reported.rung <> ${BY_SMS} returning id, state, reported.rung
    )
    select id, rung, state from settled union all select outbox_id, rung, '' from reported where rung = ${BY_SMS}`);
  if (taken.length === 0 && (await isCallOut(turn)))
    throw new Error("a report came before the call that it is about had ended");
  const lost = taken.filter(({ rung, state }) => rung === "direct" && state === "failed").map(({ id }) => id);
  if (lost.length === 0) return;
  if (report.blocks === "account")
    turn.runtime.log.error({ account: turn.account.name, reason: report.reason }, "a channel account must be mended");
  if (report.blocks === "person") turn.conversation.following = false;
  if (report.blocks !== "rung") return;
  if (turn.abilities.window === "open") turn.conversation.directRefusedAt = turn.now;
  else turn.conversation.windowLeft = 0;
  await tellTakenBack(turn, lost);
}

/** Whether a call to this person is out: its end names the message that a report may be about, which is heard again then. */
async function isCallOut({ tx, conversation }: Turn): Promise<boolean> {
  const [out] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.conversationId, conversation.id), eq(outbox.state, "sending")))
    .limit(1);
  return out !== undefined;
}
