import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import { setQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import { answersOnly } from "../runtime/accounts.ts";
import { type Sitting, wordingFor } from "../turn/turn.ts";

/** A question waits this long for what may follow in the same breath; the receipt must be out within 5 s. */
const QUESTION_DELAY_MS = 3_000;

/** Asks the one question; what it offers is remembered, so that a bare number answers it. */
export function askWhere(
  sitting: Sitting,
  subject: CaseRecord,
  finding: PlaceFinding,
  options: { readonly turn: 1 | 2; readonly shown?: "photo" | "voice" | "video" | null },
): void {
  const asked = finding.kind === "ask" ? finding : ({ why: "nothing", choices: [] } as const);
  supersede(sitting, ["question", "prompt"]);
  tell(sitting, {
    kind: "question",
    subject,
    words: wordingFor(sitting).askWhere({
      number: subject.number,
      turn: options.turn,
      why: asked.why,
      shown: options.shown ?? null,
      labels: asked.choices.map((choice) => choice.label),
    }),
    notBefore: questionTime(sitting),
  });
  setQuestion(sitting, {
    kind: "where",
    case: subject.number,
    turn: options.turn,
    why: asked.why,
    choices: [...asked.choices],
    at: sitting.now.toISOString(),
  });
}

/** Asks for the right place where the known one is wrong, and there is nothing to choose from. */
export function askAnotherPlace(sitting: Sitting, subject: CaseRecord): void {
  const { number } = subject;
  supersede(sitting, ["question"]);
  tell(sitting, { kind: "question", subject, words: wordingFor(sitting).askAnotherPlace({ number }) });
  setQuestion(sitting, {
    kind: "where",
    case: number,
    turn: 1,
    why: "nothing",
    choices: [],
    at: sitting.now.toISOString(),
  });
}

/** An account that answers only can do so only in the same breath. */
function questionTime(sitting: Sitting): Date {
  const delayMs = answersOnly(sitting.account) ? 0 : QUESTION_DELAY_MS;
  return new Date(sitting.now.getTime() + delayMs);
}
