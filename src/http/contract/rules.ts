import { z } from "zod";
import { CURSOR, ERRAND } from "./errands.ts";
import type { Contract } from "./operation.ts";
import {
  CHANGE,
  COMMENT,
  CONDITION,
  DIFFERENCE,
  FINDING,
  GRID_CHAIN,
  MESSAGE,
  RULE_USE,
  RULESET,
  RULESET_WHOLE,
  SIMULATED,
} from "./rules-shapes.ts";

const READERS = ["office", "reviewer", "auditor"] as const;
const count = z.string().regex(/^[1-9][0-9]{0,8}$/);
const one = z.strictObject({ number: count.transform(Number) });
const content = z
  .unknown()
  .meta({ description: "Rules as an office writes them, of any shape: findings say what is wrong." });
const day = z.iso.date();
const CHECKED = RULESET.extend({ findings: z.array(FINDING.omit({ at: true, weight: true })).nullable() });
const NO_VERSION = "There is no version with this number.";
/** A rule set of 10,000 rules fits. */
const MOST_CONTENT = 8 * 1024 * 1024;

/**
 * The operations on versions that programs with a token have had from the beginning: a token needs neither key nor `If-Match`, a
 * session needs both where they are marked.
 */
export const VERSIONS = {
  "GET /rulesets": { summary: "List the versions", roles: READERS, answer: z.array(RULESET) },
  "GET /rulesets/{number}": { summary: "Show a version", roles: READERS, params: one, answer: RULESET_WHOLE },
  "POST /rulesets": {
    summary: "Draft a version",
    roles: ["office"],
    body: content,
    answer: RULESET,
    status: 201,
    write: true,
  },
  "PUT /rulesets/{number}": {
    summary: "Change a draft",
    roles: ["office"],
    params: one,
    body: content,
    answer: RULESET,
    write: true,
    match: true,
  },
  "POST /rulesets/{number}/submit": {
    summary: "Submit a draft",
    roles: ["office"],
    params: one,
    answer: CHECKED,
    write: true,
  },
  "POST /rulesets/{number}/review": {
    summary: "Review a version",
    description: "A person publishes when nothing is missing; otherwise 422 with `missing`.",
    roles: ["reviewer"],
    params: one,
    body: z.strictObject({ verdict: z.enum(["publish", "turn-down"]), note: z.string().nullish() }),
    answer: CHECKED,
    write: true,
    confirm: true,
  },
  "POST /rulesets/{number}/take-back": {
    summary: "Take an older version back",
    roles: ["office"],
    params: one,
    answer: CHECKED,
    status: 201,
    write: true,
    confirm: true,
  },
} as const satisfies Contract;

