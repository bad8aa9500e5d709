import { questionsOf, withQuestion, withQuestions } from "../../domain/dialog/open-questions.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import type { Turn } from "../turn/turn.ts";
import { supersede } from "./tell.ts";

/** Opens a question to the person of this turn. */
export function setQuestion(turn: Turn, question: OpenQuestion): void {
  turn.conversation.dialog = withQuestion(turn.conversation.dialog, question);
}

/**
 * Ends the open question, and withdraws it if it has not been sent yet.
 *
 * @param about only a question about this case, the last one or one that was pushed aside
 */
export function clearQuestion(turn: Turn, about?: string): void {
  const { question } = turn.conversation.dialog;
  end(turn, (one) => (about === undefined ? one === question : "case" in one && one.case === about));
}

/** Ends this one question, whether it is the last one asked or one that was put aside. */
export function endQuestion(turn: Turn, ended: OpenQuestion): void {
  end(turn, (one) => one === ended);
}

function end(turn: Turn, isEnded: (question: OpenQuestion) => boolean): void {
  const { dialog } = turn.conversation;
  const all = questionsOf(dialog);
  const left = all.filter((one) => !isEnded(one));
  if (left.length === all.length) return;
  turn.conversation.dialog = withQuestions(dialog, left);
  if (dialog.question !== undefined && isEnded(dialog.question)) supersede(turn, ["question"]);
}
