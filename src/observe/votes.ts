import type { Voter } from "../casework/runtime/voter.ts";
import type { Tally } from "./watch.ts";

/** Wraps a voter so that every call of its model is counted and timed. */
export function watchVoter(voter: Voter, tally: Pick<Tally, "asked">): Voter {
  return {
    isReady: voter.isReady,
    async ask(text) {
      const startedAt = performance.now();
      const asked = await voter.ask(text);
      tally.asked(asked.vote === null ? asked.why : "voted", (performance.now() - startedAt) / 1000);
      return asked;
    },
  };
}
