import { z } from "zod";
import { ANSWER_STATES } from "../../../domain/answers/answer.ts";
import {
  ANSWER_CODE,
  LONGEST_BODY,
  LONGEST_TITLE,
  LONGEST_TRIGGER,
  MOST_TRIGGERS,
  SHORTEST_TRIGGER,
} from "../../../domain/answers/check.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const day = z.iso.date();
const one = z.object({ id: z.uuid() });

const content = z.strictObject({
  code: z.string().trim().regex(ANSWER_CODE),
  title: z.string().trim().min(1).max(LONGEST_TITLE),
  triggers: z.array(z.string().trim().min(SHORTEST_TRIGGER).max(LONGEST_TRIGGER)).min(1).max(MOST_TRIGGERS),
  body: z.string().trim().min(1).max(LONGEST_BODY),
  category: z.string().min(1).max(32).nullable().default(null),
  validFrom: day,
  validUntil: day,
});

const answer = z
  .object({
    id: z.uuid(),
    etag: z.string().describe("What `If-Match` takes."),
    code: z.string().describe("What cases that it answered name: `answers:<code>`."),
    title: z.string(),
    triggers: z.array(z.string()).describe("The questions that it answers, as people ask them."),
    body: z.string(),
    category: z.string().nullable(),
    validFrom: day,
    validUntil: day,
    state: z.enum(ANSWER_STATES),
    author: z.string(),
    writtenAt: moment,
    reviewer: z.string().nullable(),
    reviewedAt: moment.nullable(),
    outSince: moment
      .nullable()
      .describe("Residents refused it too often: it answers nobody until somebody reviews it again."),
    endedBy: z.string().nullable(),
    endedAt: moment.nullable(),
    reason: z.string().nullable(),
    hits: z.int().describe("How many cases it answered."),
    refusals: z.int().describe("How many of their residents said that it was no answer."),
    isOwn: z.boolean().describe("You wrote it: somebody else reviews it."),
  })
  .meta({ id: "LibraryAnswer" });

const use = z.object({ case: z.string(), at: moment, refusedAt: moment.nullable() });

const reception = z
  .object({
    station: z.string().describe("Its code."),
    stationName: z.string(),
    township: z.string(),
    day,
    from: z.string().describe("HH:MM."),
    until: z.string(),
    place: z.string(),
    deputies: z.array(z.object({ name: z.string(), isAway: z.boolean() })),
    isCancelled: z.boolean().describe("Everybody who was to receive is away: residents are told so."),
  })
  .meta({ id: "ReceptionDay" });

const WRONG =
  "There is no such category (`unknown-category`), its days are turned round (`days-turned`) or over (`day-over`), or a trigger is too short (`trigger-short`).";
const DECIDED = "It is in force, ended, refused or taken back (`decided`).";

/** The operations on what is answered at once: the library of answers, and the calendar of reception days. */
export const ANSWER_LIBRARY = {
  "GET /answer-library": {
    summary: "List the library of answers given at once",
    description:
      "Drafts, what is in force, and what was ended, refused or taken back in the last 90 days. What was in force is never changed: another answer under its code takes its place.",
    roles: ["office", "reviewer", "station", "auditor"],
    answer: z.object({ today: day, items: z.array(answer) }),
  },
  "GET /answer-library/{id}": {
    summary: "Show one answer, with the last ten cases that it answered",
    roles: ["office", "reviewer", "auditor"],
    params: one,
    answer: answer.extend({ uses: z.array(use) }),
  },
  "GET /receptions": {
    summary: "List the reception days ahead, with who of their deputies is away then",
    description: "They come with an import of lists, as the sheet 接待日.",
    roles: ["office", "reviewer", "station", "auditor"],
    answer: z.object({ items: z.array(reception) }),
  },
  "POST /answer-library": {
    summary: "Write the draft of an answer, for somebody else to review",
    roles: ["office"],
    body: content,
    answer,
    status: 201,
    write: true,
    refusals: { 422: `${WRONG} Or too many drafts wait (\`too-many\`).` },
  },
  "PUT /answer-library/{id}": {
    summary: "Change a draft that you wrote",
    roles: ["office"],
    params: one,
    body: content,
    answer,
    write: true,
    match: true,
    refusals: { 403: "Somebody else wrote it (`not-own`).", 409: DECIDED, 422: WRONG },
  },
  "POST /answer-library/{id}/publish": {
    summary: "Put a draft into force that somebody else wrote, or an answer into service again that residents refused",
    roles: ["office", "reviewer"],
    peopleOnly: true,
    params: one,
    body: z.strictObject({}),
    answer,
    write: true,
    match: true,
    confirm: true,
    refusals: { 403: "Whoever wrote it cannot review it (`own-work`).", 409: DECIDED, 422: WRONG },
  },
  "POST /answer-library/{id}/end": {
    summary: "End an answer that is in force; take back a draft of yours, or refuse somebody else's",
    roles: ["office", "reviewer"],
    params: one,
    body: z.strictObject({ reason: z.string().trim().min(1).max(500).nullable().default(null) }),
    answer,
    write: true,
    match: true,
    refusals: { 409: DECIDED, 422: "A draft of somebody else is refused with a reason (`no-reason`)." },
  },
} as const satisfies Contract;
