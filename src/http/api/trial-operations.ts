import { type Operation, operation } from "./ruleset-operations.ts";

const UNKNOWN = "There is nothing with this number in the county of the token.";
const TOO_MANY = "It has more rules than are tried here, or the day is none.";

/** The operations that preview a decision of the office, or explain one that was made. */
export const TRIAL_OPERATIONS = {
  check: operation({
    summary: "Check a version",
    description: "Against the county as it is and the last 90 days; `ok` when there is no finding.",
    roles: ["office", "reviewer", "auditor"],
    answer: [200, "The findings.", "check"],
    refusals: { 404: UNKNOWN, 422: TOO_MANY },
  }),
  dryRun: operation({
    summary: "Try a version on the past",
    description: "Who would have got what since a day, 90 days ago when left out. Nothing is written.",
    roles: ["office", "reviewer", "auditor"],
    answer: [200, "What would have become of it.", "dryRun"],
    refusals: { 404: UNKNOWN, 422: TOO_MANY },
    query: [{ name: "since", format: "date", description: "The first day that counts, such as 2026-01-01." }],
  }),
} as const satisfies Readonly<Record<string, Operation>>;
