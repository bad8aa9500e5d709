import { and, asc, count, eq, inArray, isNull, lt, lte, ne, not, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import type { OutboxRow } from "../../../db/schema/outbox.ts";
import { attempts, outbox } from "../../../db/schema/outbox.ts";
import type { ChannelAccount, Sender } from "../../channels/channel.ts";
import type { Inbound, Outbound } from "../../domain/messages/message.ts";
import { readTrial } from "../county/trial.ts";
import { keysOf } from "../inbox/repetition.ts";
import type { OutgoingKind } from "../outbox/content.ts";
import { contentOf } from "../outbox/content.ts";
import { numbersOf, remembering } from "../outbox/remembering.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { changeConversation, lockConversation } from "../turn/conversation.ts";
import { afterCall } from "./after-call.ts";
import { compose, type Envelope } from "./envelope.ts";
import { withoutHeldBack } from "./held-back.ts";
import { leaseFor, leaseIsOver } from "./lease.ts";
import { allPiecesSeen } from "./settle.ts";
import { withoutStrangers } from "./still-to-know.ts";

/** The passive reply that the answer to this very request may carry; `handedOver` is called once the answer was written to the platform. */
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
 * Takes what waits for a person as the passive reply to their own message.
 *
 * The platform gives no other sign of success than that it does not ask again; asked again for the same message, it gets
 * the same words again.
 * @param inbound the message that is being answered, stored already
 */
export async function passiveReply(runtime: Runtime, account: ChannelAccount, inbound: Inbound): Promise<PassiveReply> {
  const { jurisdictionId } = account;
  const found = await runtime.accounts.byId(jurisdictionId, account.id);
  if (found === null) return { kind: "nothing" };
  const { sender } = found;
  const peer = runtime.vault.blindIndex(inbound.sender, account.id);
  const given = await runtime.database.inCounty(jurisdictionId, async (tx) => {
    if (!(await isProcessed(tx, account, inbound, peer))) return { kind: "not-yet" as const };
    return claim(runtime, tx, { account, sender }, peer, inbound.dedupeKey);
  });
  if (given.kind !== "given") return given;
  const { message } = given.envelope;
  if (message.kind === "photo" || message.kind === "code") return { kind: "nothing" };
  const handedOver = () => handOver(runtime, jurisdictionId, inbound.dedupeKey, given.envelope);
  return { kind: "reply", outbound: message, handedOver };
}

/** What this person was given for this very message, at the piece that it was then; others' messages may have its key. */
async function givenBefore(tx: Transaction, conversationId: string, dedupeKey: string): Promise<OutboxRow[]> {
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
    .where(
      and(eq(attempts.rung, "passive"), eq(attempts.platformId, dedupeKey), eq(outbox.conversationId, conversationId)),
    )
    .orderBy(asc(outbox.seq));
  return rows.map(({ row, piecesSent }) => ({ ...row, piecesSent }));
}

async function isProcessed(tx: Transaction, account: ChannelAccount, inbound: Inbound, peer: string): Promise<boolean> {
  const [row] = await tx
    .select({ processedAt: inbox.processedAt })
    .from(inbox)
    .where(
      and(
        eq(inbox.accountId, account.id),
        eq(inbox.peer, peer),
        inArray(inbox.dedupeKey, keysOf(inbound.dedupeKey, peer)),
      ),
    );
  return row !== undefined && row.processedAt !== null;
}

async function claim(
  runtime: Runtime,
  tx: Transaction,
  { account, sender }: { readonly account: ChannelAccount; readonly sender: Sender },
  peer: string,
  dedupeKey: string,
): Promise<{ kind: "nothing" | "not-yet" } | { kind: "given"; envelope: Envelope }> {
  const now = runtime.now();
  const [found] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.accountId, account.id), eq(conversations.peer, peer)));
  const conversation = found === undefined ? null : await lockConversation(tx, found.id);
  if (conversation === null) return { kind: "nothing" };
  // Only under the lock is it known what another request for the same message was given meanwhile.
  const repeated = await givenBefore(tx, conversation.id, dedupeKey);
  if (repeated.length > 0) return { kind: "given", envelope: pack(runtime, repeated, sender) };
  const ofConversation = eq(outbox.conversationId, conversation.id);
  const [onItsWay] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(ofConversation, eq(outbox.state, "sending"), not(leaseIsOver)))
    .limit(1);
  if (onItsWay !== undefined) return { kind: "not-yet" };
  const waiting = await tx
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
  const theirs = await withoutStrangers(tx, waiting, now);
  const isInTrial = (await readTrial(tx)).isOn;
  const rows = await withoutHeldBack(tx, conversation, theirs, { channel: account.channel, now, isInTrial });
  if (rows.length === 0) return { kind: "nothing" };
  const envelope = pack(runtime, rows, sender);
  await tx.insert(attempts).values(
    envelope.rows.map((row) => ({
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
        envelope.rows.map((row) => row.id),
      ),
    );
  return { kind: "given", envelope };
}

function pack(runtime: Runtime, rows: readonly OutboxRow[], sender: Sender): Envelope {
  return compose(
    rows.map((row) => ({ row, content: contentOf(runtime, row) })),
    "passive",
    sender,
  );
}

/** Only what nobody has settled in the meantime; a second writing of the same answer changes nothing. */
async function handOver(
  runtime: Runtime,
  jurisdictionId: string,
  dedupeKey: string,
  envelope: Envelope,
): Promise<void> {
  const now = runtime.now();
  await runtime.database.inCounty(jurisdictionId, async (tx) => {
    const [first] = envelope.rows;
    const conversation = first?.conversationId == null ? null : await lockConversation(tx, first.conversationId);
    if (conversation === null) return;
    const sentIds = envelope.rows.map((row) => row.id);
    const ended = await tx
      .update(attempts)
      .set({ outcome: "delivered", endedAt: now })
      .where(
        and(
          eq(attempts.rung, "passive"),
          eq(attempts.platformId, dedupeKey),
          eq(attempts.outcome, "pending"),
          inArray(attempts.outboxId, sentIds),
        ),
      )
      .returning({ outboxId: attempts.outboxId });
    if (ended.length === 0) return;
    const ids = ended.map((attempt) => attempt.outboxId);
    const call = { rung: "passive", pieces: envelope.pieces, now, random: 0, idempotentMs: 0 } as const;
    const verdict = afterCall(
      { tries: 0, firstTriedAt: null },
      { outcome: "delivered", platformId: dedupeKey },
      { ...call, seenToEnd: await allPiecesSeen(tx, envelope) },
    );
    await tx
      .update(outbox)
      .set({ leaseUntil: null, ...verdict, awaitsContact: verdict.state === "waiting" })
      .where(and(inArray(outbox.id, ids), eq(outbox.state, "sending")));
    const dialog = remembering(conversation.dialog, envelope.rows, await numbersOf(tx, envelope.rows), now);
    if (dialog !== null) await changeConversation(tx, conversation.id, { dialog });
  });
}
