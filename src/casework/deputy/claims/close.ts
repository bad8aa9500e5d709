import { and, desc, eq, inArray } from "drizzle-orm";
import { type CaseRecord, caseEvents, caseMessages } from "../../../../db/schema/cases.ts";
import { handovers } from "../../../../db/schema/ledger.ts";
import { units } from "../../../../db/schema/people.ts";
import type { CaseOutcome } from "../../../domain/case/case.ts";
import { type How, hasLooked } from "../../../domain/case/claims.ts";
import { outcomeOf } from "../../../domain/dialog/closing.ts";
import { howSaid } from "../../../domain/dialog/unit/claim-answers.ts";
import { quote } from "../../../domain/text/quote.ts";
import { boundWordingOf } from "../../../domain/wording/bound.ts";
import type { Question } from "../../../domain/wording/question.ts";
import type { Wording } from "../../../domain/wording/sentences.ts";
import type { Locale } from "../../../domain/wording/wording.ts";
import { setConfirmClock } from "../../cases/clocks.ts";
import { holderOf, noticeOf } from "../../cases/describe.ts";
import { clockFrom } from "../../cases/due-day.ts";
import { ledBy } from "../../cases/led.ts";
import { record } from "../../cases/record.ts";
import { addToThread, CLOSING_WORDS } from "../../cases/thread.ts";
import { confirmReport, endWithCase } from "../../handovers/after-claims.ts";
import { setQuestion } from "../../outbox/questions.ts";
import { supersede, tell, tellResident } from "../../outbox/tell.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf } from "../case-commands.ts";

/** A closing as its deputy says it; `how` is how they know that it is solved. */
type Closing = { readonly text: string; readonly outcome: CaseOutcome; readonly how: How };

/**
 * Closes a case with its result and asks the resident for a verdict; only that verdict makes it good.
 *
 * Of what a unit has, a deputy who does not say how they know that it is solved is asked once, before the resident is told.
 */
export async function closeAsDeputy(turn: Turn, subject: CaseRecord, text: string): Promise<void> {
  const outcome = outcomeOf(text);
  const how = outcome === "solved" ? (howSaid(text) ?? (await howChecked(turn, subject))) : "unsaid";
  if (how !== null) return closeWith(turn, subject, { text, outcome, how });
  if ((await unitOf(turn, subject)) === null) return closeWith(turn, subject, { text, outcome, how: "unsaid" });
  addToThread(turn, subject, { direction: "in", party: "deputy", kind: CLOSING_WORDS, text });
  supersede(turn, ["question"]);
  const words = boundWordingOf(turn.conversation.locale).howKnown({ number: subject.number });
  tell(turn, { kind: "question", subject: null, words });
  setQuestion(turn, { kind: "closing-how", case: subject.number, at: turn.now.toISOString() });
}

/** Closes a case with the words that waited until its deputy said how they know that it is solved. */
export async function closeAsSaid(turn: Turn, subject: CaseRecord, how: How): Promise<void> {
  const text = await lastWords(turn, subject, CLOSING_WORDS);
  const { number } = subject;
  const answer = how === "unsaid" ? boundWordingOf(turn.conversation.locale).closedUnsaid({ number }) : undefined;
  await closeWith(turn, subject, { text, outcome: "solved", how }, answer);
}

/** Closes a case, and those that go with it, with these words; the deputy is told that its resident is being told. */
export async function closeWith(turn: Turn, subject: CaseRecord, closing: Closing, answer?: string): Promise<void> {
  const me = await deputyOf(turn);
  const { outcome, how } = closing;
  const holder = await holderOf(turn, subject);
  const unit = await unitOf(turn, subject);
  const isSolved = outcome === "solved";
  const details = { outcome, ...(isSolved && { how }) };
  for (const one of [subject, ...(await ledBy(turn, subject))]) {
    const confirm = isSolved ? clockFrom(turn, "confirm", one) : null;
    const verdictUntil = confirm?.dueOn ?? null;
    record(turn, one, "closed", me.by, details, { outcome, closedAt: turn.now, verdictUntil });
    if (confirm !== null) setConfirmClock(turn, one, confirm);
    await endWithCase(turn, one, { isSolved, by: me.by });
    await tellResident(turn, one, (wording, locale) => ({
      kind: "closure",
      words: wordsOf({ wording, locale }, { number: one.number, deputy: me.name, unit }, closing),
      threadText: closing.text,
      party: "deputy",
      isAnswer: true,
      notice: noticeOf(one, holder),
    }));
  }
  if (isSolved && hasLooked(how)) await confirmReport(turn, subject, { who: "deputy", by: me.by });
  answerDeputy(turn, answer ?? wordingFor(turn).closeTaken({ number: subject.number }));
}

function wordsOf(
  { wording, locale }: { readonly wording: Wording; readonly locale: Locale },
  { number, deputy, unit }: { readonly number: string; readonly deputy: string; readonly unit: string | null },
  { text, outcome, how }: Closing,
): Question {
  const bound = boundWordingOf(locale);
  const isSolved = outcome === "solved";
  const question = isSolved ? bound.isItFixed({ number }) : wording.askRating({ number });
  const said = isSolved
    ? bound.solved({ number, deputy, how, unit, text: quote(text) })
    : wording.closure({ number, deputy, outcome, text: quote(text) });
  return { ...question, text: `${said}\n${question.text}` };
}

/** How this case's deputy looked at what a unit reported last; null where they did not. */
async function howChecked({ tx }: Turn, { id }: CaseRecord): Promise<How | null> {
  const [last] = await tx
    .select({ type: caseEvents.type, details: caseEvents.details })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.caseId, id),
        inArray(caseEvents.type, ["checked", "visited", "unit_reported", "referred", "reopened"]),
      ),
    )
    .orderBy(desc(caseEvents.seq))
    .limit(1);
  if (last?.type === "visited") return "visit";
  return last?.type === "checked" && last.details.result === "fixed" ? (last.details.how as How) : null;
}

/** The name of the unit that has a case, or reported it; null where none was told of it. */
export async function unitOf({ tx }: Turn, { id }: CaseRecord): Promise<string | null> {
  const [last] = await tx
    .select({ name: units.name })
    .from(handovers)
    .innerJoin(units, eq(units.id, handovers.unitId))
    .where(and(eq(handovers.caseId, id), inArray(handovers.state, ["sent", "accepted", "reported", "confirmed"])))
    .orderBy(desc(handovers.openedAt), desc(handovers.id))
    .limit(1);
  return last?.name ?? null;
}

/** The last words of this kind in the thread of a case. */
export async function lastWords({ tx }: Turn, { id }: CaseRecord, kind: string): Promise<string> {
  const [last] = await tx
    .select({ text: caseMessages.text })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, id), eq(caseMessages.kind, kind)))
    .orderBy(desc(caseMessages.at), desc(caseMessages.id))
    .limit(1);
  return last?.text ?? "";
}
