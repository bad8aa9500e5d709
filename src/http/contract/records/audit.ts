import { z } from "zod";
import { READER_ROLES } from "../../../domain/access/roles.ts";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { ERRAND } from "../errands.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const number = z.string().regex(CASE_NUMBER);
const page = {
  by: z.string().min(1).max(100).optional(),
  case: number.optional().describe("A case's number; sealed cases have none here."),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  after: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
const next = z.string().nullable().describe("Give it as `after`; null on the last page.");

const NOTED = z.object({
  position: z.int(),
  hash: z.string(),
  notedAt: moment,
  printed: z.string().describe("To be kept elsewhere; `liaison audit verify --head` compares with it."),
});

/** The operations by which auditors look at who read what, what happened, and whether the records are whole. */
export const AUDIT = {
  "GET /audit/readings": {
    summary: "List who read residents' words, newest first",
    description: "Of a sealed case there is a stand-in for its number, no place and no note.",
    roles: ["auditor"],
    query: z.object({ ...page, what: z.enum(["case", "original", "sealed", "export", "phone"]).optional() }),
    answer: z.object({
      items: z.array(
        z.object({
          seq: z.int(),
          who: z.string(),
          role: z.enum(READER_ROLES),
          what: z.enum(["case", "original", "sealed", "export", "phone"]),
          case: z.string().nullable(),
          isSealed: z.boolean(),
          reason: z.string().nullable(),
          note: z.string().nullable(),
          at: moment,
          unusual: z
            .array(z.enum(["many-originals", "at-night"]))
            .describe("more than 30 originals on that day; between 22 and 6 o'clock"),
          marks: z.array(
            z.object({ mark: z.enum(["asked", "explained"]), note: z.string().nullable(), by: z.string(), at: moment }),
          ),
        }),
      ),
      next,
    }),
  },
  "GET /audit/events": {
    summary: "List what happened to cases by codes, newest first",
    roles: ["auditor"],
    query: z.object({ ...page, what: z.string().min(1).max(64).optional().describe("The type of the event.") }),
    answer: z.object({
      items: z.array(z.object({ seq: z.int(), type: z.string(), by: z.string(), at: moment, case: z.string() })),
      next,
    }),
  },
  "POST /audit/readings/{seq}/marks": {
    summary: "Mark a reading: that you asked about it, or that it was explained",
    roles: ["auditor"],
    peopleOnly: true,
    params: z.object({ seq: z.string().regex(/^[1-9][0-9]{0,14}$/) }),
    body: z.strictObject({ mark: z.enum(["asked", "explained"]), note: z.string().trim().max(500).optional() }),
    answer: null,
    write: true,
    refusals: { 404: "There is no such reading." },
  },
  "POST /audit/exports": {
    summary: "Ask for the records as lines of JSON, with the hash of the file",
    description: "An errand of kind `audit-export`. That it was asked for stands among the readings.",
    roles: ["auditor"],
    peopleOnly: true,
    body: z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
    answer: ERRAND,
    status: 202,
    write: true,
    confirm: true,
  },
  "GET /audit/head": {
    summary: "Show when the records were verified last, and the head of their chain",
    roles: ["auditor", "operator"],
    answer: z.object({
      checkups: z.array(
        z.object({
          kind: z.enum(["audit", "audit-whole"]).describe("A night's share, or the whole."),
          at: moment,
          isGood: z.boolean(),
        }),
      ),
      head: NOTED.nullable(),
      recordHead: NOTED.nullable().describe("Of the chain of acts, readings and staff changes."),
      unlinked: z.int().min(0).describe("Events that the chain does not cover yet."),
    }),
  },
} as const satisfies Contract;
