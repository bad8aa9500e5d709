import { and, asc, eq, inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { HandoverRecord } from "../../../db/schema/ledger.ts";
import { type PartnerMessage, partnerMessages } from "../../../db/schema/outbox.ts";
import { partners } from "../../../db/schema/people.ts";
import type { HandoverChangeKind, PartnerMessageKind } from "../../domain/acts/partner.ts";
import type { Turn } from "../turn/turn.ts";

/** The id of the partner by whose case system a unit is told; null where it has none. It stays so until the commit. */
export async function partnerOfUnit({ tx }: Turn, unitId: string): Promise<string | null> {
  const [found] = await tx
    .select({ id: partners.id })
    .from(partners)
    .where(eq(partners.unitId, unitId))
    .for("key share");
  return found?.id ?? null;
}

/** Puts a hand-over among what is to be sent to a partner, under its own id; nothing where it stands there already. */
export async function queueHandover(turn: Turn, partnerId: string, handover: HandoverRecord): Promise<void> {
  const known = await turn.tx
    .select({ id: partnerMessages.id })
    .from(partnerMessages)
    .where(eq(partnerMessages.id, handover.id));
  if (known.length === 0) queue(turn, { partnerId, handoverId: handover.id, id: handover.id, kind: "handed_over" });
}

/**
 * Tells the partner that has a hand-over that it has it again; what it said before counts for nothing any more.
 *
 * @returns whether a partner has it
 */
export async function queueReopened(turn: Turn, handover: HandoverRecord): Promise<boolean> {
  const first = await firstOf(turn, handover);
  if (first === undefined) return false;
  turn.writes.update(partnerMessages, first.id, { saidHash: null, isEndedThere: false });
  queue(turn, { partnerId: first.partnerId, handoverId: handover.id, id: newId(), kind: "reopened" });
  return true;
}

/**
 * Tells the partner that has a hand-over that something of its case changed; what has not left yet is composed of the case as it is then, and
 * needs no more.
 *
 * @returns whether a partner has it
 */
export async function queueChanged(turn: Turn, handover: HandoverRecord, kind: HandoverChangeKind): Promise<boolean> {
  const first = await firstOf(turn, handover);
  if (first === undefined) return false;
  const isUnsaid = kind === "corrected" && first.tries === 0;
  if (!isUnsaid) queue(turn, { partnerId: first.partnerId, handoverId: handover.id, id: newId(), kind });
  return true;
}

/** Withdraws what has not left to a partner, and tells it that a matter was taken back where it may have heard of it. */
export async function withdrawFromPartner(turn: Turn, handover: HandoverRecord): Promise<void> {
  const first = await firstOf(turn, handover);
  if (first === undefined) return;
  const unsent = await turn.tx
    .select({ id: partnerMessages.id })
    .from(partnerMessages)
    .where(and(eq(partnerMessages.handoverId, handover.id), inArray(partnerMessages.state, ["waiting", "failed"])))
    .for("no key update");
  for (const { id } of unsent) {
    turn.writes.update(partnerMessages, id, { state: "withdrawn", settledAt: turn.now });
  }
  // A try whose end nobody saw may have arrived.
  if (first.tries === 0) return;
  queue(turn, { partnerId: first.partnerId, handoverId: handover.id, id: newId(), kind: "taken_back" });
}

/** The message of a hand-over itself, locked. */
async function firstOf({ tx }: Turn, handover: HandoverRecord): Promise<PartnerMessage | undefined> {
  const [first] = await tx
    .select()
    .from(partnerMessages)
    .where(and(eq(partnerMessages.handoverId, handover.id), eq(partnerMessages.kind, "handed_over")))
    .orderBy(asc(partnerMessages.madeAt))
    .limit(1)
    .for("no key update");
  return first;
}

function queue(
  turn: Turn,
  message: {
    readonly partnerId: string;
    readonly handoverId: string;
    readonly id: string;
    readonly kind: PartnerMessageKind;
  },
): void {
  const { jurisdictionId, now } = turn;
  turn.writes.insert(partnerMessages, { ...message, jurisdictionId, state: "waiting", madeAt: now, dueAt: now });
}
