import { asc, eq, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type Conversation, conversations } from "../../../db/schema/conversations.ts";
import { LIKELIEST_FIRST } from "./deputy-chats.ts";
import type { Turn } from "./turn.ts";

/** The chats of one person: the one that was asked for, and those that are linked with it; all of them locked. */
export type PersonsChats = { readonly conversation: Conversation; readonly linked: readonly Conversation[] };

/**
 * Locks a conversation and those that are linked with it, in the order of their ids, so that no two transactions wait for each other
 * in a circle. A person with one chat costs one statement.
 */
export async function lockPerson(tx: Transaction, conversationId: string): Promise<PersonsChats | null> {
  const own = sql`select own.person_id from conversations own where own.id = ${conversationId}`;
  const rows = await lockChats(tx, orLinked(eq(conversations.id, conversationId), own));
  const conversation = rows.find(({ id }) => id === conversationId);
  return conversation === undefined ? null : withLinked(tx, conversation);
}

/** The condition that a conversation is one of these, or linked with the person whom a query gives. */
export function orLinked(these: SQL | undefined, person: SQL): SQL | undefined {
  return or(these, sql`${conversations.personId} = (${person})`);
}

/** A locked conversation with those that are linked with it, locked. Chats may have been linked while the first lock was waited for. */
export async function withLinked(tx: Transaction, conversation: Conversation): Promise<PersonsChats> {
  const { id, personId } = conversation;
  if (personId === null) return { conversation, linked: [] };
  const rows = await lockChats(tx, eq(conversations.personId, personId));
  return { conversation, linked: rows.filter((one) => one.id !== id) };
}

function lockChats(tx: Transaction, which: SQL | undefined): Promise<Conversation[]> {
  return tx.select().from(conversations).where(which).orderBy(asc(conversations.id)).for("no key update").execute();
}

/** The ids of all chats of the person of a turn, that of the turn first. */
export function personConversations({ conversation, linked }: Pick<Turn, "conversation" | "linked">): string[] {
  return [conversation.id, ...linked.map(({ id }) => id)];
}

/** The ids of all chats of whoever a conversation belongs to, as an array for a query; whose chats they are is looked up once, by indexes. */
export function chatsLinkedWith(conversationId: string): SQL {
  return sql`array(select ${conversationId}::uuid union select k.id from conversations k
    where k.person_id = (select own.person_id from conversations own where own.id = ${conversationId}))`;
}

/** A chat in which a person is told something: its conversation, and the language in which it is written. */
export type ToldChat = Pick<Conversation, "id" | "locale">;

/** The chat of these that is most likely to be read: the twin of {@link LIKELIEST_FIRST} for rows that are at hand. */
export function likeliest(chats: readonly Conversation[]): Conversation | undefined {
  return chats.toSorted((a, b) => Number(b.following) - Number(a.following) || spokenAt(b) - spokenAt(a))[0];
}

const WINDOW_MS = 48 * 3_600_000;

function spokenAt({ lastSpokenAt, windowUntil }: Conversation): number {
  return Math.max(lastSpokenAt?.getTime() ?? 0, (windowUntil?.getTime() ?? 0) - WINDOW_MS);
}

/**
 * Finds the chat of a person in which they are most likely to read; null where there is no such person any more.
 *
 * The answer holds until the commit: whoever takes a chat from a person locks the person first ({@link lockPersonRow}), and gives back
 * what was told there.
 */
export async function likeliestChat(tx: Transaction, personId: string): Promise<ToldChat | null> {
  const [, rows] = await Promise.all([
    tx.execute(sql`select from persons where id = ${personId} for key share`).execute(),
    tx
      .select({ id: conversations.id, locale: conversations.locale })
      .from(conversations)
      .where(eq(conversations.personId, personId))
      .orderBy(LIKELIEST_FIRST)
      .limit(1)
      .execute(),
  ]);
  return rows[0] ?? null;
}

/** Waits for everybody who is telling a person something, and keeps others from beginning to, until the commit. */
export async function lockPersonRow(tx: Transaction, personId: string): Promise<void> {
  await tx.execute(sql`select from persons where id = ${personId} for update`);
}
