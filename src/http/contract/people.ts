import { z } from "zod";
import { ROLES } from "../../domain/access/roles.ts";
import { DAY_PARTS } from "../../domain/calendar/weekly.ts";
import { DEPUTY_LEVELS } from "../../domain/routing/nearness.ts";
import { CASE_ROW, HOLDER, TOLD } from "./case-shapes.ts";
import type { Contract } from "./operation.ts";

const day = z.string().meta({ format: "date" });
const givenDay = z.iso.date();
const code = z.string().min(1).max(64);
const count = z.int().min(0);
const level = z.enum(DEPUTY_LEVELS);
const NOT_THERE = "There is no such deputy, or not for you.";
const LEFT = "They are not in office any more.";

/** What is worth looking for among deputies. */
const DEPUTY_TRAITS = ["no-chat", "away", "term-ends", "no-grid", "ended"] as const;

const listed = z
  .object({
    code,
    name: z.string(),
    level,
    groups: z.array(z.string()),
    untilOn: day.nullable(),
    stations: z.array(z.string()).describe("Names, by assignments that hold today."),
    townships: z.array(z.string()),
    grids: count,
    hasChat: z.boolean(),
    awayUntil: day.nullable(),
    standIn: z.string().nullable(),
    openCases: count.nullable().describe("Those that exist for the caller; null for whoever sees no case."),
  })
  .meta({ id: "DeputyRow" });

const named = z.object({ code, name: z.string() });
const each = {
  weekdays: z.array(z.int().min(1).max(7)).describe("From 1, Monday, to 7."),
  from: day,
  until: day.nullable().describe("The last day; null where it has no end."),
  part: z
    .enum(DAY_PARTS)
    .nullable()
    .describe("The half of each day, until noon or from noon on; null for the whole of it."),
};

const page = z
  .object({
    ...{ code, name: z.string(), level, district: z.string(), groups: z.array(z.string()), untilOn: day.nullable() },
    isInOffice: z.boolean(),
    hasChat: z.boolean().describe("Whether a chat is bound; never which."),
    assignments: z.array(
      z.object({
        ...{ id: z.uuid(), kind: z.enum(["grid", "station"]) },
        ...{ code, name: z.string(), township: z.string(), role: z.enum(["primary", "backup"]) },
        ...{ fromOn: day, untilOn: day.nullable() },
      }),
    ),
    absences: z.array(
      z.object({
        ...{ id: z.uuid(), from: day, until: day, standIn: named.nullable() },
        state: z.enum(["now", "planned", "over"]),
      }),
    ),
    weekly: z
      .array(z.object({ id: z.uuid(), ...each }))
      .describe("The days of each week on which they are away; what they have stays theirs, new matters pass them by."),
    standIns: z.array(named.extend({ near: z.enum(["grid", "station"]) })).describe("Who may stand in, nearest first."),
    cases: z
      .array(CASE_ROW)
      .nullable()
      .describe("Open ones, oldest first, at most 100; null for whoever sees no case."),
    movedMeanwhile: z
      .array(CASE_ROW)
      .nullable()
      .describe(
        "Open ones that somebody else has because of an absence that holds or ended within 30 days; at most 100.",
      ),
    figures: z.object({ open: count, closed: count, overdue: count }).nullable(),
    areFiguresHidden: z.boolean().describe("Fewer than five cases: shown to office and auditor alone."),
  })
  .meta({ id: "DeputyPage" });

const absence = z
  .object({
    id: z.uuid().nullable().describe("Null in a preview."),
    begins: z.enum(["now", "planned"]).describe("planned: the cases move when the day comes."),
    cases: z
      .array(
        z.object({
          number: z.string(),
          summary: z.string(),
          receivedAt: z.string().meta({ format: "date-time" }),
          isMoved: z.boolean().describe("False: nobody else can take it, so it stays."),
          goesTo: HOLDER,
        }),
      )
      .describe("Oldest first; in a preview as things are now, after planning a later day empty."),
    told: z.array(TOLD).describe("What is told of the first case that moves, as each reads it; only in a preview."),
    hasChat: z.boolean().describe("False: nothing can be told to the deputy by chat."),
  })
  .meta({ id: "AbsenceEntered" });

