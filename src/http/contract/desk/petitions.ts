import { z } from "zod";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { NOTICE_ARTICLES, NOTICE_WAYS } from "../../../domain/case/notice.ts";
import { CASE_ROW, TOLD } from "../case-shapes.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const day = z.string().meta({ format: "date" });
const one = z.object({ number: z.string().regex(CASE_NUMBER) });
const why = z.string().trim().min(1).max(500);
const preview = z.boolean().optional().describe("true: nothing happens; the answer says what would.");

const notice = z.object({
  number: z.string(),
  organ: z.string(),
  article: z.enum(NOTICE_ARTICLES),
  way: z.enum(NOTICE_WAYS),
  by: z.string(),
  at: moment,
});

const petition = z
  .object({
    case: CASE_ROW,
    since: day,
    dueOn: day.describe("Until when the notice is owed: 15 days, which never stand still."),
    daysLeft: z.int().nullable().describe("Less than 0 where it is late; null once the notice is given."),
    notice: notice.nullable(),
  })
  .meta({ id: "Petition" });

/** The operations on petitions (信访): what waits for its notice, the notice itself, and whether a case is one. */
export const PETITIONS = {
  "GET /petitions": {
    summary: "List petitions, those whose notice is due first on top",
    description: "Of cases that exist for the caller; accusations are none. At most 200.",
    roles: ["office", "auditor"],
    query: z.object({ state: z.enum(["waiting", "given"]).default("waiting") }),
    answer: z.object({ items: z.array(petition), asOf: moment }),
  },
  "POST /cases/{number}/petition-notice": {
    summary: "Give the notice of a petition: to whom it belongs",
    description:
      "信访工作条例 art. 22, 23. It gets a number and cannot be taken back. `chat` sends it to the resident; `paper` is printed and handed over by whoever gives it.",
    roles: ["office"],
    params: one,
    body: z.strictObject({
      organ: z.string().trim().min(2).max(80),
      article: z.enum(NOTICE_ARTICLES),
      text: z.string().trim().min(1).max(1000).nullable(),
      way: z.enum(NOTICE_WAYS),
      preview,
    }),
    answer: z.object({ number: z.string(), told: z.array(TOLD).describe("In a preview alone.") }),
    write: true,
    match: true,
    refusals: {
      409: "The case does not allow it now (`state`), or somebody was faster.",
      422: "It is no petition, or its notice was given (`no-notice-owed`).",
    },
  },
  "GET /cases/{number}/petition-notice.pdf": {
    summary: "The notice of a petition as a sheet to be printed",
    roles: ["office"],
    params: one,
    answer: null,
    file: true,
    refusals: { 404: "There is no such case for the caller, or no notice was given." },
  },
  "POST /cases/{number}/petition": {
    summary: "Say that a case is a petition, or is none after all",
    description:
      "The reason is kept as a note. Where it is one its resident is told of that way, and a notice is owed.",
    roles: ["office"],
    params: one,
    body: z.strictObject({ petition: z.boolean(), reason: why, preview }),
    answer: z.object({ told: z.array(TOLD).describe("In a preview alone.") }),
    write: true,
    match: true,
    refusals: {
      409: "The case does not allow it now (`state`), or somebody was faster.",
      422: "It is so already (`is-so`), or its notice was given (`notice-given`).",
    },
  },
  "POST /cases/{number}/minor": {
    summary: "Say that a child wrote a case, or did not",
    description:
      "The reason is kept as a note. Of a child nothing that was shown is kept, which cannot be taken back; their words are erased 30 days after closing.",
    roles: ["office"],
    params: one,
    body: z.strictObject({ minor: z.boolean(), reason: why }),
    answer: null,
    write: true,
    match: true,
    refusals: { 409: "Somebody was faster.", 422: "It is so already (`is-so`)." },
  },
} as const satisfies Contract;
