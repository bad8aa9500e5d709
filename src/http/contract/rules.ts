import { z } from "zod";
import { COVERAGE } from "./coverage.ts";
import type { Contract } from "./operation.ts";
import { DRY_RUNS } from "./rules/dry-runs.ts";
import { RULE_NAMES } from "./rules/rule-names.ts";
import { RULE_REVIEW } from "./rules/rule-review.ts";
import { RULE_TRIALS } from "./rules/rule-trials.ts";
import { CHECK_FINDING, CONTENT, ONE_VERSION, READERS, RULESET, RULESET_WHOLE } from "./rules/rules-shapes.ts";

const SUBMITTED = RULESET.extend({ findings: z.array(CHECK_FINDING).nullable() });

/**
 * The operations on versions that programs with a token have had from the beginning: a token needs neither key nor `If-Match`, a
 * session needs both where they are marked.
 */
export const VERSIONS = {
  "GET /rulesets": { summary: "List the versions", roles: READERS, answer: z.array(RULESET) },
  "GET /rulesets/{number}": { summary: "Show a version", roles: READERS, params: ONE_VERSION, answer: RULESET_WHOLE },
  "POST /rulesets": {
    summary: "Draft a version",
    roles: ["office"],
    body: CONTENT,
    answer: RULESET,
    status: 201,
    write: true,
  },
  "PUT /rulesets/{number}": {
    summary: "Change a draft",
    roles: ["office"],
    params: ONE_VERSION,
    body: CONTENT,
    answer: RULESET,
    write: true,
    match: true,
  },
  "POST /rulesets/{number}/submit": {
    summary: "Submit a draft",
    roles: ["office"],
    params: ONE_VERSION,
    answer: SUBMITTED,
    write: true,
  },
  "POST /rulesets/{number}/review": {
    summary: "Review a version",
    description: "A person publishes when nothing is missing; otherwise 422 with `missing`.",
    roles: ["reviewer"],
    params: ONE_VERSION,
    body: z.strictObject({ verdict: z.enum(["publish", "turn-down"]), note: z.string().nullish() }),
    answer: SUBMITTED,
    write: true,
    confirm: true,
  },
  "POST /rulesets/{number}/take-back": {
    summary: "Take an older version back",
    roles: ["office"],
    params: ONE_VERSION,
    answer: SUBMITTED,
    status: 201,
    write: true,
    confirm: true,
  },
} as const satisfies Contract;

/** The operations of the console on rules, beside those that programs have had from the beginning. */
export const RULES = {
  ...RULE_TRIALS,
  ...DRY_RUNS,
  ...RULE_REVIEW,
  ...RULE_NAMES,
  ...COVERAGE,
} as const satisfies Contract;