/** The operations of the console on rules, beside those that programs have had from the beginning. */
export const RULES = {
  "POST /rulesets/check": {
    summary: "Check rules that are not stored",
    roles: ["office", "reviewer"],
    body: z.strictObject({ content }),
    mostBytes: MOST_CONTENT,
    answer: z.object({
      ok: z.boolean(),
      findings: z.array(FINDING),
      read: z.array(CONDITION.nullable()).describe("Each rule's condition; null for one that cannot be read."),
    }),
  },
  "POST /rulesets/{number}/withdraw": {
    summary: "Withdraw a version from its review",
    description: "By one of its writers: it is retired, and a new draft has its content.",
    roles: ["office"],
    params: one,
    answer: RULESET,
    status: 201,
    write: true,
    refusals: { 403: "Somebody else wrote it.", 404: NO_VERSION, 409: "It is not in review." },
  },
  "POST /rulesets/{number}/assign": {
    summary: "Ask somebody for the review",
    roles: ["office"],
    params: one,
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
    params: one,
    query: z.strictObject({ against: count.transform(Number).optional() }),
    answer: z.object({ against: z.int().nullable(), changes: z.array(CHANGE) }),
    refusals: { 404: NO_VERSION },
  },
  "GET /rulesets/{number}/comments": {
    summary: "List the comments on a version",
    roles: READERS,
    params: one,
    answer: z.array(COMMENT),
    refusals: { 404: NO_VERSION },
  },
  "POST /rulesets/{number}/comments": {
    summary: "Comment on a version or a rule of it",
    roles: READERS,
    params: one,
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
    params: z.strictObject({ number: count.transform(Number), comment: z.uuid() }),
    answer: COMMENT,
    write: true,
    refusals: { 404: "There is no such comment." },
  },
  "PUT /rulesets/{number}/looks": {
    summary: "Note that a change was opened",
    roles: ["reviewer"],
    params: one,
    body: z.strictObject({ change: z.string().min(1).max(200) }),
    answer: z.object({ looked: z.int(), of: z.int() }),
    write: true,
    refusals: { 404: NO_VERSION, 422: "The version has no such change." },
  },
  "GET /rulesets/{number}/readiness": {
    summary: "What is missing before a version can be published",
    roles: READERS,
    params: one,
    answer: z.object({
      missing: z.array(z.string()),
      base: z.object({ number: z.int().nullable(), isPublished: z.boolean() }),
      dryRun: z.object({ errand: z.uuid(), at: z.string() }).nullable(),
      looked: z.int(),
      changes: z.int(),
      openMust: z.int(),
    }),
    refusals: { 404: NO_VERSION },
  },
  "POST /rulesets/{number}/dry-run": {
    summary: "Try a version on the past",
    roles: ["office", "reviewer"],
    params: one,
    body: z.strictObject({ since: day.optional().describe("90 days ago when left out.") }),
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: { 404: NO_VERSION },
  },
  "GET /errands/{id}/differences": {
    summary: "List the cases that a dry run would have given to somebody else",
    description: "Only those that exist for the caller.",
    roles: READERS,
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({
      kind: z.enum(["past", "published", "nobody"]).optional(),
      from: z.string().max(100).optional(),
      to: z.string().max(100).optional(),
      rule: z.string().max(100).optional(),
      after: CURSOR,
      limit: z.coerce.number().int().min(1).max(200).optional(),
    }),
    answer: z.object({
      items: z.array(DIFFERENCE),
      next: z.string().nullable(),
      total: z.object({ value: z.int(), isMore: z.boolean() }),
    }),
    refusals: { 404: "There is no such dry run." },
  },
  "POST /simulate": {
    summary: "See what would become of a message",
    description: "Under a version, under content that is not stored, or under the rules in force. Nothing is stored.",
    roles: READERS,
    body: z.strictObject({ message: MESSAGE, version: z.int().min(1).optional(), content: content.optional() }),
    mostBytes: MOST_CONTENT,
    answer: SIMULATED,
    refusals: { 404: NO_VERSION, 422: "The content cannot be read, or there is no such grid." },
  },
  "GET /rules/use": {
    summary: "How often each rule in force was used",
    roles: READERS,
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(400).optional().describe("90 when left out.") }),
    answer: z.object({ version: z.int().nullable(), since: day, rules: z.array(RULE_USE) }),
  },
  "GET /coverage": {
    summary: "Certify who answers for each grid",
    description:
      "Whole where no page is asked for; with `after` or `limit` a page of grids. On a day to come with what is planned until then; under another version with its rules.",
    roles: ["office", "reviewer", "station", "auditor", "operator"],
    query: z.strictObject({
      on: day.optional(),
      version: count.transform(Number).optional(),
      only: z.enum(["nobody", "phone", "away"]).optional(),
      after: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(10_000).optional(),
    }),
    answer: z.looseObject({
      ruleset: z.object({ version: z.int(), name: z.string() }).nullable(),
      on: day,
      ok: z.boolean(),
      withoutPerson: z.array(z.string()),
      officeNow: z.array(z.string()),
      withoutChat: z.array(z.string()),
      unreachable: z.array(z.string()),
      grids: z.array(GRID_CHAIN),
      next: z.string().nullable().optional(),
    }),
    refusals: { 404: NO_VERSION, 422: "The day is past." },
  },
  "GET /coverage/{grid}": {
    summary: "Show who answers for a grid",
    roles: ["office", "reviewer", "station", "auditor", "operator"],
    params: z.strictObject({ grid: z.string().min(1).max(64) }),
    query: z.strictObject({ on: day.optional(), version: count.transform(Number).optional() }),
    answer: GRID_CHAIN.extend({
      on: day,
      gaps: z.array(z.string()).describe("Why something from here reaches nobody."),
    }),
    refusals: { 404: "There is no such grid, or version." },
  },
} as const satisfies Contract;
