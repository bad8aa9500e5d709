import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Answers what a deputy said just now, with a message of this turn that belongs to no case; gives the outcome of a
 * command.
 */
export function answerDeputy(turn: Turn, words: string): Outcome {
  tell(turn, { kind: "deputy-answer", subject: null, words });
  return { kind: "command" };
}
