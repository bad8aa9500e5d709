import { and, asc, eq, inArray, lt, notInArray, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../../db/database.ts";
import { cases } from "../../../../db/schema/cases.ts";
import { type Conversation, conversations } from "../../../../db/schema/conversations.ts";
import { attempts, type OutboxRow, outbox } from "../../../../db/schema/outbox.ts";
import { MOST_MOVES, MOVED, stepAcross } from "../../../domain/messages/across-chats.ts";
import { mayCross } from "../../cases/visible-to.ts";
import { contentOf, type OutgoingKind } from "../../outbox/content.ts";
import type { FoundAccount } from "../../runtime/accounts.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { ConversationKey } from "../../turn/conversation.ts";
import { LIKELIEST_FIRST } from "../../turn/deputy-chats.ts";
import { reachOf } from "../reach.ts";

/** What belongs to what is being said in one chat: a question is asked where it was asked, for a copy would be answered twice. */
const STAYS: readonly OutgoingKind[] = [
  "question",
  "revision",
  "prompt",
  "notice",
  "not-open",
  "handover",
  "handover-answer",
  "duty",
];

type Chat = { readonly conversation: Conversation; readonly found: FoundAccount };

/**
 * Gives what waits for a person in one of their chats, where nothing can be sent now, to another one in which it can, in its order.
 *
 * A transaction of its own: all chats are locked in the order of their ids, and looked at again. What has left in part, is being sent,
 * or may have arrived stays, and so does what belongs to its chat alone and whatever was given on three times; nothing goes to anybody but the
 * same deputy or the same resident, and nothing of a case that may not be told in other chats.
 *
 * @returns the chats that have something to be sent now
 */
export async function moveChat(runtime: Runtime, key: ConversationKey): Promise<readonly string[]> {
  return runtime.database.inCounty(key.jurisdictionId, async (tx) => {
    // Almost everybody has one chat, and nothing of theirs is locked.
    const [own] = await tx.select().from(conversations).where(eq(conversations.id, key.conversationId));
    if (own === undefined || !(await hasAnotherChat(tx, own))) return [];
    const now = runtime.now();
    const locked = await lockChats(tx, key.conversationId);
    const found = await Promise.all(
      locked.map(async (conversation) => ({
        conversation,
        found: await runtime.accounts.byId(conversation.jurisdictionId, conversation.accountId),
      })),
    );
    const chats = found.flatMap((one): Chat[] => (one.found === null ? [] : [{ ...one, found: one.found }]));
    const here = chats.find(({ conversation }) => conversation.id === key.conversationId);
    const others = chats.filter((one) => one !== here);
    if (here === undefined || others.length === 0) return [];
    const rows = await movable(tx, here.conversation);
    const reaches = [here, ...others].map((one) => reachOf(one.conversation, one.found, now));
    const moves = rows.flatMap((row) => {
      const hasNotice = contentOf(runtime, row).notice !== undefined;
      const waiting = { isAnswer: row.isAnswer, hasNotice, noticed: row.noticedAt !== null };
      const step = stepAcross(waiting, reaches, now);
      const chat = step.step === "send" && step.chat > 0 ? others[step.chat - 1] : undefined;
      return chat === undefined ? [] : [{ row, chat }];
    });
    // All of them go to one chat, for what is said in order is read in one place.
    const target = moves[0]?.chat;
    if (target === undefined) return [];
    await give(
      tx,
      moves.filter(({ chat }) => chat === target).map(({ row }) => row),
      target,
      now,
    );
    return [target.conversation.id];
  });
}

/** Whether the person of a conversation has another chat to which what is for them there may be given. */
export async function hasAnotherChat(tx: Transaction, { id, deputyId, personId }: Conversation): Promise<boolean> {
  if (deputyId === null && personId === null) return false;
  const theirs =
    deputyId === null ? sql`${conversations.personId} = ${personId}` : sql`${conversations.deputyId} = ${deputyId}`;
  const rows = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(sql`${theirs} and ${conversations.id} <> ${id}`)
    .limit(1);
  return rows.length > 0;
}

/** The chats of the deputy or the resident of a conversation, locked in the order of their ids; the likeliest first. */
async function lockChats(tx: Transaction, id: string): Promise<readonly Conversation[]> {
  const of = (column: SQL) => sql`(select ${column} from conversations own where own.id = ${id})`;
  const deputys = sql`${conversations.deputyId} = ${of(sql`own.deputy_id`)}`;
  // A deputy's chat has no person.
  const residents = sql`${conversations.personId} = ${of(sql`own.person_id`)}`;
  const locked = await tx
    .select()
    .from(conversations)
    .where(sql`${conversations.id} = ${id} or ${deputys} or ${residents}`)
    .orderBy(asc(conversations.id))
    .for("no key update");
  const own = locked.find((one) => one.id === id);
  const isTheirs = (one: Conversation) =>
    one.id === id ||
    (own?.deputyId != null && one.deputyId === own.deputyId) ||
    (own?.deputyId === null && own.personId !== null && one.personId === own.personId);
  const ids = sql`${sql.param(locked.filter(isTheirs).map((one) => one.id))}::uuid[]`;
  return tx.select().from(conversations).where(sql`${conversations.id} = any(${ids})`).orderBy(LIKELIEST_FIRST);
}

/** What waits in a chat for its deputy, or its resident, and may be told in another one of theirs; in its order. */
async function movable(tx: Transaction, { id, deputyId }: Conversation): Promise<OutboxRow[]> {
  const mayHaveArrived = sql`exists (select from ${attempts} where ${attempts.outboxId} = ${outbox.id}
    and ${attempts.rung} in ('direct', 'passive') and ${attempts.outcome} in ('uncertain', 'pending', 'delivered'))`;
  const ofCase =
    deputyId === null
      ? sql`(${outbox.caseId} is null or exists (select from ${cases} where ${cases.id} = ${outbox.caseId} and ${mayCross}))`
      : sql`(${outbox.caseId} is null or exists (select from ${cases} where ${cases.id} = ${outbox.caseId} and not ${cases.sealed}))`;
  return tx
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, id),
        eq(outbox.state, "waiting"),
        deputyId === null ? sql`${outbox.deputyId} is null` : eq(outbox.deputyId, deputyId),
        eq(outbox.piecesSent, 0),
        lt(outbox.moves, MOST_MOVES),
        notInArray(outbox.kind, [...STAYS]),
        sql`not ${mayHaveArrived}`,
        ofCase,
      ),
    )
    .orderBy(asc(outbox.seq));
}

/** What was parked or tried is due from when it was written, as after a contact. */
async function give(
  tx: Transaction,
  rows: readonly OutboxRow[],
  { conversation, found }: Chat,
  now: Date,
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await tx
    .update(outbox)
    .set({
      ...{ conversationId: conversation.id, awaitsContact: false, reason: null, tries: 0 },
      moves: sql`${outbox.moves} + 1`,
      notBefore: sql`case when ${outbox.tries} > 0 or ${outbox.awaitsContact} then least(${outbox.notBefore}, ${outbox.createdAt})
        else ${outbox.notBefore} end`,
    })
    .where(inArray(outbox.id, ids));
  const at = sql`${now.toISOString()}::timestamptz`;
  await tx.execute(sql`
    insert into attempts (id, jurisdiction_id, outbox_id, rung, started_at, ended_at, outcome, reason)
    select gen_random_uuid(), o.jurisdiction_id, o.id, ${MOVED}, ${at}, ${at}, ${MOVED}, ${found.account.channel}
    from outbox o where o.id = any(${sql.param(ids)}::uuid[])`);
}
