import { and, desc, eq, inArray } from "drizzle-orm";
import { type CaseRecord, caseEvents, cases } from "../../../db/schema/cases.ts";
import { caseLinks } from "../../../db/schema/console.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import { questionsOf, withQuestions } from "../../domain/dialog/open-questions.ts";
import { quote } from "../../domain/text/quote.ts";
import { replyOn, setClocksAgain } from "../cases/clocks.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { closedWith, ledBy } from "../cases/led.ts";
import { record } from "../cases/record.ts";
import { giveBackToUnit } from "../handovers/after-claims.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tellResident } from "../outbox/tell.ts";
import { changeConversation } from "../turn/conversation.ts";
import { lockPerson } from "../turn/person.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";
import { deputyOf } from "./case-commands.ts";

/** Sends the resident of a case what is right, after words of this deputy that were not; a closed case stays closed. */
export async function correctAsDeputy(turn: Turn, subject: CaseRecord, text: string): Promise<void> {
  const me = await deputyOf(turn);
  const wording = wordingFor(turn);
  const { number } = subject;
  if ((await lastActOf(turn, subject, ["replied", "closed"], me.by)) === null) {
    answerDeputy(turn, wording.nothingToCorrect({ number }));
    return;
  }
  const holder = await holderOf(turn, subject);
  const { closedAt } = subject;
  const led = closedAt === null ? await ledBy(turn, subject) : await closedWith(turn, subject, closedAt);
  for (const one of [subject, ...led]) {
    record(turn, one, "message_added", me.by, { kinds: ["correction"] });
    await tellResident(turn, one, (theirs) => ({
      kind: "reply",
      words: theirs.correction({ number: one.number, deputy: me.name, text: quote(text) }),
      threadText: text,
      party: "deputy",
      isAnswer: true,
      notice: noticeOf(one, holder),
    }));
  }
  answerDeputy(turn, wording.correctTaken({ number, isClosed: subject.closedAt !== null }));
}

/**
 * Takes a deputy's own closing of a case back: it is open again, due as before, and the resident is told so and is not asked for a
 * verdict any more. Word of the closing that has not left yet does not leave.
 *
 * The resident's conversation must be locked before the case is: see {@link lockResident}.
 */
export async function reopenAsDeputy(turn: Turn, subject: CaseRecord, reason: string): Promise<void> {
  const me = await deputyOf(turn);
  const wording = wordingFor(turn);
  const { number } = subject;
  if (subject.closedAt === null) {
    answerDeputy(turn, wording.notClosed({ number }));
    return;
  }
  if ((await lastActOf(turn, subject, ["closed"]))?.by !== me.by) {
    answerDeputy(turn, wording.notYoursToReopen({ number }));
    return;
  }
  const told: boolean[] = [];
  for (const one of [subject, ...(await closedWith(turn, subject, subject.closedAt))]) {
    told.push(await reopenOne(turn, one, me, reason));
  }
  answerDeputy(turn, wording.reopenTaken({ number, dueOn: dueOf(subject), isTold: told.includes(true) }));
}

/** @returns whether word of the closing had left, so that the resident is told */
async function reopenOne(
  turn: Turn,
  subject: CaseRecord,
  me: Awaited<ReturnType<typeof deputyOf>>,
  reason: string,
): Promise<boolean> {
  const { number, dueOn, dueWithin } = subject;
  const again = { reopenings: subject.reopenings + 1, dueOn, dueWithin };
  record(turn, subject, "reopened", me.by, again, {
    ...again,
    outcome: null,
    closedAt: null,
    rating: null,
    verdictUntil: null,
    escalation: 0,
  });
  setClocksAgain(turn, subject, replyOn(turn, dueOn, dueWithin));
  await giveBackToUnit(turn, subject, { who: "deputy", by: me.by });
  const hadLeft = !(await withdrawClosure(turn, subject));
  await endVerdict(turn, subject);
  if (!hadLeft) return false;
  const holder = await holderOf(turn, subject);
  const text = reason === "" ? null : quote(reason);
  await tellResident(turn, subject, (theirs) => ({
    kind: "receipt",
    words: theirs.reopenedByDeputy({ number, deputy: me.name, text, dueOn: dueOf(subject) }),
    isAnswer: true,
    notice: noticeOf(subject, holder),
  }));
  return true;
}

/** Locks the conversations of the residents of a case and of those that go with it before the cases, in the order in which their own words lock them. */
export async function lockResident(turn: Turn, { id, conversationId }: CaseRecord): Promise<void> {
  const led = await turn.tx
    .select({ conversationId: cases.conversationId })
    .from(caseLinks)
    .innerJoin(cases, eq(cases.id, caseLinks.caseId))
    .where(eq(caseLinks.leadingId, id));
  const all = new Set([conversationId, ...led.map((one) => one.conversationId).sort()]);
  all.delete(turn.conversation.id);
  for (const one of all) await lockPerson(turn.tx, one);
}

async function lastActOf(
  turn: Turn,
  subject: CaseRecord,
  types: readonly ("replied" | "closed")[],
  by?: string,
): Promise<{ readonly by: string } | null> {
  const [last] = await turn.tx
    .select({ by: caseEvents.by })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.caseId, subject.id),
        inArray(caseEvents.type, [...types]),
        by === undefined ? undefined : eq(caseEvents.by, by),
      ),
    )
    .orderBy(desc(caseEvents.seq))
    .limit(1);
  return last ?? null;
}

/**
 * Withdraws word of the closing that waits to leave, or to be told again.
 *
 * @returns whether none of it had left
 */
async function withdrawClosure(turn: Turn, subject: CaseRecord): Promise<boolean> {
  const ofClosing = and(eq(outbox.caseId, subject.id), eq(outbox.kind, "closure"));
  const withdrawn = await turn.tx
    .update(outbox)
    .set({ state: "superseded", settledAt: turn.now })
    .where(and(ofClosing, eq(outbox.state, "waiting")))
    .returning({ tries: outbox.tries, noticedAt: outbox.noticedAt, repeats: outbox.repeats });
  await turn.tx
    .update(outbox)
    .set({ repeatsLeft: 0 })
    .where(and(ofClosing, eq(outbox.state, "uncertain")));
  return withdrawn.some(({ tries, noticedAt, repeats }) => tries === 0 && noticedAt === null && repeats === null);
}

async function endVerdict(turn: Turn, { number, conversationId }: CaseRecord): Promise<void> {
  if (conversationId === turn.conversation.id) {
    clearQuestion(turn, number);
    return;
  }
  const resident = await lockPerson(turn.tx, conversationId);
  // It was asked in the chat in which they spoke last.
  for (const { id, dialog } of resident === null ? [] : [resident.conversation, ...resident.linked]) {
    const asked = questionsOf(dialog);
    const left = asked.filter((one) => !(one.kind === "rating" && one.case === number));
    if (left.length < asked.length) await changeConversation(turn.tx, id, { dialog: withQuestions(dialog, left) });
  }
}
