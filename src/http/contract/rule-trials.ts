import { z } from "zod";
import { CURSOR, ERRAND } from "./errands.ts";
import type { Contract } from "./operation.ts";
import {
  CONDITION,
  CONTENT,
  DIFFERENCE,
  FINDING,
  MESSAGE,
  NO_VERSION,
  ONE_VERSION,
  READERS,
  RULE_USE,
  SIMULATED,
} from "./rules-shapes.ts";

const day = z.iso.date();
/** A rule set of 10,000 rules fits. */
const MOST_CONTENT = 8 * 1024 * 1024;

/** The operations that try rules: checked, run on the past, asked about one message, counted. */
export const RULE_TRIALS = {
  "POST /rulesets/check": {
    summary: "Check rules that are not stored",
    roles: ["office", "reviewer"],
    body: z.strictObject({ content: CONTENT }),
    mostBytes: MOST_CONTENT,
    answer: z.object({
      ok: z.boolean(),
      findings: z.array(FINDING),
      read: z.array(CONDITION.nullable()).describe("Each rule's condition; null for one that cannot be read."),
      hits: z
        .record(z.string(), z.int())
        .nullable()
        .describe(
          "How many matters of the last 90 days each rule would take, by its id; null where it cannot be read.",
        ),
      matters: z.int().nullable().describe("How many matters these days had."),
    }),
  },
  "POST /rulesets/{number}/dry-run": {
    summary: "Try a version on the past",
    roles: ["office", "reviewer"],
    params: ONE_VERSION,
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
    body: z.strictObject({ message: MESSAGE, version: z.int().min(1).optional(), content: CONTENT.optional() }),
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
} as const satisfies Contract;
