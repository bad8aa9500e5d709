import type { RULES } from "../../contract/rules.ts";
import type { Handlers } from "../operations.ts";
import { coverageHandlers } from "./coverage.ts";
import { dryRunHandlers } from "./dry-runs.ts";
import { nameHandlers } from "./names.ts";
import { REVIEW_HANDLERS } from "./review.ts";
import { trialHandlers } from "./trials.ts";

/** The handlers of the console's operations on rules. */
export function rulesHandlers(services: { readonly timeZone: string }): Handlers<typeof RULES> {
  return {
    ...trialHandlers(services),
    ...dryRunHandlers(services),
    ...REVIEW_HANDLERS,
    ...nameHandlers(services),
    ...coverageHandlers(services),
  };
}
