import { and, asc, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../db/database.ts";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { jurisdictions } from "../../db/schema/county.ts";
import { outbox } from "../../db/schema/outbox.ts";
import type { ChannelAccount } from "../channels/channel.ts";
import type { Inbound, Window } from "../domain/message.ts";
import { hear, type Outcome } from "./hear.ts";
import type { House } from "./house.ts";
import { readPayload } from "./inbox.ts";
import { type Conversation, rise, type Sitting, sit } from "./sitting.ts";

/** Names one person on one account; what a queue job carries. */
export type ReceiveKey = { readonly jurisdictionId: string; readonly accountId: string; readonly peer: string };

/** After so many failures a message is put aside, visibly, so that those behind it are heard. */
const TRIES = 5;
const MESSAGES_AT_ONCE = 50;

type InboxRow = typeof inbox.$inferSelect;

/**
 * Lets the waiting messages of one person take effect, in order, in one transaction.
 *
 * Run again, it finds nothing and changes nothing. A message that breaks its handler is tried again and, after five
 * tries, put aside with the reason.
 * @returns the conversations that now have something to deliver
 */
export async function receive(house: House, key: ReceiveKey): Promise<{ conversations: string[] }> {
  const found = await house.accounts.byId(key.jurisdictionId, key.accountId);
  if (found === null) throw new Error("the channel account of a waiting message is gone");
  let current: InboxRow | undefined;
  try {
    return await house.database.inCounty(key.jurisdictionId, async (tx) => {
      const opened = await openSitting(house, tx, key, found.account);
      if (opened === null) return { conversations: [] };
      const { sitting, rows } = opened;
      for (const row of rows) {
        current = row;
        const inbound = readPayload(house.vault, row);
        if (inbound.window !== null) await openWindow(sitting, inbound.window);
        await finish(sitting, row, await hear(sitting, row, inbound));
      }
      current = undefined;
      await rise(sitting);
      return { conversations: [...sitting.toDeliver] };
    });
  } catch (error) {
    if (current === undefined) throw error;
    await blame(house, key, current, error);
    throw error;
  }
}

async function openSitting(
  house: House,
  tx: Transaction,
  key: ReceiveKey,
  account: ChannelAccount,
): Promise<{ sitting: Sitting; rows: InboxRow[] } | null> {
  const [known, county] = await Promise.all([
    lockConversation(tx, key),
    tx.select({ name: jurisdictions.name, settings: jurisdictions.settings }).from(jurisdictions),
  ]);
  const rows = await tx
    .select()
    .from(inbox)
    .where(and(eq(inbox.accountId, key.accountId), eq(inbox.peer, key.peer), isNull(inbox.processedAt)))
    .orderBy(asc(inbox.seq))
    .limit(MESSAGES_AT_ONCE);
  const first = rows[0];
  if (first === undefined || county[0] === undefined) return null;
  const now = house.now();
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
  await sitting.tx
    .update(inbox)
    .set({ processedAt: sitting.now, outcome: outcome.kind, caseId: outcome.caseId ?? null })
    .where(eq(inbox.seq, row.seq));
}

async function blame(house: House, key: ReceiveKey, row: InboxRow, error: unknown): Promise<void> {
  const failure = error instanceof Error ? error.message.slice(0, 500) : "unknown";
  const putAside = row.attempts + 1 >= TRIES;
  house.log.error({ seq: row.seq, attempt: row.attempts + 1, putAside, failure }, "a message could not be handled");
  await house.database.inCounty(key.jurisdictionId, (tx) =>
    tx
      .update(inbox)
      .set({
        attempts: sql`${inbox.attempts} + 1`,
        failure,
        ...(putAside ? { processedAt: house.now(), outcome: "put-aside" } : {}),
      })
      .where(and(eq(inbox.seq, row.seq), isNull(inbox.processedAt)))
      .then(() => undefined),
  );
}
