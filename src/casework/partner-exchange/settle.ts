import { eq, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { handovers } from "../../../db/schema/ledger.ts";
import { partnerExchanges, partnerMessages } from "../../../db/schema/outbox.ts";
import { partners, units } from "../../../db/schema/people.ts";
import { MOST_TRIES, pauseBeforeTry, restAfter } from "../../domain/acts/partner.ts";
import type { SendResult } from "../../partners/partner.ts";
import { lockCase } from "../cases/load.ts";
import { recordAct } from "../handovers/record-act.ts";
import { tellHolder } from "../handovers/steps.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import type { ClaimedMessage } from "./claim.ts";

/**
 * Settles one call: what it brought, for the message, the partner, and the hand-over, which counts as sent from the moment at which the other
 * side has said that it has it.
 *
 * A call that ends after its lease tells what it knows all the same: that it arrived is true whoever has the message meanwhile.
 * @returns the conversations that now have something to deliver
 */
export async function settleCall(
  runtime: Runtime,
  jurisdictionId: string,
  claimed: ClaimedMessage,
  result: SendResult,
): Promise<readonly string[]> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const [found] = await tx
      .select({ caseId: cases.id, conversationId: cases.conversationId })
      .from(handovers)
      .innerJoin(cases, eq(cases.id, handovers.caseId))
      .where(eq(handovers.id, claimed.message.handoverId));
    const turn = found === undefined ? null : await openTurn(runtime, tx, found.conversationId);
    if (found === undefined || turn === null) throw new Error("a hand-over without its case");
    const subject = await lockCase(turn, found.caseId);
    const [handover] = await tx
      .select()
      .from(handovers)
      .where(eq(handovers.id, claimed.message.handoverId))
      .for("no key update");
    const [message] = await tx
      .select()
      .from(partnerMessages)
      .where(eq(partnerMessages.id, claimed.message.id))
      .for("no key update");
    if (handover === undefined || message === undefined) throw new Error("a message without its hand-over");
    await noteCall(turn, claimed, result);
    const isFirst = message.kind === "handed_over" && handover.state === "waiting" && subject.closedAt === null;
    const about = { number: subject.number, unit: await unitOf(turn, handover.unitId) };
    if (result.ok) {
      const externalId = message.externalId ?? result.externalId;
      // What was withdrawn meanwhile stays so: that it was taken back is told by a message of its own.
      const state = message.state === "withdrawn" ? {} : ({ state: "sent", settledAt: turn.now } as const);
      turn.writes.update(partnerMessages, message.id, { ...state, leaseUntil: null, externalId, token: result.token });
      if (isFirst) {
        recordAct(turn, handover, "sent", "service", {});
        await tellHolder(turn, subject, (wording) => wording.partnerTook({ ...about, externalId }));
      }
    } else if (message.state === "sending" && message.tries === claimed.message.tries) {
      if (message.tries < MOST_TRIES && result.isFinal !== true) {
        const dueAt = new Date(turn.now.getTime() + pauseBeforeTry(message.tries, runtime.random()));
        turn.writes.update(partnerMessages, message.id, { state: "waiting", dueAt, leaseUntil: null });
      } else {
        turn.writes.update(partnerMessages, message.id, { state: "failed", settledAt: turn.now, leaseUntil: null });
        if (isFirst) {
          recordAct(turn, handover, "failed", "service", {});
          await tellHolder(turn, subject, (wording) => wording.partnerFailed(about));
        }
      }
    }
    await finishTurn(turn);
    return [...turn.toDeliver];
  });
}

/** Writes a call down, and whether its partner is left alone now. */
async function noteCall(turn: Turn, { partner, message }: ClaimedMessage, result: SendResult): Promise<void> {
  const { jurisdictionId, now, tx } = turn;
  await tx.insert(partnerExchanges).values({
    ...{ jurisdictionId, partnerId: partner.id, handoverId: message.handoverId, direction: "out", at: now },
    ...{ status: result.status, outcome: result.ok ? "sent" : "failed", reason: result.ok ? null : result.reason },
  });
  await noteHealth(tx, partner.id, result.ok, now);
}

/** Notes whether a call to a partner succeeded: many in a row that did not leave it alone for a while. */
export async function noteHealth(tx: Turn["tx"], partnerId: string, isGood: boolean, now: Date): Promise<void> {
  if (isGood) {
    const isKnown = sql`(${partners.failures} > 0 or ${partners.restsUntil} is not null) and ${partners.id} = ${partnerId}`;
    await tx.update(partners).set({ failures: 0, restsUntil: null }).where(isKnown);
    return;
  }
  const [row] = await tx
    .update(partners)
    .set({ failures: sql`${partners.failures} + 1` })
    .where(eq(partners.id, partnerId))
    .returning({ failures: partners.failures });
  const rest = restAfter(row?.failures ?? 0);
  if (rest === 0) return;
  await tx
    .update(partners)
    .set({ restsUntil: new Date(now.getTime() + rest) })
    .where(eq(partners.id, partnerId));
}

async function unitOf({ tx }: Turn, unitId: string): Promise<string> {
  const [unit] = await tx.select({ name: units.name }).from(units).where(eq(units.id, unitId));
  return unit?.name ?? "";
}
