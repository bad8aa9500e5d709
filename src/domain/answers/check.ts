import { isDay } from "../calendar/days.ts";
import type { AnswerContent } from "./answer.ts";

/** A row of a file of answers as somebody wrote it; an empty text where there is nothing. */
export type WrittenAnswer = {
  /** How a problem with it begins, as `answers.csv:4`. */
  readonly at: string;
  readonly code: string;
  readonly title: string;
  /** Between semicolons. */
  readonly triggers: string;
  readonly body: string;
  readonly category: string;
  readonly validFrom: string;
  readonly validUntil: string;
};

/** The most characters of a title. */
export const LONGEST_TITLE = 60;
/** The most characters of one trigger. */
export const LONGEST_TRIGGER = 60;
/** The most characters of a body, which is read on a phone. */
export const LONGEST_BODY = 500;
/** The most triggers of one answer. */
export const MOST_TRIGGERS = 30;
/** The least characters of a trigger: a shorter one would fit questions about anything. */
export const SHORTEST_TRIGGER = 4;

/** The form of an answer's code. */
export const ANSWER_CODE = /^[\p{L}\p{N}][\p{L}\p{N}-]{0,31}$/u;

type Known = { readonly categories: readonly string[]; readonly today: string };

/** A fault of an answer that is whole, by a stable word. */
export type AnswerFault = "unknown-category" | "days-turned" | "day-over" | "trigger-short";

/** Finds what is wrong with an answer that is whole: null where another person may review it. */
export function faultOfAnswer(
  { category, triggers, validFrom, validUntil }: AnswerContent,
  { categories, today }: Known,
): AnswerFault | null {
  if (category !== null && !categories.includes(category)) return "unknown-category";
  if (validUntil < validFrom) return "days-turned";
  if (validUntil < today) return "day-over";
  return triggers.some((trigger) => trigger.length < SHORTEST_TRIGGER) ? "trigger-short" : null;
}

/** The answers that rows make, or every problem as `file:row: what is wrong`, one sentence each; with a problem there are none. */
export type AnswersChecked =
  | { readonly ok: true; readonly answers: readonly AnswerContent[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks rows of a file of answers: each whole, and none twice. */
export function checkAnswers(rows: readonly WrittenAnswer[], known: Known): AnswersChecked {
  const problems: string[] = [];
  const answers: AnswerContent[] = [];
  const seen = new Map<string, string>();
  for (const row of rows) {
    const { answer, faults } = readAnswer(row, known);
    const before = seen.get(row.code);
    if (before !== undefined) faults.push(`the code ${row.code} is that of ${before} already`);
    seen.set(row.code, row.at);
    problems.push(...faults.map((fault) => `${row.at}: ${fault}`));
    answers.push(answer);
  }
  if (rows.length === 0) problems.push("the file holds no answer");
  return problems.length === 0 ? { ok: true, answers } : { ok: false, problems };
}

function readAnswer(row: WrittenAnswer, known: Known): { readonly answer: AnswerContent; readonly faults: string[] } {
  const faults: string[] = [];
  const triggers = [...new Set(row.triggers.split(/[;；\n]/).map((one) => one.trim()))].filter((one) => one !== "");
  const validFrom = row.validFrom === "" ? known.today : row.validFrom;
  const answer = {
    ...{ code: row.code, title: row.title, triggers, body: row.body },
    ...{ category: row.category === "" ? null : row.category, validFrom, validUntil: row.validUntil },
  };
  if (!ANSWER_CODE.test(row.code)) faults.push(`“${row.code}” is no code: letters, digits and -, at most 32`);
  if (row.title === "" || row.title.length > LONGEST_TITLE)
    faults.push(`its title has 1 to ${LONGEST_TITLE} characters`);
  if (row.body === "" || row.body.length > LONGEST_BODY) faults.push(`its body has 1 to ${LONGEST_BODY} characters`);
  if (triggers.length === 0 || triggers.length > MOST_TRIGGERS) faults.push(`it has 1 to ${MOST_TRIGGERS} triggers`);
  if (triggers.some(({ length }) => length > LONGEST_TRIGGER))
    faults.push(`a trigger has at most ${LONGEST_TRIGGER} characters`);
  const days = [
    [validFrom, row.validFrom],
    [row.validUntil, row.validUntil],
  ] as const;
  const wrong = days.filter(([day]) => !isDay(day)).map(([, said]) => said);
  faults.push(...wrong.map((said) => `there is no day “${said}”: write it as ${known.today}`));
  const fault = wrong.length > 0 ? null : faultOfAnswer(answer, known);
  if (fault !== null) faults.push(sayFault(fault, answer, known));
  return { answer, faults };
}

function sayFault(
  fault: AnswerFault,
  { category, validFrom, validUntil }: AnswerContent,
  { categories }: Known,
): string {
  switch (fault) {
    case "unknown-category":
      return `there is no category “${category}”: leave it empty, or take one of ${categories.join(", ")}`;
    case "days-turned":
      return `it would end on ${validUntil}, before it begins on ${validFrom}`;
    case "day-over":
      return `it would have ended on ${validUntil}`;
    case "trigger-short":
      return `a trigger has at least ${SHORTEST_TRIGGER} characters: a shorter one fits questions about anything`;
  }
}
