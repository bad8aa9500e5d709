import { questionsOf, withQuestion, withQuestions } from "../../domain/dialog/open-questions.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import type { Sitting } from "../turn/turn.ts";
import { supersede } from "./tell.ts";

/** Opens a question to the person who speaks. */
export function setQuestion(sitting: Sitting, question: OpenQuestion): void {
  sitting.conversation.dialog = withQuestion(sitting.conversation.dialog, question);
}

/**
 * Ends the open question, and takes it back if it has not left yet.
 *
 * @param about only a question about this case, the last one or one that was pushed aside
 */
export function clearQuestion(sitting: Sitting, about?: string): void {
  const { question } = sitting.conversation.dialog;
  end(sitting, (one) => (about === undefined ? one === question : "case" in one && one.case === about));
}

/** Ends just this question, be it the last one or one that was pushed aside. */
export function endQuestion(sitting: Sitting, ended: OpenQuestion): void {
  end(sitting, (one) => one === ended);
}

function end(sitting: Sitting, isEnded: (question: OpenQuestion) => boolean): void {
  const { dialog } = sitting.conversation;
  const all = questionsOf(dialog);
  const left = all.filter((one) => !isEnded(one));
  if (left.length === all.length) return;
  sitting.conversation.dialog = withQuestions(dialog, left);
  if (dialog.question !== undefined && isEnded(dialog.question)) supersede(sitting, ["question"]);
}
