import { resolver } from "hono-openapi";
import { z } from "zod";
import { RULESET_STATES } from "../../../db/schema/rulesets.ts";
import { REVIEW_DECISIONS } from "../../casework/rules/lifecycle.ts";
import { FINDING_KINDS, RULESET_SHAPE } from "../../domain/rules/ruleset.ts";

const moment = z.string().meta({ format: "date-time" });
const number = z.int().min(1);

const content = RULESET_SHAPE.meta({
  id: "RulesetContent",
  description:
    'Rules in the order in which they are asked; the first that holds decides. Conditions ("when") are JSONLogic with the operations and, or, !, !!, ==, !=, <, <=, >, >= and in.',
});

const summary = z
  .object({
    number,
    name: z.string(),
    state: z.enum(RULESET_STATES),
    author: z.string(),
    takesBack: number.nullable().describe("The number of the older version whose rules this one brings back."),
    createdAt: moment,
    submittedAt: moment.nullable(),
    reviewer: z.string().nullable(),
    reviewNote: z.string().nullable(),
    reviewedAt: moment.nullable(),
    publishedAt: moment.nullable().describe("Null also for one that was turned down."),
    retiredAt: moment.nullable(),
  })
  .meta({ id: "Ruleset" });

const event = z.object({
  type: z.enum(["drafted", "edited", "submitted", "published", "turned-down", "retired"]),
  by: z.string(),
  at: moment,
  note: z.string().nullable(),
});

const view = summary.extend({ content, events: z.array(event) }).meta({ id: "RulesetWhole" });

const finding = z.object({ rule: z.string().nullable(), kind: z.enum(FINDING_KINDS), text: z.string() });

const checked = summary
  .extend({
    findings: z
      .array(finding)
      .nullable()
      .describe(
        "What the check of this version finds; nothing is refused for it. Null where it was not checked here, for it has too many rules, is not to be published, or the check failed: `liaison rules check` tells.",
      ),
  })
  .meta({ id: "RulesetChecked" });

const check = z.object({ ok: z.boolean(), findings: z.array(finding) }).meta({ id: "RulesCheck" });

const difference = z.object({ case: z.string(), from: z.string(), to: z.string(), rule: z.string() });
const dryRun = z
  .looseObject({
    messages: z.int(),
    moved: z.int(),
    nobody: z.int(),
    perRule: z.record(z.string(), z.int()),
    differences: z.array(difference),
  })
  .meta({ id: "DryRun", description: "Codes of deputies, `unit:CODE` or `office`." });

const coverage = z
  .looseObject({
    on: z.string(),
    withoutPerson: z.array(z.string()),
    officeNow: z.array(z.string()),
    withoutChat: z.array(z.string()),
    unreachable: z.array(z.string()).describe("Grids from which nobody can be reached just now, by code."),
    ok: z.boolean().describe("Whether every grid has somebody who can be reached, and nothing reaches nobody."),
  })
  .meta({ id: "Coverage" });

const problem = z
  .object({
    type: z.literal("about:blank"),
    status: z.int(),
    title: z.string(),
    detail: z.string().optional(),
    findings: z.array(finding).optional().describe("Every mistake in what was sent, with its place."),
  })
  .meta({ id: "Problem", description: "What went wrong, after RFC 9457." });

/** The body of a review; the reviewer is the holder of the token. */
export const REVIEW = z
  .strictObject({ verdict: z.enum(REVIEW_DECISIONS), note: z.string().nullish() })
  .meta({ id: "Review", description: "What the reviewer decides; the note is kept with the version." });

/** The schemas of requests and answers, for the description of the API. */
export const SHAPES = {
  content: { "application/json": { schema: resolver(content) } },
  summary: { "application/json": { schema: resolver(summary) } },
  checked: { "application/json": { schema: resolver(checked) } },
  list: { "application/json": { schema: resolver(z.array(summary)) } },
  view: { "application/json": { schema: resolver(view) } },
  check: { "application/json": { schema: resolver(check) } },
  dryRun: { "application/json": { schema: resolver(dryRun) } },
  coverage: { "application/json": { schema: resolver(coverage) } },
  problem: { "application/problem+json": { schema: resolver(problem) } },
} as const;
