import { z } from "zod";
import { ROLES } from "../../../domain/access/roles.ts";
import type { Contract } from "../operation.ts";

/** The operation that says what this version is made of. */
export const ABOUT = {
  "GET /about": {
    summary: "Which version this is, and the licences of what it is made of",
    roles: ROLES,
    answer: z
      .object({
        version: z.string(),
        licence: z.string(),
        text: z.string().describe("The licence's own words; empty where they did not come along."),
        parts: z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() })),
      })
      .meta({ id: "About" }),
  },
} as const satisfies Contract;
