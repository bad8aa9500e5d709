import { and, eq, isNull, lt, max, not, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, caseEvents, cases } from "../../../db/schema/cases.ts";
import { conversations, waitsForAct, waitsForAnswer, waitsForHow } from "../../../db/schema/conversations.ts";
import { REHEARSAL_CHANNEL } from "../../domain/case/rehearsal.ts";
import { questionsOf } from "../../domain/dialog/open-questions.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import { askWhere } from "../actions/ask-where.ts";
import { openCase } from "../actions/open-case.ts";
import { placeCase } from "../actions/place-case.ts";
import { isLed, leaderOf } from "../cases/led.ts";
import { ownCases } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { isRehearsed } from "../cases/rehearsed.ts";
import { closeUnsaid } from "../deputy/claims/answer.ts";
import { giveCaseTo, waitingWords } from "../inbox/words.ts";
import { clearQuestion, endQuestion } from "../outbox/questions.ts";
import { tell } from "../outbox/tell.ts";
import { verdictIn } from "../resident/verdict/rate.ts";
import { leaveRecordings, leaveUnheard } from "../resident/voice/left-to-office.ts";
import { NO_PLACE } from "../routing/find-place.ts";
import { NOWHERE } from "../routing/whereabouts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn, wordingFor } from "../turn/turn.ts";

/** "Where?" is asked once more after a day of silence; after another the case is closed as `no_contact` (field.md E, sample 1). */
const REMIND_MS = 24 * 3_600_000;

/** A follow-up whose case the resident does not name goes to the office as a case of its own, so that it has an owner. */
const UNNAMED_MS = 3_600_000;

/** A deputy who does not say how they know that a case is solved closes it without that. */
const UNSAID_MS = 30 * 60_000;

/** A "where?" about a case that has a place already is dropped when it was unanswered for so long. */
const FORGOTTEN_MS = 48 * 3_600_000;

const AT_ONCE = 100;

/** Finds the conversations in which a question has waited too long for its answer. */
export async function silent(tx: Transaction, now: Date): Promise<string[]> {
  const aDayAgo = new Date(now.getTime() - REMIND_MS);
  const remindedLately = tx
    .select({ one: sql`1` })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, cases.id), isReminder(), sql`${caseEvents.at} > ${aDayAgo.toISOString()}`));
  const [unplaced, unanswered] = await Promise.all([
    tx
      .selectDistinct({ id: cases.conversationId })
      .from(cases)
      .where(
        and(
          isNull(cases.closedAt),
          isNull(cases.deputyId),
          eq(cases.state, "clarifying"),
          not(isLed),
          not(isRehearsed),
          lt(cases.lastSpokenAt, aDayAgo),
          sql`not exists ${remindedLately}`,
        ),
      )
      .limit(AT_ONCE),
    tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(
        sql`(${waitsForAnswer} or ${waitsForAct} or ${waitsForHow})
          and not exists (select from channel_accounts n where n.id = ${conversations.accountId} and n.channel = ${REHEARSAL_CHANNEL})
          and exists (
          select from jsonb_array_elements(
            coalesce(${conversations.dialog} -> 'aside', '[]') || jsonb_build_array(${conversations.dialog} -> 'question')
          ) as asked
          where (asked ->> 'kind' in ('which-case', 'which-act') and asked ->> 'at' < ${new Date(now.getTime() - UNNAMED_MS).toISOString()})
            or (asked ->> 'kind' = 'closing-how' and asked ->> 'at' < ${new Date(now.getTime() - UNSAID_MS).toISOString()})
            or (asked ->> 'kind' = 'where' and asked ->> 'at' < ${new Date(now.getTime() - FORGOTTEN_MS).toISOString()}))`,
      )
      .limit(AT_ONCE),
  ]);
  return [...new Set([...unplaced, ...unanswered].map((row) => row.id))];
}

/**
 * Attends to the unanswered questions of a conversation: reminds of one, closes its case as `no_contact`, gives it to
 * the office, or drops it.
 *
 * @returns the conversations that now have something to deliver
 */
export async function lookAfter(
  runtime: Runtime,
  tx: Transaction,
  conversationId: string,
): Promise<ReadonlySet<string>> {
  const turn = await openTurn(runtime, tx, conversationId);
  if (turn === null) return new Set();
  for (const subject of await ownCases(turn)) {
    // Who has the case with which it goes does not need to know where this one is.
    if (subject.state === "clarifying" && (await leaderOf(turn, subject)) === null) await remindOrClose(turn, subject);
  }
  for (const question of questionsOf(turn.conversation.dialog)) {
    const silentMs = turn.now.getTime() - Date.parse(question.at);
    const isUnnamed = question.kind === "which-case" || question.kind === "which-act";
    if (isUnnamed && silentMs > UNNAMED_MS) await giveUnnamedToOffice(turn, question);
    if (question.kind === "closing-how" && silentMs > UNSAID_MS) await closeUnsaid(turn, question);
    if (question.kind === "where" && silentMs > FORGOTTEN_MS) clearQuestion(turn, question.case);
  }
  await finishTurn(turn);
  return turn.toDeliver;
}

/** A question for whose answer words wait. */
type Unnamed = Extract<OpenQuestion, { kind: "which-case" | "which-act" }>;

async function giveUnnamedToOffice(turn: Turn, question: Unnamed): Promise<void> {
  const said = await waitingWords(turn, question.waiting);
  endQuestion(turn, question);
  const [first] = said;
  if (
    first === undefined ||
    (question.kind === "which-case" && question.about === "rate" && verdictIn(turn, first).satisfied)
  )
    return;
  if (question.kind === "which-act" && question.isHeard === true) {
    await leaveRecordings(turn, said);
    return;
  }
  const opened = await openCase(turn, said, NO_PLACE, { toOffice: true });
  await giveCaseTo(turn, said, opened);
}

async function remindOrClose(turn: Turn, subject: CaseRecord): Promise<void> {
  const remindedAt = await lastReminder(turn, subject);
  const isReminded = remindedAt !== null && remindedAt >= subject.lastSpokenAt;
  const since = isReminded ? remindedAt : subject.lastSpokenAt;
  if (turn.now.getTime() - since.getTime() <= REMIND_MS) return;
  // A child is asked once.
  if (subject.minor) {
    await placeCase(turn, subject, NOWHERE);
    return;
  }
  if (!isReminded) askOnceMore(turn, subject);
  else if (!(await leaveUnheard(turn, subject))) setAside(turn, subject);
}

function askOnceMore(turn: Turn, subject: CaseRecord): void {
  const asked = questionsOf(turn.conversation.dialog).find(
    (one) => one.kind === "where" && one.case === subject.number,
  );
  record(turn, subject, "reminded", "service", {});
  askWhere(turn, subject, asked?.kind === "where" ? { ...asked, kind: "ask" } : NO_PLACE, { turn: 2 });
}

function setAside(turn: Turn, subject: CaseRecord): void {
  const { number } = subject;
  clearQuestion(turn, number);
  const outcome = "no_contact";
  record(turn, subject, "closed", "service", { outcome }, { outcome, closedAt: turn.now });
  const words = wordingFor(turn).closedWithoutContact({ number });
  tell(turn, { kind: "courtesy", mustKnow: true, subject, words, isAnswer: true });
}

async function lastReminder(turn: Turn, subject: CaseRecord): Promise<Date | null> {
  const [row] = await turn.tx
    .select({ at: max(caseEvents.at) })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, subject.id), isReminder()));
  return row?.at ?? null;
}

function isReminder() {
  return and(eq(caseEvents.type, "reminded"), eq(caseEvents.by, "service"));
}
