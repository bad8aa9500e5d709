import { z } from "zod";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { CASE_ROW, TOLD } from "../case-shapes.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });

const unheard = z
  .object({
    case: CASE_ROW,
    since: moment.describe("Since when it waits for somebody who listens."),
    recordings: z.array(
      z.object({
        id: z.string().describe("As `POST /cases/{number}/media/{id}` takes it."),
        at: moment,
        isKept: z
          .boolean()
          .describe("false: it is not fetched yet, or not kept; its resident can only be asked again."),
      }),
    ),
  })
  .meta({ id: "UnheardRecordings" });

/** The operations on recordings that no machine could read (听录音): what waits for somebody who listens, and what they have heard. */
export const RECORDINGS = {
  "GET /recordings": {
    summary: "List the cases to whose recordings somebody has to listen, oldest first",
    description:
      "Whoever spoke asked for a person, or has been silent for an hour. Of cases that exist for the caller and are not sealed; at most 200. The recordings themselves are originals.",
    roles: ["office"],
    answer: z.object({ items: z.array(unheard), asOf: moment }),
  },
  "POST /cases/{number}/transcript": {
    summary: "Write down what is heard in the recordings of a case (听写)",
    description:
      "The words become those of the case, and are understood as a message is, danger and accusation first; its resident reads what was understood. null: they could not be made out, and the resident is asked to say it again.",
    roles: ["office"],
    params: z.object({ number: z.string().regex(CASE_NUMBER) }),
    body: z.strictObject({
      text: z.string().trim().min(2).max(2000).nullable(),
      grid: z.string().min(1).max(32).nullable().optional().describe("Where it is, if the caller knows."),
      preview: z.boolean().optional().describe("true: nothing happens; the answer says what would."),
    }),
    answer: z.object({
      became: z.enum(["placed", "asked", "office", "sealed", "added", "said-again"]),
      apart: z
        .array(z.string())
        .describe("The cases of other matters that were heard with it, each with a number of its own."),
      told: z.array(TOLD).describe("In a preview alone."),
    }),
    write: true,
    match: true,
    refusals: {
      409: "The case does not allow it now (`state`), or somebody was faster.",
      422: "No recording of it waits (`nothing-to-hear`), or there is no such grid (`unknown-grid`).",
    },
  },
} as const satisfies Contract;
