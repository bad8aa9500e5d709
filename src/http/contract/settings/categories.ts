import { z } from "zod";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const one = z.object({ code: z.string().min(1).max(32) });
const words = z.array(z.string().trim().min(1).max(200)).max(400);

const learning = z.object({
  version: z.int(),
  learnedFrom: z.int(),
  measuredOn: z.int(),
  accuracyBefore: z.number(),
  accuracyAfter: z.number(),
  takesEffect: z.boolean(),
});

const catalogue = z
  .object({
    etag: z.string().describe("Of the whole catalogue; what `If-Match` takes: `g3`."),
    isBuiltIn: z.boolean().describe("Whether the county still has the catalogue that the service ships with."),
    items: z.array(
      z.object({ code: z.string(), name: z.string(), words: z.array(z.string()), examples: z.array(z.string()) }),
    ),
    lastLearning: learning.extend({ measuredAt: moment }).nullable(),
  })
  .meta({ id: "Catalogue" });

/** The operations on the county's catalogue of categories. */
export const CATEGORIES = {
  "GET /categories": {
    summary: "Show the catalogue of categories",
    roles: ["office", "reviewer", "station", "auditor"],
    answer: catalogue,
  },
  "PUT /categories/{code}": {
    summary: "Add a category, or change its name, words and examples",
    description: "The first change makes the catalogue the county's own. Cases keep the category they have.",
    roles: ["office"],
    params: one,
    body: z.strictObject({ name: z.string().trim().min(1).max(40), words, examples: words }),
    answer: catalogue,
    write: true,
    match: true,
    refusals: { 422: "The category is not right: `findings` says why." },
  },
  "DELETE /categories/{code}": {
    summary: "Take a category out of the catalogue",
    roles: ["office"],
    params: one,
    answer: null,
    write: true,
    match: true,
    refusals: { 409: "It is the last one (`last`)." },
  },
  "POST /categories/learn": {
    summary: "Learn from the corrections of categories",
    description: "It takes effect only if the corrections that were held back come out no worse.",
    roles: ["office"],
    answer: learning,
    write: true,
    refusals: { 409: "Nothing was corrected yet (`nothing-to-learn`)." },
  },
} as const satisfies Contract;
