import { z } from "zod";
import { TEMPLATE_VARIABLES } from "../../../domain/wording/answer-template.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const one = z.object({ id: z.uuid() });
const content = z.strictObject({
  name: z.string().trim().min(1).max(40),
  textZh: z.string().trim().min(1).max(1500),
  textEn: z.string().trim().max(1500).default(""),
});

const template = z
  .object({
    id: z.uuid(),
    etag: z.string().describe("What `If-Match` takes: `t3`; `new` for one that is not there yet."),
    version: z.int(),
    name: z.string(),
    textZh: z.string(),
    textEn: z.string().describe("Empty where there is none."),
    isEnd: z.boolean(),
    by: z.string(),
    at: moment,
  })
  .meta({ id: "AnswerTemplate" });

/** The operations on the templates with which the office answers residents. */
export const ANSWER_TEMPLATES = {
  "GET /templates": {
    summary: "List the answer templates",
    description: `The variables of a text are ${TEMPLATE_VARIABLES.map((name) => `\`{${name}}\``).join(", ")}.`,
    roles: ["office", "station", "auditor"],
    answer: z.object({ items: z.array(template) }),
  },
  "GET /templates/{id}": {
    summary: "Show every version of a template, oldest first",
    roles: ["office", "auditor"],
    params: one,
    answer: z.object({ items: z.array(template) }),
  },
  "PUT /templates/{id}": {
    summary: "Add a template, or write its next version",
    roles: ["office"],
    params: one,
    body: content,
    answer: template,
    write: true,
    match: true,
    refusals: {
      409: "Another template has this name (`taken`).",
      422: "A variable that there is not (`unknown-variable`), or too many templates.",
    },
  },
  "DELETE /templates/{id}": {
    summary: "Offer a template no longer",
    description: "Its versions stay.",
    roles: ["office"],
    params: one,
    answer: null,
    write: true,
    match: true,
  },
} as const satisfies Contract;
