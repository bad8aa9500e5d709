import { z } from "zod";
import { HANDOVER_STATES } from "../../../domain/acts/handover.ts";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { UNIT_RESULTS } from "../../../domain/case/claims.ts";
import { CASE_ROW, TOLD } from "../case-shapes.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const day = z.string().meta({ format: "date" });
const code = z.string().min(1).max(64);
const count = z.int().min(0);
const words = z.string().trim().min(1).max(2000);
const preview = z.boolean().optional().describe("true: nothing happens; the answer says what would.");

const work = z
  .object({
    ...{ code, name: z.string(), untilOn: day.nullable() },
    phone: z.string().nullable().describe("Null where there is none, and for whoever sees no phones."),
    chats: z.array(z.object({ id: z.uuid(), since: moment })).describe("Who speaks for it in chat."),
    openCodes: count.describe("One-time codes that are neither used nor too old."),
    waiting: count.describe("Handed over, and nobody of the unit can be told in chat."),
    sent: count.describe("Told, and not accepted."),
    accepted: count,
    reported: count.describe("Reported by the unit, and by nobody else."),
    late: count.describe("Not reported by the day."),
    asksForTime: count,
  })
  .meta({ id: "UnitWork" });

const handover = z
  .object({
    case: CASE_ROW,
    unit: z.object({ code, name: z.string() }),
    state: z.enum(HANDOVER_STATES),
    dueOn: day,
    askedUntil: day.nullable().describe("The day to which the unit asks to have it, until the office has answered."),
    result: z.enum(UNIT_RESULTS).nullable(),
    openedAt: moment,
    hasChat: z.boolean(),
  })
  .meta({ id: "Handover" });

const NOT_SO =
  "No unit has the case (`no-unit`), it does not fit what the matter has come to (`not-now`), or the day is none that can be (`bad-day`).";

/** The operations on the units that work on cases: what they hold, who speaks for them, and the steps that the office writes down for them. */
export const HANDOVERS = {
  "GET /units/work": {
    summary: "List the units with who speaks for them and what they hold",
    description: "Of cases that exist for the caller and are open; sealed ones are with no unit.",
    roles: ["office", "auditor"],
    answer: z.object({ items: z.array(work), asOf: moment }),
  },
  "GET /handovers": {
    summary: "List what units hold, what is due first on top",
    description: "Of open cases that exist for the caller; at most 200.",
    roles: ["office", "station", "auditor"],
    query: z.object({ unit: code.optional(), state: z.enum(HANDOVER_STATES).optional() }),
    answer: z.object({ items: z.array(handover), asOf: moment }),
  },
  "POST /units/{code}/invite": {
    summary: "Make a code with which somebody of a unit binds a chat",
    description: "Good for 14 days and once. Shown now and never again.",
    roles: ["office"],
    params: z.object({ code }),
    answer: z.object({
      code: z.string().nullable().describe("Null when the same was asked again."),
      until: day.nullable(),
      unit: z.string(),
    }),
    status: 201,
    write: true,
    isSecret: true,
    refusals: { 404: "There is no such unit, or it has ended." },
  },
  "POST /units/{code}/chats/{id}/end": {
    summary: "End that a chat speaks for a unit",
    description: "Whoever writes there is heard as a resident from then on. What was told there stays there.",
    roles: ["office"],
    params: z.object({ code, id: z.uuid() }),
    answer: null,
    write: true,
    refusals: { 404: "There is no such chat of this unit, or it has ended." },
  },
  "POST /cases/{number}/handover": {
    summary: "Take a step in the matter that a unit has",
    description:
      "What the unit said by telephone is the unit\u2019s word, written down by the caller. `extend` gives the time that the unit asked for: its reason reaches the resident.",
    roles: ["office"],
    params: z.object({ number: z.string().regex(CASE_NUMBER) }),
    body: z.discriminatedUnion("step", [
      z.strictObject({ step: z.enum(["told", "accepted", "taken-back", "extend", "refuse-extension"]), preview }),
      z.strictObject({ step: z.enum(["returned", "progress"]), text: words, preview }),
      z.strictObject({ step: z.literal("reported"), result: z.enum(UNIT_RESULTS), text: words, preview }),
      z.strictObject({ step: z.literal("asks-for-time"), until: z.iso.date(), text: words, preview }),
    ]),
    answer: z.object({ told: z.array(TOLD).describe("In a preview alone.") }),
    write: true,
    match: true,
    refusals: { 409: "The case does not allow it now (`state`), or somebody was faster.", 422: NOT_SO },
  },
} as const satisfies Contract;
