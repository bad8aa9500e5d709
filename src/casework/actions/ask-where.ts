import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
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
  options: { readonly turn: 1 | 2; readonly shown?: "photo" | "voice" | "video" | null },
): void {
  const asked = finding.kind === "ask" ? finding : ({ why: "nothing", choices: [] } as const);
  supersede(turn, ["question", "prompt"]);
  tell(turn, {
    kind: "question",
    subject,
    words: wordingFor(turn).askWhere({
      number: subject.number,
      turn: options.turn,
      why: asked.why,
      shown: options.shown ?? null,
      labels: asked.choices.flatMap((choice) => ("elsewhere" in choice ? [] : [choice.label])),
      orElsewhere: asked.choices.some((choice) => "elsewhere" in choice),
    }),
    notBefore: questionTime(turn),
  });
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

/** Asks the resident for the right place where the known one is wrong and there are no choices to offer. */
export function askAnotherPlace(turn: Turn, subject: CaseRecord): void {
  const { number } = subject;
  supersede(turn, ["question"]);
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
  const delayMs = answersOnly(turn.account) ? 0 : QUESTION_DELAY_MS;
  return new Date(turn.now.getTime() + delayMs);
}
