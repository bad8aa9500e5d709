import { and, asc, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../db/database.ts";
import { isPassing } from "../../db/passing-error.ts";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { jurisdictions } from "../../db/schema/county.ts";
import { outbox } from "../../db/schema/outbox.ts";
import type { ChannelAccount } from "../channels/channel.ts";
import type { Inbound, Window } from "../domain/message.ts";
import { takeable } from "./ahead.ts";
import { blameMessage } from "./failing.ts";
import { hear, type Outcome } from "./hear.ts";
import type { House } from "./house.ts";
import { readPayload } from "./inbox.ts";
import { type Conversation, rise, type Sitting, sit } from "./sitting.ts";
import { warnOfDanger } from "./urgent.ts";

/** Names one person on one account; what a queue job carries. */
export type ReceiveKey = { readonly jurisdictionId: string; readonly accountId: string; readonly peer: string };

const MESSAGES_AT_ONCE = 50;

type InboxRow = typeof inbox.$inferSelect;
type Heard = { conversations: string[]; outcomes: string[] };

/**
 * Lets the waiting messages of one person take effect, in order, in one transaction.
 *
 * Run again, it finds nothing and changes nothing. Where one breaks its handler, those before it are heard, and it waits
 * for its next try, or for a person to look at it; those behind it wait too, but for dangers to life (see `takeable`).
 * @returns the conversations that now have something to deliver, and where each message ended
 */
export async function receive(house: House, key: ReceiveKey): Promise<Heard> {
  const found = await house.accounts.byId(key.jurisdictionId, key.accountId);
  if (found === null) throw new Error("the channel account of a waiting message is gone");
  try {
    return await hearWaiting(house, key, found.account, MESSAGES_AT_ONCE, () => undefined);
  } catch (error) {
    if (isPassing(error)) throw error;
    return hearOneByOne(house, key, found.account);
  }
}

/** Each in a transaction of its own: a write may fail long after the message that caused it, so only this tells which. */
async function hearOneByOne(house: House, key: ReceiveKey, account: ChannelAccount): Promise<Heard> {
  const conversations = new Set<string>();
  const outcomes: string[] = [];
  for (let turn = 0; turn < MESSAGES_AT_ONCE; turn += 1) {
    let current: InboxRow | null = null;
    try {
      const heard = await hearWaiting(house, key, account, 1, (row) => {
        current = row;
      });
      if (heard.outcomes.length === 0) break;
      for (const conversation of heard.conversations) conversations.add(conversation);
      outcomes.push(...heard.outcomes);
    } catch (error) {
      if (current === null || isPassing(error)) throw error;
      for (const conversation of await warnAtLeast(house, key, account, current)) conversations.add(conversation);
      // It is held from now on: the next turn finds only dangers behind it.
      await blameMessage(house, current, error);
    }
  }
  return { conversations: [...conversations], outcomes };
}

/**
 * A danger to life of which no case could be made is answered with the emergency reply all the same, when it breaks its
 * handler for the first time: whatever else is wrong, the person hears at once whom to call.
 */
async function warnAtLeast(
  house: House,
  key: ReceiveKey,
  account: ChannelAccount,
  row: InboxRow,
): Promise<ReadonlySet<string>> {
  if (!row.urgent || row.attempts > 0) return new Set();
  try {
    return await house.database.inCounty(key.jurisdictionId, async (tx) => {
      const opened = await openSitting(house, tx, key, account, 1, () => undefined);
      if (opened === null || opened.rows[0]?.seq !== row.seq) return new Set<string>();
      const inbound = readPayload(house.vault, row);
      if (inbound.window !== null) await openWindow(opened.sitting, inbound.window);
      warnOfDanger(opened.sitting, inbound.content);
      await rise(opened.sitting);
      return opened.sitting.toDeliver;
    });
  } catch (error) {
    house.log.error({ err: error, seq: row.seq }, "not even the emergency reply could be written");
    return new Set();
  }
}

/** @param takeUp is told each message before anything is done about it */
async function hearWaiting(
  house: House,
  key: ReceiveKey,
  account: ChannelAccount,
  limit: number,
  takeUp: (row: InboxRow) => void,
): Promise<Heard> {
  return house.database.inCounty(key.jurisdictionId, async (tx) => {
    const opened = await openSitting(house, tx, key, account, limit, takeUp);
    if (opened === null) return { conversations: [], outcomes: [] };
    const { sitting, rows } = opened;
    try {
      const outcomes = await hearAll(house, sitting, rows, takeUp);
      return { conversations: [...sitting.toDeliver], outcomes };
    } catch (error) {
      throw await firstFailure(sitting, error);
    }
  });
}

async function hearAll(
  house: House,
  sitting: Sitting,
  rows: readonly InboxRow[],
  takeUp: (row: InboxRow) => void,
): Promise<string[]> {
  const outcomes: string[] = [];
  for (const row of rows) {
    takeUp(row);
    const inbound = readPayload(house.vault, row);
    if (inbound.window !== null) await openWindow(sitting, inbound.window);
    const outcome = await hear(sitting, row, inbound);
    await finish(sitting, row, outcome);
    outcomes.push(outcome.kind);
  }
  await rise(sitting);
  return outcomes;
}

/** A write that nobody waited for fails all that come after it: it is the cause, not they. */
async function firstFailure(sitting: Sitting, error: unknown): Promise<unknown> {
  const writes = await Promise.allSettled(sitting.pending);
  const failed = writes.find((write) => write.status === "rejected");
  return failed === undefined ? error : failed.reason;
}

async function openSitting(
  house: House,
  tx: Transaction,
  key: ReceiveKey,
  account: ChannelAccount,
  limit: number,
  takeUp: (row: InboxRow) => void,
): Promise<{ sitting: Sitting; rows: InboxRow[] } | null> {
  const [known, county] = await Promise.all([
    lockConversation(tx, key),
    tx.select({ name: jurisdictions.name, settings: jurisdictions.settings }).from(jurisdictions),
  ]);
  const now = house.now();
  const waiting = await tx
    .select()
    .from(inbox)
    .where(and(eq(inbox.accountId, key.accountId), eq(inbox.peer, key.peer), isNull(inbox.processedAt)))
    .orderBy(asc(inbox.seq))
    .limit(limit);
  const rows = await takeable(tx, key, waiting, { now, limit, isDeputy: known !== null && known.deputyId !== null });
  const first = rows[0];
  if (first === undefined || county[0] === undefined) return null;
  takeUp(first);
  const conversation = known ?? (await createConversation(house, tx, key, readPayload(house.vault, first), now));
  if (known === null) {
    // Another worker may have created it in the meantime and taken the messages: what it took is not ours any more.
    const left = await tx
      .select({ seq: inbox.seq })
      .from(inbox)
      .where(
        and(
          inArray(
            inbox.seq,
            rows.map((row) => row.seq),
          ),
          isNull(inbox.processedAt),
        ),
      );
    const still = new Set(left.map((row) => row.seq));
    rows.splice(0, rows.length, ...rows.filter((row) => still.has(row.seq)));
    if (rows.length === 0) return null;
  }
  return { sitting: sit(house, tx, { county: county[0], account, conversation }), rows };
}

async function lockConversation(tx: Transaction, key: ReceiveKey): Promise<Conversation | null> {
  const [row] = await tx
    .select()
    .from(conversations)
    .where(and(eq(conversations.accountId, key.accountId), eq(conversations.peer, key.peer)))
    .for("no key update");
  return row ?? null;
}

async function createConversation(
  house: House,
  tx: Transaction,
  key: ReceiveKey,
  first: Inbound,
  now: Date,
): Promise<Conversation> {
  const [created] = await tx
    .insert(conversations)
    .values({
      id: newId(),
      jurisdictionId: key.jurisdictionId,
      accountId: key.accountId,
      peer: key.peer,
      peerSealed: house.vault.seal(first.sender, peerPurpose(key.jurisdictionId)),
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning();
  const conversation = created ?? (await lockConversation(tx, key));
  if (conversation === null) throw new Error("a conversation could not be opened");
  return conversation;
}

/** What a person's platform id is sealed for. */
export function peerPurpose(jurisdictionId: string): string {
  return `peer:${jurisdictionId}`;
}

/**
 * The latest action refreshes the allowance to the larger one (protocols: quotas do not add up); what waited for the
 * person, or for its next try, may go. Whoever acts on the account can be written to.
 */
async function openWindow(sitting: Sitting, window: Window): Promise<void> {
  const { conversation, now, tx } = sitting;
  conversation.following = true;
  const isOpen = conversation.windowUntil !== null && conversation.windowUntil > now;
  const until = new Date(now.getTime() + window.durationMs);
  conversation.windowLeft = isOpen ? Math.max(conversation.windowLeft, window.messages) : window.messages;
  conversation.windowUntil =
    isOpen && conversation.windowUntil !== null && conversation.windowUntil > until ? conversation.windowUntil : until;
  const freed = await tx
    .update(outbox)
    .set({
      awaitsContact: false,
      tries: 0,
      notBefore: sql`case when ${outbox.tries} > 0 then least(${outbox.notBefore}, ${now.toISOString()}::timestamptz)
        else ${outbox.notBefore} end`,
    })
    .where(
      and(
        eq(outbox.conversationId, conversation.id),
        eq(outbox.state, "waiting"),
        or(eq(outbox.awaitsContact, true), gt(outbox.tries, 0)),
      ),
    )
    .returning({ id: outbox.id });
  if (freed.length > 0) sitting.toDeliver.add(conversation.id);
}

async function finish(sitting: Sitting, row: InboxRow, outcome: Outcome): Promise<void> {
  const [heard] = await sitting.tx
    .update(inbox)
    .set({ processedAt: sitting.now, outcome: outcome.kind, caseId: outcome.caseId ?? null, failure: null })
    .where(and(eq(inbox.seq, row.seq), isNull(inbox.processedAt)))
    .returning({ seq: inbox.seq });
  if (heard === undefined) throw new Error("a message was put aside while it was heard");
}
