import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import type { Question } from "../../domain/wording/question.ts";
import { setQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import { answersOnly } from "../runtime/accounts.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

/** A question waits this long for what may follow in the same burst; the receipt must be out within 5 s. */
const QUESTION_DELAY_MS = 3_000;

/**
 * Asks the resident where the matter lies; the choices offered are remembered, so that a bare number answers the
 * question.
 */
export function askWhere(
  turn: Turn,
  subject: CaseRecord,
  finding: PlaceFinding,
  options: {
    readonly turn: 1 | 2;
    readonly shown?: "photo" | "voice" | "video" | "file" | null;
    /** What is said with the question: the way of a petition. */
    readonly route?: string | null;
  },
): void {
  supersede(turn, ["question", "prompt"]);
  if (subject.minor) {
    askSchool(turn, subject, options.route ?? null);
    return;
  }
  const asked = finding.kind === "ask" ? finding : ({ why: "nothing", choices: [] } as const);
  const question = wordingFor(turn).askWhere({
    number: subject.number,
    turn: options.turn,
    why: asked.why,
    shown: options.shown ?? null,
    labels: asked.choices.flatMap((choice) => ("elsewhere" in choice ? [] : [choice.label])),
    orElsewhere: asked.choices.some((choice) => "elsewhere" in choice),
  });
  tell(turn, { kind: "question", subject, words: withRoute(question, options.route), notBefore: questionTime(turn) });
  setQuestion(turn, {
    kind: "where",
    case: subject.number,
    turn: options.turn,
    why: asked.why,
    choices: [...asked.choices],
    at: turn.now.toISOString(),
  });
}

/** So many townships are offered by number: more are not read on a phone. */
const MOST_OFFERED = 8;

/** Asks the resident once in which township they are, for it is all that their question depends on. */
export async function askTownship(turn: Turn, subject: CaseRecord): Promise<void> {
  const receiving = (await turn.lookups.receptions()).map(({ township }) => township);
  const townships = [...new Set(receiving)].toSorted();
  const labels = townships.length > MOST_OFFERED ? [] : townships;
  const { number } = subject;
  supersede(turn, ["question", "prompt"]);
  const words = wordingFor(turn).askTownship({ number, labels });
  tell(turn, { kind: "question", subject, words, notBefore: questionTime(turn) });
  setQuestion(turn, {
    ...{ kind: "where", case: number, turn: 2, why: "nothing" },
    ...{ choices: labels.map((label) => ({ label, township: label })), at: turn.now.toISOString() },
  });
}

/** Asks a child for the name of their school and for nothing else, once: what is not known then is for the office. */
function askSchool(turn: Turn, subject: CaseRecord, route: string | null): void {
  const { number } = subject;
  const words = withRoute(wordingFor(turn).askSchool({ number }), route);
  tell(turn, { kind: "question", subject, words, notBefore: questionTime(turn) });
  const at = turn.now.toISOString();
  setQuestion(turn, { kind: "where", case: number, turn: 2, why: "nothing", choices: [], at });
}

function withRoute(question: Question, route: string | null | undefined): Question {
  return route == null ? question : { ...question, text: `${route}\n${question.text}` };
}

/** Asks the resident for the right place where the known one is wrong and there are no choices to offer. */
export function askAnotherPlace(turn: Turn, subject: CaseRecord): void {
  const { number } = subject;
  supersede(turn, ["question"]);
  if (subject.minor) {
    askSchool(turn, subject, null);
    return;
  }
  tell(turn, { kind: "question", subject, words: wordingFor(turn).askAnotherPlace({ number }) });
  setQuestion(turn, {
    kind: "where",
    case: number,
    turn: 1,
    why: "nothing",
    choices: [],
    at: turn.now.toISOString(),
  });
}

/**
 * The time at which a question leaves: later than what may follow in the same burst. An account that answers only can ask only in
 * the answer to this very message.
 */
export function questionTime(turn: Turn): Date {
  const delayMs = answersOnly(turn.account, turn.abilities) ? 0 : QUESTION_DELAY_MS;
  return new Date(turn.now.getTime() + delayMs);
}
