import { z } from "zod";
import { ROLES } from "../../domain/access/roles.ts";
import type { Contract } from "./operation.ts";

/** The states of an errand, in order. */
const ERRAND_STATES = ["waiting", "running", "done", "failed", "stopped"] as const;

const moment = z.string().meta({ format: "date-time" });
const id = z.strictObject({ id: z.uuid() });

/** A piece of long work that was asked for, with how far it is and what came of it. */
export const ERRAND = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    state: z.enum(ERRAND_STATES),
    done: z.int(),
    total: z.int().nullable().describe("Null while it is not known."),
    by: z.string(),
    madeAt: moment,
    endedAt: moment.nullable(),
    asked: z.unknown().describe("What was asked for, as it was sent."),
    answer: z.unknown().describe("What came of it, by kind; null until it is done."),
    file: z.object({ name: z.string(), type: z.string(), bytes: z.int(), until: moment }).nullable(),
    problem: z.object({ title: z.string(), detail: z.string() }).nullable().describe("Why it failed, in plain words."),
  })
  .meta({ id: "Errand" });

/** A cursor of a list: where the next page begins. */
export const CURSOR = z.string().min(1).max(200).optional();

/** The operations on errands: what a person asked for, of kinds that their role may see. */
export const ERRANDS = {
  "GET /errands": {
    summary: "List the errands of the county that the caller may see",
    description: "The newest first; what has ended is kept for seven days.",
    roles: ROLES,
    query: z.strictObject({
      kind: z.string().max(40).optional(),
      state: z.enum(ERRAND_STATES).optional(),
      after: CURSOR,
    }),
    answer: z.object({ items: z.array(ERRAND), next: z.string().nullable() }),
  },
  "POST /errands": {
    summary: "Ask for long work",
    description: "By kind; one of each kind is done at a time in a county, the next waits.",
    roles: ROLES,
    body: z.strictObject({ kind: z.string().min(1).max(40), asked: z.unknown() }),
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: { 422: "There is no such kind, or it cannot be asked for like this." },
  },
  "GET /errands/{id}": {
    summary: "Show an errand",
    roles: ROLES,
    params: id,
    answer: ERRAND,
    refusals: { 404: "There is none, or it is not for the caller." },
  },
  "POST /errands/{id}/stop": {
    summary: "Stop an errand",
    description: "One that waits or runs; what it did so far is thrown away. One that has ended stays as it is.",
    roles: ROLES,
    params: id,
    answer: ERRAND,
    write: true,
    refusals: { 404: "There is none, or it is not for the caller." },
  },
  "GET /errands/{id}/file": {
    summary: "Fetch the file that an errand made",
    description:
      "As long as the caller's role may ask for it. A list of cases is kept for an hour, for the same stations, and until a case of the county is sealed or erased.",
    roles: ROLES,
    params: id,
    answer: null,
    file: true,
    refusals: { 404: "There is none, or no longer." },
  },
} as const satisfies Contract;
