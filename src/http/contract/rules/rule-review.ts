import { z } from "zod";
import type { Contract } from "../operation.ts";
import { CHANGE, COMMENT, MISSING, NO_VERSION, ONE_VERSION, READERS, RULESET, VERSION_NUMBER } from "./rules-shapes.ts";

/** The operations between a draft and its publication: comparison, comments, what a reviewer opened, withdrawal. */
export const RULE_REVIEW = {
  "POST /rulesets/{number}/withdraw": {
    summary: "Withdraw a version from its review",
    description: "By one of its writers: it is retired, and a new draft has its content.",
    roles: ["office"],
    params: ONE_VERSION,
    answer: RULESET,
    status: 201,
    write: true,
    refusals: { 403: "Somebody else wrote it.", 404: NO_VERSION, 409: "It is not in review." },
  },
  "POST /rulesets/{number}/assign": {
    summary: "Ask somebody for the review",
    roles: ["office"],
    params: ONE_VERSION,
    body: z.strictObject({ reviewer: z.string().min(1).max(100).nullable() }),
    answer: RULESET,
    write: true,
    refusals: {
      404: NO_VERSION,
      409: "It is neither a draft nor in review.",
      422: "There is no such reviewer, or they wrote it.",
    },
  },
  "GET /rulesets/{number}/changes": {
    summary: "Compare a version with another",
    description: "With the one on which it is based where `against` is left out.",
    roles: READERS,
    params: ONE_VERSION,
    query: z.strictObject({ against: VERSION_NUMBER.optional() }),
    answer: z.object({ against: z.int().nullable(), changes: z.array(CHANGE) }),
    refusals: { 404: NO_VERSION },
  },
  "GET /rulesets/{number}/comments": {
    summary: "List the comments on a version",
    roles: READERS,
    params: ONE_VERSION,
    answer: z.array(COMMENT),
    refusals: { 404: NO_VERSION },
  },
  "POST /rulesets/{number}/comments": {
    summary: "Comment on a version or a rule of it",
    roles: READERS,
    params: ONE_VERSION,
    body: z.strictObject({
      rule: z.string().max(64).nullable(),
      text: z.string().trim().min(1).max(2000),
      must: z.boolean(),
    }),
    answer: COMMENT,
    status: 201,
    write: true,
    refusals: { 404: NO_VERSION, 422: "The version has no such rule." },
  },
  "POST /rulesets/{number}/comments/{comment}/resolve": {
    summary: "Resolve a comment",
    roles: READERS,
    params: z.strictObject({ number: VERSION_NUMBER, comment: z.uuid() }),
    answer: COMMENT,
    write: true,
    refusals: { 404: "There is no such comment." },
  },
  "PUT /rulesets/{number}/looks": {
    summary: "Note that a change was opened",
    roles: ["reviewer"],
    params: ONE_VERSION,
    body: z.strictObject({ change: z.string().min(1).max(200) }),
    answer: z.object({ looked: z.int(), of: z.int() }),
    write: true,
    refusals: { 404: NO_VERSION, 422: "The version has no such change." },
  },
  "GET /rulesets/{number}/readiness": {
    summary: "What is missing before a version can be published",
    roles: READERS,
    params: ONE_VERSION,
    answer: z.object({
      missing: z.array(MISSING),
      isOwn: z.boolean().describe("Whether the caller wrote of it, and therefore cannot review it."),
      base: z.object({ number: z.int().nullable(), isPublished: z.boolean() }),
      dryRun: z.object({ errand: z.uuid(), at: z.string() }).nullable(),
      looked: z.int(),
      changes: z.int(),
      openMust: z.int(),
    }),
    refusals: { 404: NO_VERSION },
  },
} as const satisfies Contract;
