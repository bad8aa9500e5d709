import { z } from "zod";
import { CASE_FILTER } from "../case-filter.ts";
import type { Contract } from "../operation.ts";

/** The columns of a list of cases beside its number, in the order in which they stand. */
const LIST_COLUMNS = ["words", "state", "place", "holder", "due", "spoken", "rating", "delivery"] as const;

const READERS = ["office", "reviewer", "station", "auditor"] as const;
const id = z.object({ id: z.uuid() });

const given = {
  name: z.string().trim().min(1).max(40),
  isShared: z.boolean().default(false).describe("For everybody of the county; by the office alone."),
  filter: CASE_FILTER.default({}),
  sort: z.enum(["newest", "due-first", "last-spoken"]).default("newest"),
  columns: z.array(z.enum(LIST_COLUMNS)).max(LIST_COLUMNS.length).default([]).describe("Empty: the usual ones."),
};

const view = z
  .object({
    id: z.string(),
    name: z.string(),
    isShared: z.boolean(),
    isOwn: z.boolean(),
    by: z.string(),
    filter: CASE_FILTER,
    sort: given.sort,
    columns: z.array(z.enum(LIST_COLUMNS)),
    version: z.int(),
  })
  .meta({ id: "SavedView" });

const TAKEN = "A view of that name is there already (`taken`), or there are too many (`too-many`).";

/** The operations on lists of cases that people keep under a name; words that were searched for are never kept. */
export const VIEWS = {
  "GET /views": {
    summary: "List the kept lists of cases: your own, and what the office shares",
    roles: READERS,
    answer: z.object({ items: z.array(view) }),
  },
  "POST /views": {
    summary: "Keep a list of cases under a name",
    roles: READERS,
    body: z.strictObject(given),
    answer: view,
    status: 201,
    write: true,
    refusals: { 403: "Only the office shares one.", 409: TAKEN },
  },
  "PATCH /views/{id}": {
    summary: "Change a kept list of your own",
    roles: READERS,
    params: id,
    body: z.strictObject({
      name: given.name.optional(),
      isShared: z.boolean().optional(),
      filter: CASE_FILTER.optional(),
      sort: z.enum(["newest", "due-first", "last-spoken"]).optional(),
      columns: z.array(z.enum(LIST_COLUMNS)).optional(),
    }),
    answer: view,
    write: true,
    match: true,
    refusals: { 404: "There is none of yours.", 409: TAKEN },
  },
  "DELETE /views/{id}": {
    summary: "Take a kept list of your own away",
    roles: READERS,
    params: id,
    answer: null,
    write: true,
    refusals: { 404: "There is none of yours." },
  },
} as const satisfies Contract;
