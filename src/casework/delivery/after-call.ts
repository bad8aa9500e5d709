import type { OutboxRow, outbox } from "../../../db/schema/outbox.ts";
import type { SendOutcome } from "../../channels/channel.ts";
import { retryDelayMs } from "../../domain/messages/delivery-ladder.ts";
import type { Rung } from "../../domain/messages/message.ts";
import type { Envelope } from "./envelope.ts";

/** After so many tries, some three hours, a message is given up, visibly. */
const TRIES = 320;
/** An account that somebody must mend is tried again this much later. */
const ACCOUNT_PAUSE_MS = 30_000;

/** The change of an outgoing message's row after a call. */
export type RowChange = Partial<typeof outbox.$inferInsert>;

/** The end of a call. `random` is 0 to 1 and spreads the tries; `idempotentMs` is how long the platform recognises a key. */
type Ended = {
  readonly rung: Rung;
  readonly pieces: Envelope["pieces"];
  readonly now: Date;
  readonly random: number;
  readonly idempotentMs: number;
};

/** The last minute in which a key is recognised is not used: clocks differ, and a call takes its time. */
const KEY_MARGIN_MS = 60_000;

/**
 * The change of a message's row after a call that carried it.
 *
 * A notice only announces: however it ends, the words themselves go on waiting for the person.
 * @param call.seenToEnd whether every earlier piece of the same message is known to have arrived
 */
export function afterCall(
  row: Pick<OutboxRow, "tries" | "firstTriedAt">,
  outcome: SendOutcome,
  call: Ended & { readonly seenToEnd: boolean },
): RowChange {
  switch (outcome.outcome) {
    case "delivered":
      return arrived(call);
    case "uncertain":
      return afterUnseenEnd(row, outcome.reason, call);
    case "moved":
      // The conversation has the new address by the same commit.
      return { state: "waiting", reason: null };
    case "retry": {
      const { reason } = outcome;
      const tries = row.tries + 1;
      if (tries < TRIES) return tryAgain(row, reason, outcome.afterMs, call);
      return isNotice(call.rung) ? announced(reason, call.now) : { ...failed(reason, call.now), tries };
    }
    case "refused":
      return refused(row, outcome, call);
  }
}

/**
 * The change of a message's row after a call whose end nobody saw: it is not tried again, and the rest of a long text
 * is still sent. Where the platform recognises its key, it is tried again for that long: whoever has it gets it once.
 *
 * What its reader must know is told later (tell-again.ts).
 */
export function afterUnseenEnd(
  row: Pick<OutboxRow, "tries" | "firstTriedAt">,
  reason: string,
  ended: Ended,
): RowChange {
  const { rung, pieces, now, idempotentMs } = ended;
  if (isNotice(rung)) return announced(reason, now);
  const sinceMs = row.firstTriedAt === null ? 0 : now.getTime() - row.firstTriedAt.getTime();
  if (rung === "direct" && sinceMs < idempotentMs - KEY_MARGIN_MS) return tryAgain(row, reason, 0, ended);
  if (pieces.sent < pieces.of) return { state: "waiting", reason, piecesSent: pieces.sent, tries: 0 };
  return { state: "uncertain", reason, settledAt: now };
}

function tryAgain(row: Pick<OutboxRow, "tries">, reason: string, afterMs: number, { now, random }: Ended): RowChange {
  const tries = row.tries + 1;
  const delayMs = retryDelayMs(tries, afterMs, random);
  return { state: "waiting", reason, tries, notBefore: new Date(now.getTime() + delayMs) };
}

function arrived({ rung, pieces, seenToEnd, now }: Ended & { readonly seenToEnd: boolean }): RowChange {
  if (isNotice(rung)) return announced("announced by a notice; waits for the person", now);
  if (pieces.sent < pieces.of) return { state: "waiting", piecesSent: pieces.sent, tries: 0 };
  return seenToEnd
    ? { state: "delivered", piecesSent: pieces.of, reason: null, settledAt: now }
    : { state: "uncertain", piecesSent: pieces.of, settledAt: now };
}

function refused(
  row: Pick<OutboxRow, "tries">,
  { reason, blocks }: Extract<SendOutcome, { outcome: "refused" }>,
  { rung, now }: Ended,
): RowChange {
  if (isNotice(rung)) return announced(reason, now);
  switch (blocks) {
    case "person":
    case "content":
      return failed(reason, now);
    case "rung":
      return { state: "waiting", reason };
    case "account":
      // Counts as one try, so that nothing of this conversation overtakes it; never as more, for it is not given up.
      return {
        state: "waiting",
        reason,
        tries: Math.max(1, row.tries),
        notBefore: new Date(now.getTime() + ACCOUNT_PAUSE_MS),
      };
  }
}

function announced(reason: string, now: Date): RowChange {
  return { state: "waiting", noticedAt: now, awaitsContact: true, tries: 0, reason };
}

function failed(reason: string, now: Date): RowChange {
  return { state: "failed", reason, settledAt: now };
}

function isNotice(rung: Rung): boolean {
  return rung === "template" || rung === "subscription";
}
