import { z } from "zod";
import { TOPIC_NUMBER, TOPIC_STATES } from "../../../domain/acts/topic.ts";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { CASE_ROW } from "../case-shapes.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const count = z.int().min(0);
const params = z.object({ number: z.string().regex(TOPIC_NUMBER) });

const listed = {
  number: z.string(),
  title: z.string().describe("Its place and its trouble."),
  state: z.enum(TOPIC_STATES).describe("offered: whoever has its cases is asked whether they are one matter."),
  deputy: z.object({ code: z.string(), name: z.string() }).nullable().describe("Null: the office has its cases."),
  people: count.nullable().describe("How many people told it; null below three."),
  openedAt: moment,
  closedAt: moment.nullable(),
};

const topic = z.object(listed).meta({ id: "Topic" });

const page = z
  .object({
    ...listed,
    sign: z.string().nullable().describe("The code of its trouble."),
    cases: z
      .array(CASE_ROW)
      .describe("Those that exist for the caller; of an offered one those for which it is offered."),
    verdicts: z
      .object({ confirmed: count, denied: count, silent: count })
      .describe("What each of its people says alone since it was closed; never added up."),
    etag: z.string(),
  })
  .meta({ id: "TopicPage" });

const changed = z.object({ number: z.string(), etag: z.string() });
const FASTER = "Somebody was faster.";
const CASE_WRONG =
  "There is no such case here (`no-such-case`), it belongs to a topic already (`in-a-topic`), somebody else has it (`other-deputy`), it may belong to none (`cannot-join`), it is not in this one (`not-in-it`), or the topic is not open (`not-live`).";

/** The operations on topics: one matter that many people told, in as many cases. */
export const TOPICS = {
  "GET /topics": {
    summary: "List what many people told",
    description: "Topics of which a case exists for the caller, the newest first; at most 200.",
    roles: ["office", "station", "auditor"],
    query: z.object({ state: z.enum(TOPIC_STATES).optional() }),
    answer: z.object({ items: z.array(topic), asOf: moment }),
  },
  "GET /topics/{number}": {
    summary: "Show one topic with its cases, and what their residents say",
    roles: ["office", "station", "auditor"],
    params,
    answer: page,
  },
  "POST /topics/{number}/decide": {
    summary: "Say whether the cases of an offered topic are one matter",
    description: "`join` puts them together; `apart` lets each be handled by itself, and nobody is asked again.",
    roles: ["office"],
    params,
    body: z.strictObject({ decision: z.enum(["join", "apart"]) }),
    answer: changed,
    write: true,
    match: true,
    refusals: { 412: FASTER, 422: "It is not offered any more (`not-offered`)." },
  },
  "POST /topics/{number}/answer": {
    summary: "Answer everybody of a topic",
    description: "Written as one act; each reads it under their own number, once, whatever is interrupted.",
    roles: ["office"],
    params,
    body: z.strictObject({ text: z.string().trim().min(1).max(2000) }),
    answer: changed,
    write: true,
    match: true,
    refusals: { 412: FASTER, 422: "It is not open (`not-live`)." },
  },
  "POST /topics/{number}/close": {
    summary: "Close a topic, and with it the case of everybody in it",
    description:
      "`text` is what each reads, under their own number; each then says alone whether it is done. `claim`: on whose word it is solved.",
    roles: ["office"],
    params,
    body: z.strictObject({
      outcome: z.enum(["solved", "explained", "not_in_scope"]),
      claim: z.enum(["unit", "deputy"]).optional(),
      text: z.string().trim().min(1).max(2000),
    }),
    answer: changed,
    write: true,
    match: true,
    refusals: {
      412: FASTER,
      422: "It is not open (`not-live`), or nothing says on whose word it is solved (`claim-needed`).",
    },
  },
  "POST /topics/{number}/cases": {
    summary: "Put a case into a topic, or take one out of it",
    description: "What was taken out does not come back by itself.",
    roles: ["office"],
    params,
    body: z.strictObject({ case: z.string().regex(CASE_NUMBER), take: z.enum(["in", "out"]) }),
    answer: changed,
    write: true,
    match: true,
    refusals: { 412: FASTER, 422: CASE_WRONG },
  },
} as const satisfies Contract;
