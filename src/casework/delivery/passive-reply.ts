import { and, asc, count, eq, inArray, isNull, lt, lte, ne, not, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import type { OutboxRow } from "../../../db/schema/outbox.ts";
import { attempts, outbox } from "../../../db/schema/outbox.ts";
import type { ChannelAccount, Sender } from "../../channels/channel.ts";
import type { Inbound, Outbound } from "../../domain/messages/message.ts";
import type { OutgoingKind } from "../outbox/content.ts";
import { contentOf } from "../outbox/content.ts";
import type { House } from "../runtime/runtime.ts";
import { changeConversation, lockForDelivery } from "../turn/conversation.ts";
import { verdictOn } from "./after-call.ts";
import { compose, type Parcel } from "./envelope.ts";
import { leaseFor, leaseIsOver } from "./lease.ts";
import { allPiecesSeen, numbersOf, remembering } from "./settle.ts";

/** What the answer to this very request may carry; `handedOver` is called once the answer was written to the platform. */
export type PassiveReply =
  | { readonly kind: "not-yet" }
  | { readonly kind: "nothing" }
  | { readonly kind: "reply"; readonly outbound: Outbound; readonly handedOver: () => Promise<void> };

const ROWS_AT_ONCE = 20;
/** An account without the customer-service interface cannot upload one. */
const PHOTO: OutgoingKind = "photo";
/** The platform repeats an unanswered request within 15 s; a call that old with no end is not known to have arrived. */
const LEASE_MS = 20_000;

/**
 * The passive rung: what waits for a person goes out with the answer to the person's own message.
 *
 * The platform gives no other sign of success than that it does not ask again; asked again for the same message, it gets
 * the same words again.
 * @param inbound the message that is being answered, stored already
 */
export async function passiveReply(house: House, account: ChannelAccount, inbound: Inbound): Promise<PassiveReply> {
  const { jurisdictionId } = account;
  const found = await house.accounts.byId(jurisdictionId, account.id);
  if (found === null) return { kind: "nothing" };
  const { sender } = found;
  const peer = house.vault.blindIndex(inbound.sender, account.id);
  const given = await house.database.inCounty(jurisdictionId, async (tx) => {
    if (!(await isProcessed(tx, account, inbound))) return { kind: "not-yet" as const };
    return claim(house, tx, { account, sender }, peer, inbound.dedupeKey);
  });
  if (given.kind !== "given") return given;
  const { message } = given.parcel;
  if (message.kind === "photo") return { kind: "nothing" };
  const handedOver = () => handOver(house, jurisdictionId, inbound.dedupeKey, given.parcel);
  return { kind: "reply", outbound: message, handedOver };
}

/** What was given for this very message, at the piece that it was then. */
async function givenBefore(tx: Transaction, dedupeKey: string): Promise<OutboxRow[]> {
  const earlier = alias(attempts, "earlier");
  const piecesBefore = tx
    .select({ count: count() })
    .from(earlier)
    .where(
      and(
        eq(earlier.outboxId, attempts.outboxId),
        lt(earlier.id, attempts.id),
        inArray(earlier.rung, ["direct", "passive"]),
        inArray(earlier.outcome, ["delivered", "uncertain"]),
      ),
    );
  const rows = await tx
    .select({ row: outbox, piecesSent: sql`(${piecesBefore})`.mapWith(Number) })
    .from(attempts)
    .innerJoin(outbox, eq(outbox.id, attempts.outboxId))
    .where(and(eq(attempts.rung, "passive"), eq(attempts.platformId, dedupeKey)))
    .orderBy(asc(outbox.seq));
  return rows.map(({ row, piecesSent }) => ({ ...row, piecesSent }));
}

async function isProcessed(tx: Transaction, account: ChannelAccount, inbound: Inbound): Promise<boolean> {
  const [row] = await tx
    .select({ processedAt: inbox.processedAt })
    .from(inbox)
    .where(and(eq(inbox.accountId, account.id), eq(inbox.dedupeKey, inbound.dedupeKey)));
  return row !== undefined && row.processedAt !== null;
}

async function claim(
  house: House,
  tx: Transaction,
  { account, sender }: { readonly account: ChannelAccount; readonly sender: Sender },
  peer: string,
  dedupeKey: string,
): Promise<{ kind: "nothing" | "not-yet" } | { kind: "given"; parcel: Parcel }> {
  const now = house.now();
  const [found] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.accountId, account.id), eq(conversations.peer, peer)));
  const conversation = found === undefined ? null : await lockForDelivery(tx, found.id);
  if (conversation === null) return { kind: "nothing" };
  // Only under the lock is it known what another request for the same message was given meanwhile.
  const repeated = await givenBefore(tx, dedupeKey);
  if (repeated.length > 0) return { kind: "given", parcel: pack(house, repeated, sender.split) };
  const ofConversation = eq(outbox.conversationId, conversation.id);
  const [onItsWay] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(ofConversation, eq(outbox.state, "sending"), not(leaseIsOver)))
    .limit(1);
  if (onItsWay !== undefined) return { kind: "not-yet" };
  const rows = await tx
    .select()
    .from(outbox)
    .where(
      and(
        ofConversation,
        eq(outbox.state, "waiting"),
        lte(outbox.notBefore, now),
        ne(outbox.kind, PHOTO),
        conversation.deputyId === null
          ? isNull(outbox.deputyId)
          : or(isNull(outbox.deputyId), eq(outbox.deputyId, conversation.deputyId)),
      ),
    )
    .orderBy(asc(outbox.seq))
    .limit(ROWS_AT_ONCE);
  if (rows.length === 0) return { kind: "nothing" };
  const parcel = pack(house, rows, sender.split);
  await tx.insert(attempts).values(
    parcel.rows.map((row) => ({
      id: newId(),
      jurisdictionId: account.jurisdictionId,
      outboxId: row.id,
      rung: "passive" as const,
      startedAt: now,
      outcome: "pending",
      platformId: dedupeKey,
    })),
  );
  await tx
    .update(outbox)
    .set({ state: "sending", awaitsContact: false, leaseUntil: leaseFor(LEASE_MS) })
    .where(
      inArray(
        outbox.id,
        parcel.rows.map((row) => row.id),
      ),
    );
  return { kind: "given", parcel };
}

