import type { Question } from "../../domain/wording/question.ts";
import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";

/** Answers somebody who speaks for a station; it stands in the thread of no case. @param caseId the case of which they spoke */
export function answer(turn: Turn, words: string | Question, caseId?: string): Outcome {
  tell(turn, { kind: "handover-answer", subject: null, words, aboutCase: caseId });
  return { kind: "command", ...(caseId !== undefined && { caseId }) };
}
