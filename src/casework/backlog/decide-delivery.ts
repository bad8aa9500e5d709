import { eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Caller } from "../access/caller.ts";
import { readTrial } from "../county/trial.ts";
import { lockConversation } from "../turn/conversation.ts";
import { findDelivery } from "./deliveries.ts";
import { interveneIn } from "./stuck.ts";

/** A decision of the staff about a delivery: to try it again, knowing that it may then arrive twice, or to put it aside. */
export type DeliveryDecision =
  | { readonly action: "retry"; readonly knowingly: boolean }
  | { readonly action: "put-aside"; readonly reason: string };

/** The reason for which a decision about a delivery is refused: nothing has changed then. */
export type DeliveryRefusal =
  | "not-here"
  | "arrived"
  | "sending"
  | "unbound"
  | "may-have-arrived"
  | "office-decides"
  | "in-trial"
  | "put-aside-before";

/**
 * Carries out what somebody of the staff decides about a delivery that exists for them. What may have arrived is sent again only by
 * the office, and knowingly.
 *
 * @returns the conversation that has something to be sent now, null where none has
 */
export async function decideDelivery(
  tx: Transaction,
  caller: Caller,
  { id, today, now }: { readonly id: string; readonly today: string; readonly now: Date },
  decision: DeliveryDecision,
): Promise<
  { readonly ok: true; readonly conversationId: string | null } | { readonly ok: false; readonly why: DeliveryRefusal }
> {
  if ((await findDelivery(tx, caller, id, today)) === null) return refuse("not-here");
  const [seen] = await tx.select({ conversationId: outbox.conversationId }).from(outbox).where(eq(outbox.id, id));
  if (seen?.conversationId != null) await lockConversation(tx, seen.conversationId);
  // What others did before the lock was had counts too, sealing first of all.
  const found = await findDelivery(tx, caller, id, today);
  const [row] = await tx.select({ state: outbox.state }).from(outbox).where(eq(outbox.id, id));
  if (found === null || row === undefined) return refuse("not-here");
  if (row.state === "delivered" || row.state === "superseded") return refuse("arrived");
  if (row.state === "sending") return refuse("sending");
  if (row.state === "uncertain" && decision.action === "retry") {
    if (caller.role !== "office") return refuse("office-decides");
    if (!decision.knowingly) return refuse("may-have-arrived");
  }
  if (decision.action === "retry" && seen?.conversationId == null) return refuse("unbound");
  const isHeld = row.state === "held" && decision.action === "retry";
  if (isHeld && (caller.role !== "office" || (await readTrial(tx)).isOn)) return refuse("in-trial");
  if (decision.action === "put-aside" && found.settled === "put-aside") return refuse("put-aside-before");
  const { action } = decision;
  const reason = decision.action === "put-aside" ? decision.reason : null;
  const done = await interveneIn(tx, caller.jurisdictionId, id, { action, reason, by: caller.name, at: now });
  if (!done.ok) return refuse("arrived");
  return { ok: true, conversationId: action === "retry" ? (seen?.conversationId ?? null) : null };
}

function refuse(why: DeliveryRefusal) {
  return { ok: false as const, why };
}