function pack(house: House, rows: readonly OutboxRow[], split: Sender["split"]): Parcel {
  return compose(
    rows.map((row) => ({ row, content: contentOf(house, row) })),
    "passive",
    split,
  );
}

/** Only what nobody has settled in the meantime; a second writing of the same answer changes nothing. */
async function handOver(house: House, jurisdictionId: string, dedupeKey: string, parcel: Parcel): Promise<void> {
  const now = house.now();
  await house.database.inCounty(jurisdictionId, async (tx) => {
    const [first] = parcel.rows;
    const conversation = first?.conversationId == null ? null : await lockForDelivery(tx, first.conversationId);
    if (conversation === null) return;
    const ended = await tx
      .update(attempts)
      .set({ outcome: "delivered", endedAt: now })
      .where(and(eq(attempts.rung, "passive"), eq(attempts.platformId, dedupeKey), eq(attempts.outcome, "pending")))
      .returning({ outboxId: attempts.outboxId });
    if (ended.length === 0) return;
    const ids = ended.map((attempt) => attempt.outboxId);
    const call = { rung: "passive", pieces: parcel.pieces, now, random: 0 } as const;
    const verdict = verdictOn(
      { tries: 0 },
      { outcome: "delivered", platformId: dedupeKey },
      { ...call, seenToEnd: await allPiecesSeen(tx, parcel) },
    );
    await tx
      .update(outbox)
      .set({ leaseUntil: null, ...verdict, awaitsContact: verdict.state === "waiting" })
      .where(and(inArray(outbox.id, ids), eq(outbox.state, "sending")));
    const dialog = remembering(conversation.dialog, parcel.rows, await numbersOf(tx, parcel.rows), now);
    if (dialog !== null) await changeConversation(tx, conversation.id, { dialog });
  });
}
