import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";

/** The answer to what a deputy said just now, as a message of this turn that belongs to no case; and so the outcome of a command. */
export function answerDeputy(turn: Turn, words: string): Outcome {
  tell(turn, { kind: "deputy-answer", subject: null, words });
  return { kind: "command" };
}
