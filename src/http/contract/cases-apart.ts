import { z } from "zod";
import { CASE_NUMBER } from "../../domain/case/case.ts";
import { TOLD } from "./case-shapes.ts";
import type { Contract } from "./operation.ts";

/** The case that an operation is about, by its number. */
export const ONE_CASE = z.object({ number: z.string().regex(CASE_NUMBER) });
/** The words of somebody of the staff. */
export const STAFF_WORDS = z.string().trim().min(1).max(2000);
/** The wish only to see what an operation would do. */
export const ONLY_PREVIEW = z.boolean().optional().describe("True: nothing changes, and the answer says what would.");
/** The sentence about the version of a case. */
export const CASE_ETAG = "The ETag is the case's version.";
/** The sentence about a case whose state does not allow a verb. */
export const NOT_SO = "The state of the case does not allow it: `state` and `allowed` say what does.";

/** The operations by which two cases go together and are taken apart, and another matter is taken out of one. */
export const CASES_APART = {
  "POST /cases/{number}/merge": {
    summary: "Let a case go with another one, which leads",
    description: `Answers and the closing of the leading case reach both residents, each under their own number; neither learns of the other. \`If-Match\` is the version of this case, \`intoVersion\` that of the leading one. ${CASE_ETAG}`,
    roles: ["office"],
    params: ONE_CASE,
    body: z.strictObject({
      into: ONE_CASE.shape.number,
      intoVersion: z.string().regex(/^c[0-9]{1,9}$/),
      preview: ONLY_PREVIEW,
    }),
    answer: z.object({ told: z.array(TOLD).describe("In a preview: what each would read.") }),
    write: true,
    match: true,
    refusals: {
      409: NOT_SO,
      422: "They cannot go together: `same-case`, `leading-closed`, `urgent-leads`, `merged-away`, `merged-already`, `leads-others`, `sealed-apart`.",
    },
  },
  "POST /cases/{number}/split": {
    summary: "Take another matter out of a case",
    description: `It gets a number of its own and whoever answers for it; the resident and that deputy are told. \`words\` are the matter, as the resident said it or as the office puts it. ${CASE_ETAG}`,
    roles: ["office"],
    params: ONE_CASE,
    body: z.strictObject({ words: STAFF_WORDS, preview: ONLY_PREVIEW }),
    answer: z.object({
      number: z.string().nullable().describe("That of the new case; null in a preview."),
      told: z.array(TOLD).describe("In a preview: what each would read."),
    }),
    write: true,
    match: true,
    refusals: { 409: NOT_SO },
  },
  "POST /cases/{number}/unmerge": {
    summary: "Take a merge back",
    description: `Up to thirty days after it. ${CASE_ETAG}`,
    roles: ["office"],
    params: ONE_CASE,
    body: z.strictObject({ preview: ONLY_PREVIEW }),
    answer: z.object({ told: z.array(TOLD).describe("In a preview: what each would read.") }),
    write: true,
    match: true,
    refusals: { 409: NOT_SO, 422: "They do not go together (`not-merged`), or for too long (`too-late`)." },
  },
} as const satisfies Contract;
