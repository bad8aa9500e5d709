import { and, eq, inArray, isNotNull, isNull, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseEvents, caseMessages, cases } from "../../../db/schema/cases.ts";
import { categoryCorrections } from "../../../db/schema/categories.ts";
import { caseNotes, casePeople, phoneTasks } from "../../../db/schema/console.ts";
import { type Conversation, conversations, inbox } from "../../../db/schema/conversations.ts";
import { media } from "../../../db/schema/media.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { audience, troubleMarks } from "../../../db/schema/topics.ts";
import { understandings } from "../../../db/schema/understandings.ts";
import { endFollowing } from "../actions/followers.ts";
import { ownCases } from "../cases/load.ts";
import { forgetWords } from "../cases/search-words.ts";
import { keyPurpose } from "../cases/thread.ts";
import { forgetCaseFiles } from "../errands/errands.ts";
import { dropFiles } from "../inbox/drop-files.ts";
import { readPayload, sealPayload } from "../inbox/payload.ts";
import { sealContent } from "../outbox/content.ts";
import { remindersOf } from "../outbox/withdraw.ts";
import { partAllChats, partChat } from "../persons/part.ts";
import type { Turn } from "../turn/turn.ts";
import { erasePosts } from "../web-chat/posts.ts";
import { forgetLessons } from "./forget-lessons.ts";

/** The result of an erasure: what was erased, and which cases keep their words for now. */
export type Erasure = { readonly erased: number; readonly open: readonly CaseRecord[] };

/** What stands where words were. */
const ERASED = "";
/** What has left, or never will: no more than this is taken from the outbox. */
const SETTLED = ["delivered", "failed", "uncertain", "superseded"] as const;

/** The chats of whose words an erasure is: all of their person's, or the one of the turn alone. */
type OfChats = "all" | "this";

/**
 * Erases what a resident said, as far as nobody needs it any more (个人信息保护法 art. 47): words, originals and photos of
 * closed cases, with their keys, and all that belongs to no case.
 *
 * An open case keeps its words until it is closed, a sealed one for the office. Numbers, days, places and events stay:
 * they are the office's record, and say nothing of the person. The chats are joined no more afterwards.
 *
 * @param of `all` where they ask for it; `this` where one platform's account has ended
 */
export async function eraseWords(turn: Turn, of: OfChats): Promise<Erasure> {
  const chats = of === "all" ? [turn.conversation, ...turn.linked] : [turn.conversation];
  const mine = await allCases(turn, chats);
  const erased = mine.filter((one) => one.closedAt !== null && !one.sealed);
  const kept = mine.filter((one) => !erased.includes(one)).map((one) => one.id);
  for (const subject of erased) await eraseCase(turn, subject);
  if (erased.length > 0) await forgetCaseFiles(turn.tx);
  const ids = erased.map((one) => one.id);
  const theirs = or(...chats.map(saidIn));
  await eraseInbox(turn, or(and(theirs, or(isNull(inbox.caseId), notInArray(inbox.caseId, kept))), ofCases(turn, ids)));
  await keepFromLearning(turn, chats);
  const chatIds = chats.map((chat) => chat.id);
  await eraseOutbox(turn, and(inArray(outbox.conversationId, chatIds), isNull(outbox.caseId)));
  const shown = new Set((await ownCases(turn)).map((one) => one.id));
  const forgotten = { homeGrid: null, eraseAskedAt: turn.now };
  Object.assign(turn.conversation, forgotten);
  await turn.tx.update(conversations).set(forgotten).where(inArray(conversations.id, chatIds));
  if (of === "all") await partAllChats(turn);
  else await partChat(turn);
  const open = mine.filter((one) => one.closedAt === null && !one.sealed && shown.has(one.id));
  return { erased: erased.length, open };
}

function saidIn({ accountId, peer }: Conversation): SQL | undefined {
  return and(eq(inbox.accountId, accountId), eq(inbox.peer, peer));
}

/** Erases the words of one closed case, and the messages that brought them; the rest of what its resident said stays. */
export async function eraseOne(turn: Turn, subject: CaseRecord): Promise<void> {
  await eraseCase(turn, subject);
  await forgetCaseFiles(turn.tx);
  await eraseInbox(turn, ofCases(turn, [subject.id]));
}

/** Also those of long ago, which nothing that is said now can be about, and what is shown in the chat alone in which it was opened. */
async function allCases(turn: Turn, chats: readonly Conversation[]): Promise<CaseRecord[]> {
  const chatIds = chats.map((chat) => chat.id);
  const lately = (await ownCases(turn)).filter((one) => chatIds.includes(one.conversationId));
  const ids = lately.map((one) => one.id);
  const others = await turn.tx
    .select()
    .from(cases)
    .where(and(inArray(cases.conversationId, chatIds), notInArray(cases.id, ids)))
    .for("no key update");
  return [...lately, ...others];
}

