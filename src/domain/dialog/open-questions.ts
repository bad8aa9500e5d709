import type { DialogState, OpenQuestion } from "./state.ts";

/** So many questions are remembered besides the last one. */
const MOST_ASIDE = 4;

/** The open questions of a person, the last one asked first. */
export function questionsOf({ question, aside = [] }: DialogState): readonly OpenQuestion[] {
  return question === undefined ? [] : [question, ...aside];
}

/**
 * The dialog with one more question open. One that it puts aside is open again when this one is answered: no case loses
 * its question.
 */
export function withQuestion(dialog: DialogState, question: OpenQuestion): DialogState {
  return withQuestions(dialog, [question, ...questionsOf(dialog).filter((former) => staysOpen(former, question))]);
}

/**
 * The dialog with a question for the verdict on a closed case: before other verdicts, for a number answers the last
 * question; behind whatever else is open, for that has waited longer and decides more.
 */
export function withVerdictAsked(
  dialog: DialogState,
  question: Extract<OpenQuestion, { kind: "rating" }>,
): DialogState {
  const others = questionsOf(dialog).filter((former) => staysOpen(former, question));
  const first = others.filter((one) => one.kind !== "rating");
  const ratings = others.filter((one) => one.kind === "rating");
  return withQuestions(dialog, [...first, question, ...ratings]);
}

/** The dialog with just these questions open, the first of them as the last one asked. */
export function withQuestions(dialog: DialogState, questions: readonly OpenQuestion[]): DialogState {
  const { question: _question, aside: _aside, ...rest } = dialog;
  const [question, ...aside] = questions;
  return {
    ...rest,
    ...(question === undefined ? {} : { question }),
    ...(aside.length === 0 ? {} : { aside: aside.slice(0, MOST_ASIDE) }),
  };
}

/** Whether something is still open with a former question; a deputy's is asked anew with the command that it was about. */
function staysOpen(former: OpenQuestion, question: OpenQuestion): boolean {
  switch (former.kind) {
    case "where":
    case "rating":
    case "look-again":
      return !(question.kind === former.kind && question.case === former.case);
    case "which-case":
      return former.waiting.length > 0 && !(question.kind === "which-case" && question.waiting.length > 0);
    case "which-act":
      return former.waiting.length > 0 && question.kind !== "which-act";
    case "phrase":
    case "weekly":
      return false;
    case "unit-done":
    case "closing-how":
      return !("case" in question && question.case === former.case);
    case "closing-words":
    case "all-or-one":
    case "pressed":
      return question.kind === "rating";
    case "deputy-which-case":
      return question.kind === "rating" || question.kind === "unit-done";
  }
}

/** A question to somebody as a deputy; a deputy is asked as a resident too. */
type DeputysQuestion = Extract<
  OpenQuestion,
  {
    kind:
      | "deputy-which-case"
      | "unit-done"
      | "closing-how"
      | "closing-words"
      | "all-or-one"
      | "pressed"
      | "phrase"
      | "weekly";
  }
>;

const DEPUTYS: readonly string[] = [
  "deputy-which-case",
  "unit-done",
  "closing-how",
  "closing-words",
  "all-or-one",
  "pressed",
  "phrase",
  "weekly",
] satisfies DeputysQuestion["kind"][];

/** Whether a question is one to a deputy. */
export function isDeputys(question: OpenQuestion): question is DeputysQuestion {
  return DEPUTYS.includes(question.kind);
}
