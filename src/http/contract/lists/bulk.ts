import { z } from "zod";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { CASE_FILTER } from "../case-filter.ts";
import { TOLD } from "../case-shapes.ts";
import { ERRAND } from "../errands.ts";
import type { Contract } from "../operation.ts";

/** The most cases that one request changes. */
export const MOST_AT_ONCE = 200;

const number = z.string().regex(CASE_NUMBER);
const code = z.string().min(1).max(64);
const version = z.string().regex(/^c[0-9]{1,9}$/);
const selected = z.strictObject({ number, etag: z.string().min(1).max(20) });
/** Trying takes as long as doing: a page asks for the rest with the next request. */
const MOST_TRIED = 20;
const LEADING =
  "None can go with the leading case: it is closed (`leading-closed`), sealed (`sealed-apart`), or goes with another one itself (`merged-away`).";

/** The operations on many cases: the same done to each, or the list written into a file. Nobody is answered so, and nothing closed. */
export const BULK_CASES = {
  "POST /cases/bulk": {
    summary: "Do the same to many cases, with a result for each",
    description:
      "As an errand; its answer has `results` with done, faster, not-allowed, not-here, wrong, or the word for why two cases cannot go together. Each case is changed whole or not at all; what was done is not done again when the errand is begun anew. To merge is the office's, of cases that are named; `intoVersion` is the version of the leading one that was seen. `all` names a filter and how many it has: where it has another number now, nothing is done.",
    roles: ["office", "station"],
    body: z
      .strictObject({
        action: z.discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("place"), grid: code }),
          z.strictObject({ kind: z.literal("category"), code: code.nullable() }),
          z.strictObject({ kind: z.literal("merge"), into: number, intoVersion: version }),
        ]),
        cases: z.array(selected).min(1).max(MOST_AT_ONCE).optional(),
        all: z.strictObject({ filter: CASE_FILTER, count: z.int().min(1).max(MOST_AT_ONCE) }).optional(),
      })
      .refine(({ cases, all }) => (cases === undefined) !== (all === undefined), { error: "give cases, or all" })
      .refine(({ action, all }) => action.kind !== "merge" || all === undefined, { error: "name the cases to merge" }),
    answer: ERRAND,
    status: 202,
    write: true,
    refusals: {
      403: "A station, to merge (`role`).",
      404: "The leading case is not there.",
      412: "The leading case has changed.",
      422: `The filter has another number of cases now (\`count-changed\`), or it is for sealed ones (\`no-sealed\`). ${LEADING}`,
    },
  },
  "POST /cases/merge-preview": {
    summary: "Show what would become of each of some cases that go with a leading one",
    description:
      "Nothing changes. Each is tried as if it alone went with the leading one: `code` is ready, faster, not-allowed, not-here, or the word for why it cannot; `told` is what everybody would read.",
    roles: ["office"],
    body: z.strictObject({ into: number, cases: z.array(selected).min(1).max(MOST_TRIED) }),
    answer: z.object({
      intoVersion: version,
      items: z.array(z.object({ number, code: z.string(), told: z.array(TOLD) })),
    }),
    refusals: { 404: "The leading case is not there.", 422: LEADING },
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
