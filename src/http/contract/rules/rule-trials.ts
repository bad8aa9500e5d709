import { z } from "zod";
import type { Contract } from "../operation.ts";
import { CONDITION, CONTENT, FINDING, MESSAGE, NO_VERSION, READERS, RULE_USE, SIMULATED } from "./rules-shapes.ts";

const day = z.iso.date();
/** A rule set of 10,000 rules fits. */
const MOST_CONTENT = 8 * 1024 * 1024;

/** The operations that try rules: checked before they are stored, asked about one message, counted. */
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
