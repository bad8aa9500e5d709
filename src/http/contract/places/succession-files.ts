import { z } from "zod";
import { CURSOR, ERRAND } from "../errands.ts";
import { CELL_ERROR } from "../imports.ts";
import type { Contract } from "../operation.ts";
import { MISTAKES, SUCCESSION_PREVIEW } from "./successions.ts";

const id = z.object({ id: z.uuid() });
const count = z.int().min(0);
const NOT_THERE = "There is no such check, or no longer: checks are kept for seven days.";
const UNREADY = "The check is not done, or it found mistakes.";

/** The operations on lists of who follows whom: a template, an upload that is checked as an errand, a look, a plan. */
export const SUCCESSION_FILES = {
  "GET /successions/template.xlsx": {
    summary: "The template for who follows whom, with a row for every deputy in office",
    roles: ["office"],
    answer: null,
    file: true,
  },
  "POST /successions/files": {
    summary: "Upload a list of who follows whom and have it checked",
    description:
      "One .xlsx or .csv file. The answer is an errand of kind succession-check; its own answer holds counts, and the days with who follows whom. Nothing is planned.",
    roles: ["office"],
    files: true,
    mostBytes: 5 * 1024 * 1024,
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: { 413: "More than 5 MiB.", 422: "No file, or more than one." },
  },
  "GET /successions/files/{id}/errors": {
    summary: "What is wrong, cell by cell",
    roles: ["office"],
    params: id,
    query: z.object({ after: CURSOR, limit: z.coerce.number().int().min(1).max(500).default(100) }),
    answer: z.object({
      items: z.array(CELL_ERROR),
      next: z.string().nullable(),
      total: z.object({ value: count, isMore: z.boolean() }),
    }),
    refusals: { 404: NOT_THERE },
  },
  "GET /successions/files/{id}/remarks.xlsx": {
    summary: "The list as it was uploaded, bad cells coloured, with a last column that says what is wrong",
    roles: ["office"],
    params: id,
    answer: null,
    file: true,
    refusals: { 404: "There is none: nothing was wrong, or it is not checked yet." },
  },
  "GET /successions/files/{id}/preview": {
    summary: "What the checked list would do, day by day, as things are now",
    roles: ["office"],
    params: id,
    answer: z.object({
      days: z.array(z.object({ on: z.string().meta({ format: "date" }), steps: SUCCESSION_PREVIEW })),
    }),
    refusals: { 404: NOT_THERE, 409: UNREADY, 422: MISTAKES },
  },
  "POST /successions/files/{id}/plan": {
    summary: "Plan the checked list: one succession for each of its days",
    description: "All of them or none. On each day open cases move, and both sides and each resident are told.",
    roles: ["office"],
    params: id,
    answer: z.object({ ids: z.array(z.uuid()) }),
    write: true,
    refusals: { 404: NOT_THERE, 409: `${UNREADY} Or one of them is planned by now.`, 422: MISTAKES },
  },
} as const satisfies Contract;
