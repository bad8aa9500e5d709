import { z } from "zod";
import { ROLES } from "../../domain/access/roles.ts";
import type { Contract } from "./operation.ts";
import { GRID_CHAIN, NO_VERSION, VERSION_NUMBER } from "./rules/rules-shapes.ts";

const day = z.iso.date();

/** The operations on who answers for each grid. */
export const COVERAGE = {
  "GET /coverage": {
    summary: "Certify who answers for each grid",
    description:
      "Whole where no page is asked for; with `after` or `limit` a page of grids. On a day to come with what is planned until then; under another version with its rules.",
    roles: ROLES,
    query: z.strictObject({
      on: day.optional(),
      version: VERSION_NUMBER.optional(),
      only: z.enum(["nobody", "phone", "away"]).optional(),
      after: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(10_000).optional(),
    }),
    answer: z.looseObject({
      ruleset: z.object({ version: z.int(), name: z.string() }).nullable(),
      on: day,
      ok: z.boolean(),
      withoutPerson: z.array(z.string()),
      officeNow: z.array(z.string()),
      withoutChat: z.array(z.string()),
      unreachable: z.array(z.string()),
      grids: z.array(GRID_CHAIN),
      next: z.string().nullable().optional(),
    }),
    refusals: { 404: NO_VERSION, 422: "The day is past." },
  },
  "GET /coverage.pdf": {
    summary: "Print the certificate",
    description: "Day, version of the rules, counts, every gap, and a hash of what it says of each grid.",
    roles: ROLES,
    query: z.strictObject({ on: day.optional(), version: VERSION_NUMBER.optional() }),
    answer: null,
    file: true,
    refusals: { 404: NO_VERSION, 422: "The day is past." },
  },
  "GET /coverage/{grid}": {
    summary: "Show who answers for a grid",
    roles: ROLES,
    params: z.strictObject({ grid: z.string().min(1).max(64) }),
    query: z.strictObject({ on: day.optional(), version: VERSION_NUMBER.optional() }),
    answer: GRID_CHAIN.extend({
      on: day,
      gaps: z.array(z.string()).describe("Why something from here reaches nobody."),
    }),
    refusals: { 404: "There is no such grid, or version." },
  },
} as const satisfies Contract;
