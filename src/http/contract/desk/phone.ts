import { z } from "zod";
import { READING_REASONS } from "../../../domain/access/reading-reasons.ts";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { CALLED_PARTIES, PHONE_RESULTS, PHONE_TASK_REASONS } from "../../../domain/case/desk.ts";
import { CASE_ROW } from "../case-shapes.ts";
import type { Contract } from "../operation.ts";

const one = z.object({ number: z.string().regex(CASE_NUMBER) });
const moment = z.string().meta({ format: "date-time" });
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const words = z.string().trim().min(1).max(2000);
const task = z.uuid().optional().describe("Which call, where several have to be made about the case.");
const BOTH = ["office", "station"] as const;
const NOT_SO =
  "There is no such call to make (`no-task`), or one waits already (`task-there`), or no number is known (`no-number`), or several people are to be called and none was named (`which-call`).";

/** The operations on the calls that somebody has to make. */
export const PHONE = {
  "GET /phone-tasks": {
    summary: "List the calls that have to be made",
    description: "A station's own; for the office all of them. At most 200, what is due longest first.",
    roles: BOTH,
    query: z.object({
      done: flag.optional().describe("true: those that were made instead."),
      sealed: flag
        .optional()
        .describe("true: those about sealed cases alone; for the office, with a code given in the last ten minutes."),
    }),
    answer: z.object({
      items: z.array(
        z
          .object({
            id: z.string(),
            case: CASE_ROW,
            station: z.object({ code: z.string(), name: z.string() }).nullable().describe("Null: the county's office."),
            to: z.enum(CALLED_PARTIES),
            nth: z.int().nullable().describe("Which of those who joined, from 1; null where only one did."),
            why: z.enum(PHONE_TASK_REASONS),
            askedBy: z.string(),
            madeAt: moment,
            tries: z.int(),
            missedDays: z
              .int()
              .describe("On how many days nobody was reached: from three on the county's office sees to it."),
            againOn: z.string().nullable(),
            result: z.enum(PHONE_RESULTS).nullable(),
            doneBy: z.string().nullable(),
            doneAt: moment.nullable(),
          })
          .meta({ id: "PhoneTask" }),
      ),
      asOf: moment,
    }),
  },
  "POST /cases/{number}/phone-task": {
    summary: "Ask for a call about a case",
    description: "By the station of the case; by the office where it has none, or is sealed.",
    roles: ["office"],
    params: one,
    body: z.strictObject({ say: words.max(500).nullable().default(null) }),
    answer: null,
    write: true,
    refusals: { 422: NOT_SO },
  },
  "POST /cases/{number}/phone": {
    summary: "Show the number to call, once",
    description: "Written down each time, before it leaves. A station has those of its own calls alone.",
    roles: BOTH,
    peopleOnly: true,
    params: one,
    body: z.strictObject({
      task,
      reason: z.enum(READING_REASONS).default("answer-the-resident"),
      note: z.string().trim().max(500).nullable().default(null),
    }),
    answer: z.object({ people: z.array(z.object({ name: z.string().nullable(), number: z.string() })) }),
    write: true,
    confirm: true,
    isSecret: true,
    refusals: { 409: NOT_SO },
  },
  "POST /cases/{number}/phone-result": {
    summary: "Write down what came of a call",
    description:
      "What was said stands in the thread as said by telephone; it was never sent. Of several calls each is to one person: what waited for the resident counts as told when they were reached, so that the version must be the one that was read out.",
    roles: BOTH,
    params: one,
    body: z.discriminatedUnion("result", [
      z.strictObject({ result: z.literal("reached"), text: words, task }),
      z.strictObject({ result: z.literal("not-reached"), againOn: z.iso.date(), task }),
      z.strictObject({ result: z.literal("wrong-number"), task }),
    ]),
    answer: null,
    write: true,
    match: true,
    refusals: { 422: `${NOT_SO} A day that is over, or too far away (\`bad-day\`).` },
  },
} as const satisfies Contract;
