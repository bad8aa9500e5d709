import { z } from "zod";
import type { Contract } from "../operation.ts";

const day = z.string().meta({ format: "date" });
const givenDay = z.iso.date();
const code = z.string().min(1).max(64);
const count = z.int().min(0);
const step = z.strictObject({
  from: code,
  to: code,
  places: z.array(code).min(1).max(500).optional().describe("Codes of grids and stations; all of them when left out."),
});
/** The words for a succession that cannot be planned in this way. */
export const MISTAKES =
  "Not in this way: `findings` names each row with a stable word, among them `no-deputy`, `not-serving` and `followed-twice`.";

/** The steps of a succession with what each would do. */
export const SUCCESSION_PREVIEW = z.array(
  z.object({
    ...{ from: code, fromName: z.string(), to: code, toName: z.string() },
    places: z.array(z.string()),
    left: z.array(z.string()).describe("Where nobody follows."),
    openCases: count.describe("Those that the caller may see."),
    cases: z
      .array(
        z.object({ number: z.string(), summary: z.string(), receivedAt: z.string().meta({ format: "date-time" }) }),
      )
      .describe("The oldest twenty."),
  }),
);

const succession = z
  .object({
    id: z.uuid(),
    on: day.describe("The first day on which the new ones answer."),
    state: z.enum(["planned", "done", "cancelled"]),
    steps: z.array(
      z.object({ from: code, fromName: z.string(), to: code, toName: z.string(), places: z.array(code).nullable() }),
    ),
    by: z.string(),
    madeAt: z.string().meta({ format: "date-time" }),
    doneAt: z.string().meta({ format: "date-time" }).nullable(),
  })
  .meta({ id: "Succession" });

/** The operations on changes of many deputies on one day, and of one deputy's places. */
export const SUCCESSIONS = {
  "GET /successions": {
    summary: "List what is planned, done and cancelled, the next first",
    roles: ["office", "reviewer", "auditor"],
    answer: z.object({ items: z.array(succession) }),
  },
  "POST /successions": {
    summary: "Plan that deputies follow others on a day",
    description:
      "With `preview` nothing is written. On that day open cases move, and both sides and each resident are told.",
    roles: ["office"],
    body: z.strictObject({ on: givenDay, steps: z.array(step).min(1).max(2000), preview: z.boolean().optional() }),
    answer: z.object({ id: z.uuid().nullable(), steps: SUCCESSION_PREVIEW }),
    write: true,
    refusals: { 422: MISTAKES },
  },
  "POST /successions/{id}/preview": {
    summary: "Look again at what a planned succession would do, as things are now",
    roles: ["office"],
    params: z.object({ id: z.uuid() }),
    answer: z.object({ id: z.uuid().nullable(), steps: SUCCESSION_PREVIEW }),
    write: true,
    refusals: { 404: "There is none.", 409: "It is done or cancelled.", 422: MISTAKES },
  },
  "POST /successions/{id}/cancel": {
    summary: "Cancel a planned succession",
    roles: ["office"],
    params: z.object({ id: z.uuid() }),
    answer: z.object({ id: z.uuid() }),
    write: true,
    refusals: { 404: "There is none.", 409: "It is done or cancelled." },
  },
  "POST /assignments": {
    summary: "Assign a deputy to a grid or station from a day on",
    description: "`If-Match` is the version of the deputy. Open cases stay where they are.",
    roles: ["office"],
    body: z.strictObject({
      deputy: code,
      kind: z.enum(["grid", "station"]),
      code,
      role: z.enum(["primary", "backup"]),
      from: givenDay,
      until: givenDay.nullable().optional().describe("The last day."),
    }),
    answer: z.object({ id: z.uuid() }),
    status: 201,
    write: true,
    match: true,
    refusals: { 404: "There is no such deputy.", 409: "They serve there already, or are not in office." },
  },
  "POST /assignments/{id}/end": {
    summary: "End an assignment on a day",
    description: "`If-Match` is the version of the deputy. Open cases stay where they are.",
    roles: ["office"],
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ on: givenDay.describe("The last day.") }),
    answer: z.object({ id: z.uuid() }),
    write: true,
    match: true,
    refusals: { 404: "There is no such assignment.", 409: "It has ended." },
  },
  "PATCH /deputies/{code}": {
    summary: "Change a deputy, or end their term on a day",
    description: "Nobody is deleted. After the last day open cases go to whoever the rules find.",
    roles: ["office"],
    params: z.object({ code }),
    body: z.strictObject({
      name: z.string().trim().min(1).max(100).optional(),
      phone: z.string().trim().max(30).nullable().optional(),
      district: z.string().trim().max(100).optional(),
      groups: z.array(code).max(50).optional(),
      untilOn: givenDay.nullable().optional().describe("The last day of the term."),
    }),
    answer: z.object({ code, etag: z.string() }),
    write: true,
    match: true,
    refusals: { 404: "There is no such deputy." },
  },
} as const satisfies Contract;
