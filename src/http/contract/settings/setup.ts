import { z } from "zod";
import type { Contract } from "../operation.ts";

const STEPS = ["people", "county", "lists", "coverage", "chat", "deputies", "posters", "rules", "rehearsal"] as const;
const step = z.enum(STEPS);

const setup = z
  .object({
    steps: z.array(
      z.object({
        code: step,
        state: z.enum(["open", "done", "skipped", "blocked"]),
        lacks: z
          .array(z.object({ code: z.string(), count: z.int() }))
          .describe("What is still missing, and how many of it."),
        progress: z.object({ done: z.int(), of: z.int() }).nullable(),
      }),
    ),
    isOver: z.boolean().describe("Every step is done or skipped."),
    takesToday: z.boolean().describe("It is not over, and no resident has written yet."),
  })
  .meta({ id: "Setup" });

const rehearsed = z.object({
  code: z.string(),
  text: z.string(),
  expected: z.string(),
  happened: z.string(),
  goesTo: z
    .object({ kind: z.enum(["deputy", "unit", "office"]), code: z.string().nullable(), name: z.string() })
    .nullable(),
  told: z.array(z.string()),
  isRight: z.boolean(),
});

const ROLES = ["office", "operator"] as const;

/** The operations of the first setting up of a county. */
export const SETUP = {
  "GET /setup": {
    summary: "How far the county has been set up",
    description: "Nine steps, computed from the county's data and never from ticks.",
    roles: ROLES,
    answer: setup,
  },
  "PATCH /setup": {
    summary: "Skip steps, or take them up again",
    roles: ROLES,
    body: z.strictObject({ skipped: z.array(step).max(STEPS.length) }),
    answer: setup,
    write: true,
  },
  "POST /setup/starter-rules": {
    summary: "Draft a first rule set: lifts, heating, unpaid wages",
    description: "It takes effect as every other draft does: after a second person published it.",
    roles: ["office"],
    answer: z.object({ number: z.int() }),
    status: 201,
    write: true,
  },
  "POST /setup/rehearsal": {
    summary: "Rehearse eight messages of a resident",
    description: "Each is read, placed and routed as a real one; nothing is stored of them and nothing is sent.",
    roles: ["office"],
    answer: z.object({ items: z.array(rehearsed) }),
    write: true,
    refusals: { 409: "The county has no grid yet (`no-lists`)." },
  },
} as const satisfies Contract;
