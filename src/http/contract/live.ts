import { z } from "zod";
import { ROLES } from "../../domain/access/roles.ts";
import { CASE_NUMBER } from "../../domain/case/case.ts";
import type { Contract } from "./operation.ts";

/** The topics of hints. */
const topic = z.enum(["cases", "deliveries", "rules", "errands", "presence"]);

/** A hint: which thing changed, and its version; nothing else of it. */
export const HINT = z
  .object({
    topic,
    key: z.string().describe("The number of a case or version, the id of an errand; empty for deliveries."),
    etag: z.string().nullable(),
  })
  .meta({ id: "Hint" });

/** The operations by which an open page hears of changes, and says that somebody is at a case. */
export const LIVE = {
  "GET /live": {
    summary: "Hear what changes",
    description:
      "A stream of server-sent events: `hello` first, which says in `resumed` whether hints for what was missed follow; where it is false all that is shown is to be asked for again. Then `changed` with a hint for each change of what the caller may see. No words and no names; nothing of sealed cases. It ends after fifteen minutes and is opened again with `Last-Event-ID`. It does not keep a session open.",
    roles: ROLES,
    isNoUse: true,
    query: z.strictObject({
      topics: z
        .string()
        .max(80)
        .transform((text) => [...new Set(text.split(","))])
        .pipe(z.array(topic).min(1)),
    }),
    answer: HINT,
    refusals: { 503: "The process stops, or the database is away." },
  },
  "PUT /cases/{number}/presence": {
    summary: "Say that you are at a case, for half a minute",
    description: "Answers who else is there. Of a sealed case nothing is noted. `gone` takes it back.",
    roles: ["office", "reviewer", "station", "auditor"],
    peopleOnly: true,
    params: z.object({ number: z.string().regex(CASE_NUMBER) }),
    body: z.strictObject({ doing: z.enum(["reading", "writing", "gone"]) }),
    answer: z.object({
      others: z.array(z.object({ name: z.string(), doing: z.enum(["reading", "writing"]) })),
    }),
    refusals: { 404: "The case is not there, or not for the caller." },
  },
} as const satisfies Contract;
