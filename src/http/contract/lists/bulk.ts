import { z } from "zod";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { CASE_FILTER } from "../case-filter.ts";
import { ERRAND } from "../errands.ts";
import type { Contract } from "../operation.ts";

/** The most cases that one request changes. */
export const MOST_AT_ONCE = 200;

const number = z.string().regex(CASE_NUMBER);
const code = z.string().min(1).max(64);

/** The operations on many cases: the same done to each, or the list written into a file. Nobody is answered so, and nothing closed. */
export const BULK_CASES = {
  "POST /cases/bulk": {
    summary: "Do the same to many cases, with a result for each",
    description:
      "As an errand; its answer has `results` with done, faster, not-allowed, not-here or wrong. `all` names a filter and how many it has: where it has another number now, nothing is done.",
    roles: ["office", "station"],
    body: z
      .strictObject({
        action: z.discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("place"), grid: code }),
          z.strictObject({ kind: z.literal("category"), code: code.nullable() }),
        ]),
        cases: z
          .array(z.strictObject({ number, etag: z.string().min(1).max(20) }))
          .min(1)
          .max(MOST_AT_ONCE)
          .optional(),
        all: z.strictObject({ filter: CASE_FILTER, count: z.int().min(1).max(MOST_AT_ONCE) }).optional(),
      })
      .refine(({ cases, all }) => (cases === undefined) !== (all === undefined), { error: "give cases, or all" }),
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: {
      422: "The filter has another number of cases now (`count-changed`), or it is for sealed ones (`no-sealed`).",
    },
  },
  "POST /cases/export": {
    summary: "Write a list of cases into a file, masked",
    description:
      "As an errand with a file; written down among the readings. Sealed cases and words that were searched for are never in it.",
    roles: ["office", "station", "auditor"],
    body: z.strictObject({
      filter: CASE_FILTER.default({}),
      numbers: z.array(number).min(1).max(MOST_AT_ONCE).nullable().default(null).describe("Only these of them."),
    }),
    answer: ERRAND,
    status: 202,
    write: true,
    confirm: true,
    refusals: { 422: "Sealed cases (`no-sealed`)." },
  },
} as const satisfies Contract;