async function eraseCase(turn: Turn, subject: CaseRecord): Promise<void> {
  const { tx } = turn;
  await erasePhotos(turn, subject);
  await tx
    .update(caseMessages)
    .set({ text: ERASED, original: null, mediaId: null })
    .where(eq(caseMessages.caseId, subject.id));
  await endFollowing(turn, subject);
  await forgetWords(tx, subject.id);
  await tx.delete(caseNotes).where(eq(caseNotes.caseId, subject.id));
  await tx.delete(casePeople).where(eq(casePeople.caseId, subject.id));
  await tx.delete(troubleMarks).where(eq(troubleMarks.caseId, subject.id));
  await tx.delete(audience).where(eq(audience.caseId, subject.id));
  await tx.delete(phoneTasks).where(eq(phoneTasks.caseId, subject.id));
  await tx.delete(categoryCorrections).where(eq(categoryCorrections.caseId, subject.id));
  await eraseOutbox(turn, or(eq(outbox.caseId, subject.id), toldWithAnother(subject), remindersOf(subject.id)));
  const gone = { summary: ERASED, keyWrapped: turn.runtime.vault.newKey(keyPurpose(turn.jurisdictionId)).wrapped };
  Object.assign(subject, gone);
  await tx.update(cases).set(gone).where(eq(cases.id, subject.id));
}

/** What deputies were told of this case's words under the number of the one with which it went: at the moments of its own events. */
function toldWithAnother({ id }: CaseRecord): SQL {
  return sql`(${outbox.deputyId} is not null and ${outbox.caseId} in (
      select ahead.id from case_events e join cases ahead on ahead.number = e.details ->> 'into' and ahead.jurisdiction_id = e.jurisdiction_id
      where e.case_id = ${id} and e.type = 'merged')
    and ${outbox.createdAt} in (select e.at from case_events e where e.case_id = ${id} and e.type in ('merged', 'message_added')))`;
}

async function erasePhotos(turn: Turn, subject: CaseRecord): Promise<void> {
  const { tx } = turn;
  const shown = await tx
    .select({ id: media.id })
    .from(caseMessages)
    .innerJoin(media, eq(caseMessages.mediaId, sql`${media.id}::text`))
    .where(and(eq(caseMessages.caseId, subject.id), isNotNull(caseMessages.mediaId)));
  await dropFiles(
    turn,
    shown.map((one) => one.id),
    "erased",
  );
}

/** What was to be told again is not, for its words are gone with the first telling of them. */
async function eraseOutbox(turn: Turn, which: SQL | undefined): Promise<void> {
  await erasePosts(turn.tx, which);
  await turn.tx
    .update(outbox)
    .set({ state: "superseded", settledAt: turn.now })
    .where(and(which, eq(outbox.state, "waiting"), isNotNull(outbox.repeats)));
  await turn.tx
    .update(outbox)
    .set({ state: "superseded" })
    .where(and(which, eq(outbox.state, "held")));
  await turn.tx
    .update(outbox)
    .set({ content: sealContent(turn, { text: ERASED }) })
    .where(and(which, inArray(outbox.state, SETTLED)));
}

/** The messages that told of one of these cases beside another one, to which they are assigned. */
function messagesWith({ tx }: Turn, ids: readonly string[]) {
  return tx
    .select({ seq: sql<number>`(${caseEvents.details} ->> 'message')::bigint` })
    .from(caseEvents)
    .where(and(inArray(caseEvents.caseId, [...ids]), eq(caseEvents.type, "split")));
}

/** The condition that a message belongs to one of these cases: what their residents said, and what deputies wrote for them. */
function ofCases(turn: Turn, ids: readonly string[]) {
  return or(inArray(inbox.caseId, [...ids]), inArray(inbox.seq, messagesWith(turn, ids)));
}

/** Erases messages as they came, except those that are not heard yet; how they were understood goes with them. */
async function eraseInbox(turn: Turn, which: SQL | undefined): Promise<void> {
  const { vault } = turn.runtime;
  const rows = await turn.tx
    .select({ seq: inbox.seq, accountId: inbox.accountId, payload: inbox.payload })
    .from(inbox)
    .where(and(isNotNull(inbox.processedAt), which));
  for (const row of rows) {
    const content = { kind: "note", name: "erased" } as const;
    const payload = sealPayload(vault, row.accountId, { ...readPayload(vault, row), content });
    await turn.tx.update(inbox).set({ payload }).where(eq(inbox.seq, row.seq));
  }
  const seqs = rows.map((row) => row.seq);
  await turn.tx.delete(understandings).where(inArray(understandings.inboxSeq, seqs));
  await forgetLessons(turn, seqs);
}

/** From what is kept of this person nobody learns any more. */
async function keepFromLearning(turn: Turn, chats: readonly Conversation[]): Promise<void> {
  const left = await turn.tx
    .update(understandings)
    .set({ isNoLesson: true })
    .from(inbox)
    .where(and(eq(inbox.seq, understandings.inboxSeq), or(...chats.map(saidIn))))
    .returning({ seq: understandings.inboxSeq });
  await forgetLessons(
    turn,
    left.map((row) => row.seq),
  );
}
