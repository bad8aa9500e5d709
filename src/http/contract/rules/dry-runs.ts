import { z } from "zod";
import { CURSOR, ERRAND } from "../errands.ts";
import type { Contract } from "../operation.ts";
import { CHECKED, DIFFERENCE, DRY_RUN_REPORT, MARK, NO_VERSION, ONE_VERSION, READERS } from "./rules-shapes.ts";

const since = z.iso.date().optional().describe("90 days ago when left out.");
const one = z.strictObject({ id: z.uuid() });
const language = z.strictObject({ lang: z.enum(["zh-CN", "en"]).optional().describe("Chinese when left out.") });
const NO_DRY_RUN = "There is no such dry run, or it is not done.";

/** The operations that run a version on the past: as an errand or at once, its cases, what people judge of them. */
export const DRY_RUNS = {
  "GET /rulesets/{number}/check": {
    summary: "Check a version",
    description: "Against the county as it is and the last 90 days; `ok` when there is no finding.",
    roles: READERS,
    params: ONE_VERSION,
    answer: CHECKED,
    refusals: { 404: NO_VERSION, 422: "It has more rules than are checked here." },
  },
  "GET /rulesets/{number}/dry-run": {
    summary: "Try a version on a short past",
    description: "Who would have got what since a day. Up to 20,000 matters; for more ask for it as an errand.",
    roles: READERS,
    params: ONE_VERSION,
    query: z.strictObject({ since }),
    answer: DRY_RUN_REPORT,
    refusals: { 404: NO_VERSION, 422: "There are more matters, or rules, than are tried here, or the day is none." },
  },
  "POST /rulesets/{number}/dry-run": {
    summary: "Try a version on the past",
    roles: ["office", "reviewer"],
    params: ONE_VERSION,
    body: z.strictObject({ since }),
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: { 404: NO_VERSION },
  },
  "GET /errands/{id}/differences": {
    summary: "List the cases that a dry run would have given to somebody else",
    description: "Only those that exist for the caller, with the beginning of their masked words.",
    roles: READERS,
    params: one,
    query: z.strictObject({
      kind: z.enum(["past", "published", "nobody"]).optional(),
      from: z.string().max(100).optional(),
      to: z.string().max(100).optional(),
      rule: z.string().max(100).optional(),
      touches: z.string().max(100).optional().describe("Taken from this rule, or taken by it."),
      sample: z.literal("true").optional().describe("Some by chance, for each person always the same."),
      after: CURSOR,
      limit: z.coerce.number().int().min(1).max(200).optional(),
    }),
    answer: z.object({
      items: z.array(DIFFERENCE),
      next: z.string().nullable(),
      total: z.object({ value: z.int(), isMore: z.boolean() }),
    }),
    refusals: { 404: NO_DRY_RUN },
  },
  "GET /errands/{id}/report.xlsx": {
    summary: "A dry run as a workbook",
    description: "With the cases that exist for the caller, at most 10,000.",
    roles: READERS,
    params: one,
    query: language,
    answer: null,
    file: true,
    refusals: { 404: NO_DRY_RUN },
  },
  "GET /errands/{id}/report.txt": {
    summary: "A dry run as text",
    roles: READERS,
    params: one,
    query: language,
    answer: null,
    file: true,
    refusals: { 404: NO_DRY_RUN },
  },
  "PUT /errands/{id}/marks": {
    summary: "Judge whether a difference is right",
    description: "Kept with the version, also when the dry run is forgotten; null takes the judgement back.",
    roles: ["office", "reviewer"],
    params: one,
    body: z.strictObject({ case: z.string().min(1).max(64), verdict: z.enum(["right", "wrong"]).nullable() }),
    answer: z.object({ right: z.int(), wrong: z.int() }),
    write: true,
    refusals: { 404: NO_DRY_RUN, 422: "The dry run has no such difference." },
  },
  "GET /rulesets/{number}/marks": {
    summary: "What people judged of the differences that a version makes",
    description: "Of the cases that exist for the caller.",
    roles: READERS,
    params: ONE_VERSION,
    answer: z.array(MARK),
    refusals: { 404: NO_VERSION },
  },
} as const satisfies Contract;
