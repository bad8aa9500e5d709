import type { Act } from "../../understanding/meaning.ts";
import type { Reason } from "../../understanding/model.ts";
import type { Decision } from "../../understanding/policy.ts";

/** The grounds on which a text was understood so: what is recorded of each decision. */
export type Why = {
  /** What decided, in the order in which it is asked. */
  readonly rule: "hard-danger" | "grammar" | "danger" | "accusation" | "costs" | "context" | "vote" | "question";
  readonly act: Act | null;
  readonly likeliest: Act;
  /** Of the act that was taken, or of the likeliest. */
  readonly probability: number;
  readonly danger: Decision["danger"];
  readonly accusation: Decision["accusation"];
  readonly signs: readonly ("hard-danger" | "danger" | "accusation")[];
  readonly weights: string;
  /** Finds what in the words spoke most for the act: only where somebody asks, for it takes as long as the reading. */
  readonly because: () => readonly Reason[];
};
