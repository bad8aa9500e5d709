import { z } from "zod";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const count = z.int().min(0);

const message = z
  .object({
    id: z.string(),
    at: moment,
    kind: z.string().describe("As what it was understood."),
    text: z.string().describe("The working copy, masked."),
    because: z.array(z.string()).describe("The pieces of the words that spoke most for it, masked."),
    inSample: z.boolean().describe("Whether it is among those of its week that somebody should look at."),
    openedBy: z.string().nullable(),
    openedAt: moment.nullable(),
    case: z.string().nullable().describe("The case that somebody made of it."),
  })
  .meta({ id: "UnreadMessage" });

/** The operations on messages that were answered without a case. */
export const UNREAD = {
  "GET /unread": {
    summary: "List the messages that were answered without a case, newest first",
    description:
      "That somebody looked is written down, once a person and day. What accuses officials is not among them.",
    roles: ["office"],
    query: z.object({
      days: z.coerce.number().int().min(1).max(31).default(7),
      kind: z.string().min(1).max(64).optional(),
      sample: z
        .enum(["true", "false"])
        .transform((text) => text === "true")
        .optional()
        .describe("true: the ten of each week alone that everybody who looks sees the same."),
      after: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answer: z.object({
      items: z.array(message),
      counts: z.record(z.string(), count).describe("By kind, of all these days."),
      next: z.string().nullable().describe("Give it as `after`; null on the last page."),
      asOf: moment,
    }),
  },
  "GET /unread/corrections": {
    summary: "Count how often messages were something else than what they were taken for",
    description: "Without a word of them; of one person at most five of a kind count.",
    roles: ["office", "auditor"],
    answer: z.object({
      items: z.array(z.object({ decided: z.string(), was: z.string(), count, people: count })),
    }),
  },
  "POST /unread/{id}/open": {
    summary: "Make a case of a message that became none",
    description:
      "Its resident gets the ordinary receipt. Done again it changes nothing. What accuses officials is sealed, as ever.",
    roles: ["office"],
    params: z.object({ id: z.string().regex(/^\d{1,15}$/) }),
    body: z.strictObject({}),
    answer: z.object({
      case: z.string().nullable().describe("Null where the case does not exist for the caller, or is sealed."),
      isNew: z.boolean().describe("False where somebody made it before."),
    }),
    write: true,
    refusals: {
      404: "There is no such message without a case.",
      409: "Whoever wrote it was asked what it is, and has not answered yet (`waits-for-answer`).",
    },
  },
} as const satisfies Contract;
