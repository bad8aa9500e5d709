import type { OpenQuestion } from "../domain/dialog.ts";
import type { Sitting } from "./sitting.ts";
import { supersede } from "./tell.ts";

/** So many questions are remembered besides the last one. */
const MOST_ASIDE = 4;

/** Opens a question. One that it pushes aside is open again when this one is answered: no case loses its question. */
export function setQuestion(sitting: Sitting, question: OpenQuestion): void {
  const { question: before, aside = [] } = sitting.conversation.dialog;
  const kept = [before, ...aside].filter((one) => one !== undefined && isAnotherThan(question, one));
  remember(sitting, [question, ...kept.filter((one) => one !== undefined)]);
}

/**
 * Ends the open question, and takes it back if it has not left yet.
 *
 * @param about only a question about this case, the last one or one that was pushed aside
 */
export function clearQuestion(sitting: Sitting, about?: string): void {
  const { question, aside = [] } = sitting.conversation.dialog;
  if (question === undefined) return;
  const all = [question, ...aside];
  const left = about === undefined ? aside : all.filter((one) => !("case" in one && one.case === about));
  if (left.length === all.length) return;
  remember(sitting, left);
  if (!left.includes(question)) supersede(sitting, ["question"]);
}

/** Ends just this question, be it the last one or one that was pushed aside. */
export function endQuestion(sitting: Sitting, ended: OpenQuestion): void {
  const { question, aside = [] } = sitting.conversation.dialog;
  if (question === undefined) return;
  remember(
    sitting,
    [question, ...aside].filter((one) => one !== ended),
  );
  if (question === ended) supersede(sitting, ["question"]);
}

function remember(sitting: Sitting, questions: readonly OpenQuestion[]): void {
  const { question: _question, aside: _aside, ...rest } = sitting.conversation.dialog;
  const [question, ...aside] = questions;
  sitting.conversation.dialog = {
    ...rest,
    ...(question === undefined ? {} : { question }),
    ...(aside.length === 0 ? {} : { aside: aside.slice(0, MOST_ASIDE) }),
  };
}

/** Whether something is still open with the former question; a deputy's is asked anew with the command that it was about. */
function isAnotherThan(question: OpenQuestion, former: OpenQuestion): boolean {
  switch (former.kind) {
    case "where":
    case "rating":
      return !(question.kind === former.kind && question.case === former.case);
    case "which-case":
      return former.waiting.length > 0 && !(question.kind === "which-case" && question.waiting.length > 0);
    case "deputy-which-case":
      return false;
  }
}
