import { resolver } from "hono-openapi";
import { z } from "zod";
import { RULESET_STATES } from "../../../db/schema/rulesets.ts";
import { REVIEW_DECISIONS } from "../../casework/rules/lifecycle.ts";
import { RULESET_SHAPE } from "../../domain/rules/ruleset.ts";
import { CHECK_FINDING as finding } from "../contract/rules/rules-shapes.ts";

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
    basedOn: number.nullable().describe("The version that was published when it was drafted."),
    reviewerWanted: z.string().nullable(),
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
  type: z.enum(["drafted", "edited", "submitted", "published", "turned-down", "withdrawn", "retired"]),
  by: z.string(),
  at: moment,
  note: z.string().nullable(),
});

const view = summary
  .extend({
    content,
    events: z.array(event),
    read: z.array(z.unknown()).describe("Each rule's condition as it was read."),
  })
  .meta({ id: "RulesetWhole" });

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
  problem: { "application/problem+json": { schema: resolver(problem) } },
} as const;
