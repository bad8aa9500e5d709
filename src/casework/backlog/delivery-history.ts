import { asc, eq, or, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { interventions } from "../../../db/schema/ledger.ts";
import { attempts, outbox } from "../../../db/schema/outbox.ts";
import { MOVED } from "../../domain/messages/across-chats.ts";
import { type DeliveryReason, platformCodeOf, reasonKindOf } from "../../domain/messages/delivery-reason.ts";

/** A call of the platform for a message: by which rung, when, and what came of it; or that it was given to another chat of its reader. */
type DeliveryAttempt = {
  readonly rung: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: "pending" | "delivered" | "uncertain" | "retry" | "refused" | "moved";
  readonly reason: DeliveryReason;
  readonly platformCode: string | null;
  /** The channel of the chat to which it was given; null for a call. */
  readonly movedTo: string | null;
};

/** The history of one message: the calls, and what people decided about it. */
export type DeliveryHistory = {
  readonly attempts: readonly DeliveryAttempt[];
  readonly decisions: readonly {
    readonly action: "retry" | "put-aside" | "open-case";
    readonly reason: string | null;
    readonly by: string;
    readonly at: string;
  }[];
  /** The message that this one tells again. */
  readonly repeats: string | null;
  /** The message by which this one was told again. */
  readonly repeatedBy: string | null;
};

/** Reads what happened to one message, oldest first. */
export async function deliveryHistory(tx: Transaction, id: string): Promise<DeliveryHistory> {
  const calls = await tx
    .select()
    .from(attempts)
    .where(eq(attempts.outboxId, id))
    .orderBy(asc(attempts.startedAt), asc(attempts.id));
  const decided = await tx
    .select({
      action: interventions.action,
      reason: interventions.reason,
      by: interventions.by,
      at: interventions.at,
    })
    .from(interventions)
    .where(eq(interventions.subject, id))
    .orderBy(asc(interventions.at));
  const linked = await tx
    .select({ id: outbox.id, repeats: outbox.repeats, isThis: sql<boolean>`${outbox.id} = ${id}` })
    .from(outbox)
    .where(or(eq(outbox.id, id), eq(outbox.repeats, id)));
  return {
    attempts: calls.map(({ rung, startedAt, endedAt, outcome, reason }) => ({
      rung,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      outcome: (outcome ?? "pending") as DeliveryAttempt["outcome"],
      reason: outcome === MOVED ? "none" : reasonKindOf(reason),
      platformCode: platformCodeOf(reason),
      movedTo: outcome === MOVED ? reason : null,
    })),
    decisions: decided.map((one) => ({ ...one, at: one.at.toISOString() })),
    repeats: linked.find(({ isThis }) => isThis)?.repeats ?? null,
    repeatedBy: linked.find(({ isThis }) => !isThis)?.id ?? null,
  };
}
