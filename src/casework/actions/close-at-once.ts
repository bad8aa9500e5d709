import { v7 as newId } from "uuid";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { answerUses } from "../../../db/schema/categories.ts";
import type { AnsweredBy } from "../../domain/answers/answer.ts";
import { withAnswered } from "../../domain/answers/refused.ts";
import { ownCases } from "../cases/load.ts";
import { isInBurst } from "../cases/own-cases.ts";
import { record } from "../cases/record.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tell } from "../outbox/tell.ts";
import { filedUnder } from "../routing/categorise.ts";
import { type Said, workingText } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { keepWords } from "./add-words.ts";
import { createCase } from "./open-case.ts";

/** What answers a question at once: by what, in which words, and the row of the library that has them. */
type AtOnce = {
  readonly by: AnsweredBy;
  readonly words: (number: string) => string;
  readonly answerId?: string;
};

/**
 * Opens a case for a question and closes it with its answer: nobody else is told, nobody is asked for a verdict, and a word of its
 * resident opens it again. The same question once more in the same breath is kept with it.
 */
export async function closeAtOnce(
  turn: Turn,
  said: readonly Said[],
  { category, ...answer }: AtOnce & { readonly category: string | null },
): Promise<CaseRecord> {
  const before = (await ownCases(turn)).find((one) => one.answeredBy === answer.by && isInBurst(turn, one));
  if (before !== undefined) {
    await keepWords(turn, before, said);
    return before;
  }
  const filed = await filedUnder(turn, workingText(said), category === null ? {} : { category });
  const subject = await createCase(turn, said, { ...filed, isDeclined: true });
  endAtOnce(turn, subject, answer);
  return subject;
}

/** Closes an open case, of which nobody but its resident knows yet, with the answer to its question. */
export function endAtOnce(turn: Turn, subject: CaseRecord, { by, words, answerId }: AtOnce): void {
  const { id: caseId, number } = subject;
  const { jurisdictionId, now } = turn;
  clearQuestion(turn, number);
  record(
    turn,
    subject,
    "closed",
    "service",
    { outcome: "explained", how: by },
    { outcome: "explained", closedAt: now, answeredBy: by },
  );
  if (answerId !== undefined) {
    turn.writes.insert(answerUses, { id: newId(), jurisdictionId, answerId, caseId, at: now, refusedAt: null });
  }
  tell(turn, { kind: "receipt", subject, words: words(number), isAnswer: true });
  const { dialog } = turn.conversation;
  const answered = withAnswered(dialog.answered ?? [], { case: number, at: now.toISOString() });
  turn.conversation.dialog = { ...dialog, answered };
}
