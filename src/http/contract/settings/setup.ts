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
  at: z
    .string()
    .meta({ format: "date-time" })
    .nullable()
    .describe("When the last rehearsal began; null where none did."),
  by: z.string().nullable(),
  items: z.array(
    z.object({
      code: z.string(),
      text: z.string(),
      expected: z.string(),
      happened: z.string().describe("`waiting` until it was received and its resident was answered."),
      isRight: z.boolean(),
      case: z.string().nullable().describe("Its case, of the rehearsals' own series: `P-2026-000001`."),
      goesTo: z
        .object({ kind: z.enum(["deputy", "unit", "office"]), code: z.string().nullable(), name: z.string() })
        .nullable(),
      replies: z.array(z.string()).describe("What the simulated resident was answered."),
      told: z
        .array(z.object({ name: z.string(), state: z.string() }))
        .describe("Deputies for whom something was written; `held` where it went to nobody."),
      seenBy: z
        .object({ stations: z.boolean(), deputies: z.boolean() })
        .nullable()
        .describe("Whether its case exists for any station, and for any deputy."),
    }),
  ),
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
  "GET /setup/rehearsal": {
    summary: "Show what became of the messages of the last rehearsal",
    roles: ["office"],
    answer: rehearsed,
  },
  "POST /setup/rehearsal": {
    summary: "Rehearse eight messages of simulated residents",
    description:
      "They go through the real service: received, understood, placed, routed and answered as all others. Their cases have numbers of their own and are in no list of work and no figure. Only in a trial.",
    roles: ["office"],
    answer: rehearsed,
    write: true,
    refusals: { 409: "The county has no grid yet (`no-lists`), or is not in trial (`not-in-trial`)." },
  },
} as const satisfies Contract;
