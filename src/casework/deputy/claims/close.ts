import { and, desc, eq, inArray } from "drizzle-orm";
import { type CaseRecord, caseEvents, caseMessages } from "../../../../db/schema/cases.ts";
import type { How } from "../../../domain/case/claims.ts";
import { outcomeOf } from "../../../domain/dialog/closing.ts";
import { howSaid } from "../../../domain/dialog/unit/claim-answers.ts";
import { boundWordingOf } from "../../../domain/wording/bound.ts";
import { type Closing, closeCase, unitOf } from "../../actions/close-case.ts";
import { addToThread, CLOSING_WORDS } from "../../cases/thread.ts";
import { setQuestion } from "../../outbox/questions.ts";
import { supersede, tell } from "../../outbox/tell.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf } from "../case-commands.ts";

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

/**
 * Closes a case, and those that go with it, with these words; the deputy is told that its resident is being told.
 *
 * @param answer what the deputy is told instead; null for nothing, where somebody else says it
 */
export async function closeWith(
  turn: Turn,
  subject: CaseRecord,
  closing: Closing,
  answer?: string | null,
): Promise<void> {
  await closeCase(turn, subject, closing, await deputyOf(turn));
  const told = answer === undefined ? wordingFor(turn).closeTaken({ number: subject.number }) : answer;
  if (told !== null) answerDeputy(turn, told);
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