const sheet = z.object({ county: z.string(), deputy: z.string(), code: z.string(), until: day });

/** The operations on deputies: who they are, where they serve, when they are away, how they bind a chat. */
export const PEOPLE = {
  "GET /deputies": {
    summary: "List the deputies",
    description: "By code; those in office unless the filter says otherwise. A station sees those who serve there.",
    roles: ROLES,
    query: z.object({
      q: z.string().max(64).optional().describe("A part of the name, or the beginning of the code."),
      level: level.optional(),
      township: z.string().max(64).optional(),
      station: code.optional(),
      group: code.optional(),
      only: z.enum(DEPUTY_TRAITS).optional(),
      after: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({
      items: z.array(listed),
      next: z.string().nullable(),
      total: z.object({ value: count, isMore: z.boolean() }),
    }),
  },
  "GET /deputies/{code}": {
    summary: "Show a deputy",
    roles: ROLES,
    params: z.object({ code }),
    answer: page,
    refusals: { 404: NOT_THERE },
  },
  "POST /deputies/{code}/absences": {
    summary: "Enter an absence",
    description:
      "From today on the open cases go at once to whoever stands in, oldest first; from a later day on when it comes. Earlier absences of the same days give way.",
    roles: ["office", "station"],
    params: z.object({ code }),
    body: z.strictObject({
      from: givenDay,
      until: givenDay.describe("The last day; it belongs to the absence."),
      substitute: code.nullish().describe("The code of the deputy who stands in; left to the rules where left out."),
      preview: z.boolean().optional(),
    }),
    answer: absence,
    write: true,
    refusals: { 404: NOT_THERE, 409: LEFT },
  },
  "POST /absences/{id}/end": {
    summary: "End an absence, or cancel one that is planned",
    description: "What was handed over stays where it is.",
    roles: ["office", "station"],
    params: z.object({ id: z.uuid() }),
    answer: z.object({ was: z.enum(["now", "planned"]), deputy: named }),
    write: true,
    refusals: { 404: "There is no such absence, or not for you.", 409: "It is over already." },
  },
  "POST /deputies/{code}/weekly-absences": {
    summary: "Enter an absence that comes again each week",
    description:
      "Whole days or halves of them. What the deputy has stays theirs; new matters pass them by on these days.",
    roles: ["office", "station"],
    params: z.object({ code }),
    body: z.strictObject({
      weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).describe("From 1, Monday, to 7."),
      from: givenDay,
      until: givenDay.nullish().describe("The last day; without an end where left out."),
      part: z.enum(DAY_PARTS).nullish().describe("The half of each day; the whole of it where left out."),
    }),
    answer: z.object({
      id: z.uuid(),
      hasChat: z.boolean().describe("False: nothing can be told to the deputy by chat."),
    }),
    write: true,
    refusals: { 404: NOT_THERE, 409: LEFT },
  },
  "POST /weekly-absences/{id}/end": {
    summary: "End an absence that comes again each week",
    roles: ["office", "station"],
    params: z.object({ id: z.uuid() }),
    answer: z.object({ deputy: named }),
    write: true,
    refusals: { 404: "There is no such absence, or not for you.", 409: "It is over already." },
  },
  "POST /deputies/{code}/invite": {
    summary: "Make a code with which the deputy binds a chat",
    description: "Good for 14 days and once. Shown now and never again.",
    roles: ["office", "station"],
    params: z.object({ code }),
    answer: z.object({
      code: z.string().nullable().describe("Null when the same was asked again."),
      until: day.nullable(),
      sheet: sheet.nullable().describe("What is to be printed for the deputy."),
    }),
    status: 201,
    write: true,
    isSecret: true,
    refusals: { 404: NOT_THERE, 409: LEFT },
  },
} as const satisfies Contract;
