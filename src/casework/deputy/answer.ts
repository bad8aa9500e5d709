import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

/**
 * Answers what a deputy said just now, with a message of this turn that belongs to no case; gives the outcome of a
 * command. In a trial it adds that residents who are not listed are told nothing.
 */
export function answerDeputy(turn: Turn, words: string): Outcome {
  const isInTrial = turn.county.settings.trial?.isOn === true;
  const whole = isInTrial ? `${words}\n${wordingFor(turn).residentsUntold()}` : words;
  tell(turn, { kind: "deputy-answer", subject: null, words: whole });
  return { kind: "command" };
}
