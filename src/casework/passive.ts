import { and, asc, eq, inArray, lte } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../db/database.ts";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { attempts, outbox } from "../../db/schema/outbox.ts";
import type { ChannelAccount, Sender } from "../channels/channel.ts";
import type { Inbound, Outbound } from "../domain/message.ts";
import type { House } from "./house.ts";
import { contentOf, lockForDelivery, type OutboxRow } from "./outgoing.ts";
import { compose, type Parcel } from "./parcel.ts";
import { remember } from "./settle.ts";

/** What the answer to this very request may carry; `handedOver` is called once the answer was written to the platform. */
export type PassiveReply =
  | { readonly kind: "not-yet" }
  | { readonly kind: "nothing" }
  | { readonly kind: "reply"; readonly outbound: Outbound; readonly handedOver: () => Promise<void> };

const ROWS_AT_ONCE = 20;
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
    const repeated = await givenBefore(tx, inbound.dedupeKey);
    if (repeated.length > 0) return { kind: "again" as const, parcel: pack(house, repeated, sender.split) };
    if (!(await isProcessed(tx, account, inbound))) return { kind: "not-yet" as const };
    return claim(house, tx, { account, sender }, peer, inbound.dedupeKey);
  });
  switch (given.kind) {
    case "not-yet":
    case "nothing":
      return { kind: given.kind };
    case "again":
      return reply(given.parcel, async () => undefined);
    case "claimed":
      return reply(given.parcel, () => handOver(house, jurisdictionId, given.conversationId, given.parcel));
  }
}

function reply(parcel: Parcel, handedOver: () => Promise<void>): PassiveReply {
  const { message } = parcel;
  if (message.kind === "photo") return { kind: "nothing" };
  return { kind: "reply", outbound: message, handedOver };
}

async function givenBefore(tx: Transaction, dedupeKey: string): Promise<OutboxRow[]> {
  const rows = await tx
    .select({ row: outbox })
    .from(attempts)
    .innerJoin(outbox, eq(outbox.id, attempts.outboxId))
    .where(and(eq(attempts.rung, "passive"), eq(attempts.platformId, dedupeKey)))
    .orderBy(asc(outbox.seq));
  return rows.map(({ row }) => ({ ...row, piecesSent: Math.max(0, row.piecesSent - 1) }));
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
): Promise<{ kind: "nothing" } | { kind: "claimed"; parcel: Parcel; conversationId: string }> {
  const now = house.now();
  const [found] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.accountId, account.id), eq(conversations.peer, peer)));
  const conversation = found === undefined ? null : await lockForDelivery(tx, found.id);
  if (conversation === null) return { kind: "nothing" };
  const waiting = await tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.conversationId, conversation.id), eq(outbox.state, "waiting"), lte(outbox.notBefore, now)))
    .orderBy(asc(outbox.seq))
    .limit(ROWS_AT_ONCE);
  const rows = waiting.filter(
    (row) =>
      (row.deputyId === null || row.deputyId === conversation.deputyId) && contentOf(house, row).mediaId === undefined,
  );
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
    .set({ state: "sending", awaitsContact: false, leaseUntil: new Date(now.getTime() + LEASE_MS) })
    .where(
      inArray(
        outbox.id,
        parcel.rows.map((row) => row.id),
      ),
    );
  return { kind: "claimed", parcel, conversationId: conversation.id };
}

function pack(house: House, rows: readonly OutboxRow[], split: Sender["split"]): Parcel {
  return compose(
    rows.map((row) => ({ row, content: contentOf(house, row) })),
    "passive",
    split,
  );
}

async function handOver(house: House, jurisdictionId: string, conversationId: string, parcel: Parcel): Promise<void> {
  const now = house.now();
  const { sent, of } = parcel.pieces;
  await house.database.inCounty(jurisdictionId, async (tx) => {
    const conversation = await lockForDelivery(tx, conversationId);
    if (conversation === null) return;
    const ids = parcel.rows.map((row) => row.id);
    await tx
      .update(outbox)
      .set(
        sent < of
          ? { state: "waiting", piecesSent: sent, leaseUntil: null }
          : { state: "delivered", piecesSent: of, leaseUntil: null, reason: null, settledAt: now },
      )
      .where(and(inArray(outbox.id, ids), eq(outbox.state, "sending")));
    await tx
      .update(attempts)
      .set({ outcome: "delivered", endedAt: now })
      .where(and(inArray(attempts.outboxId, ids), eq(attempts.outcome, "pending")));
    await remember(tx, conversation, parcel.rows, now);
  });
}
