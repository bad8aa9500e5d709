import { z } from "zod";
import type { Contract } from "../operation.ts";
import { NO_VERSION, ONE_VERSION, READERS } from "./rules-shapes.ts";

const kind = z.enum(["grid", "township", "community", "station", "deputy", "group", "unit", "category"]);
const code = z.string().min(1).max(200);
/** A set names a few hundred grids at most; more is asked in parts. */
const MOST_CODES = 2_000;
const codes = z.array(code).max(MOST_CODES);

/** The operations on what rules name by codes: found by name, and named by code. */
export const RULE_NAMES = {
  "GET /codes/{kind}": {
    summary: "Find what rules and cases may name, by name or code",
    description: "By code; what has ended is not offered.",
    roles: [...READERS, "station"],
    params: z.strictObject({ kind }),
    query: z.strictObject({
      q: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(30),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          about: z.string().describe("Tells it from others of its name."),
        }),
      ),
      total: z.int(),
    }),
  },
  "POST /codes/names": {
    summary: "Name the things behind codes",
    description: "A code that nothing has is left out.",
    roles: [...READERS, "station"],
    body: z.strictObject({
      grid: codes.optional(),
      township: codes.optional(),
      community: codes.optional(),
      station: codes.optional(),
      deputy: codes.optional(),
      group: codes.optional(),
      unit: codes.optional(),
      category: codes.optional(),
    }),
    answer: z.object({ names: z.partialRecord(kind, z.record(z.string(), z.string())) }),
  },
  "GET /rulesets/{number}/reviewers": {
    summary: "List who can review a version",
    roles: ["office"],
    params: ONE_VERSION,
    answer: z.object({
      items: z.array(z.object({ name: z.string(), wrote: z.boolean().describe("They wrote of it: not by them.") })),
    }),
    refusals: { 404: NO_VERSION },
  },
} as const satisfies Contract;
