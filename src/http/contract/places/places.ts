import { z } from "zod";
import { ROLES } from "../../../domain/access/roles.ts";
import { CASE_ROW } from "../case-shapes.ts";
import type { Contract } from "../operation.ts";

const day = z.string().meta({ format: "date" });
const code = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(100);
const count = z.int().min(0);
const named = z.object({ code, name: z.string() });
const etag = z.string().describe("Its version: give it in `If-Match`.");
const phone = z.string().nullable().describe("Null where there is none, and for whoever sees no phones.");
const givenPhone = z.string().trim().max(30).nullable().optional().describe("Null takes it away.");

const GONE = "There is none, or not for you.";

/** What every list of this kind may be asked for. */
const listed = z.object({
  q: z.string().max(64).optional().describe("A part of the name, or the beginning of the code."),
  township: z.string().max(64).optional(),
  station: code.optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable(),
    total: z.object({ value: count, isMore: z.boolean() }),
  });

const grid = z
  .object({
    ...{ code, name: z.string(), township: z.string(), community: z.string(), station: named.nullable() },
    aliases: z.array(z.string()),
    deputies: count.describe("In office, serving here or at its station today."),
    hasShape: z.boolean(),
    untilOn: day.nullable().describe("Its last day; afterwards nothing new lies in it."),
    etag,
  })
  .meta({ id: "GridRow" });

const station = z
  .object({
    ...{ code, name: z.string(), township: z.string(), address: z.string(), phone, head: named.nullable() },
    grids: count,
    deputies: count,
    etag,
  })
  .meta({ id: "StationRow" });

const unit = z
  .object({ code, name: z.string(), phone, categories: z.array(z.string()), untilOn: day.nullable(), etag })
  .meta({ id: "UnitRow" });

const group = z
  .object({ code, name: z.string(), lead: named.nullable(), members: count, etag })
  .meta({ id: "GroupRow" });

const place = z
  .object({ id: z.uuid(), name: z.string(), grid: named.extend({ township: z.string() }), etag })
  .meta({ id: "PlaceRow" });

const figures = z.object({
  open: count.nullable().describe("Open cases."),
  received: count.nullable().describe("Within the days of the window."),
  medianDays: z.number().nullable().describe("Working days until the first answer; null while none was answered."),
  reopenedShare: z.number().min(0).max(1).nullable(),
  isSilent: z.boolean().nullable().describe("No word in the window."),
  isHidden: z.boolean().describe("Fewer than five cases: shown to office and auditor alone."),
});

const gridPage = grid
  .extend({
    people: z.array(
      z.object({
        ...{ code, name: z.string(), role: z.enum(["primary", "backup"]), at: z.enum(["grid", "station"]) },
        ...{ hasChat: z.boolean(), awayUntil: day.nullable(), untilOn: day.nullable() },
      }),
    ),
    places: z.array(z.string()),
    lastCases: z.array(CASE_ROW).nullable().describe("The newest five; null for whoever sees no case."),
    figures: figures.nullable().describe("Null for whoever sees no case."),
  })
  .meta({ id: "GridPage" });

const changed = z.object({ code, etag });

/** The operations on the county's places: grids with their shapes, stations, other names, units, groups. */
export const PLACES = {
  "GET /grids/shapes": {
    summary: "Give the shapes of all grids",
    description:
      "Simplified to one metre, in hundred-thousandths of a degree (GCJ-02): each ring is its first corner and then steps. Compressed, with a version; a station gets its own.",
    roles: ROLES,
    answer: z.object({
      unit: z.number(),
      grids: z.array(
        z.object({
          ...{ code, name: z.string(), township: z.string() },
          rings: z.array(z.array(z.int())).describe("x, y of the first corner, then dx, dy of each further one."),
        }),
      ),
      withoutShape: count,
    }),
  },
  "GET /grids/figures": {
    summary: "Give the figures of all grids, for the layers of the map",
    description: "Of the last 90 days; sealed cases are in none of them.",
    roles: ROLES,
    answer: z.object({
      days: count,
      asOf: z.string().meta({ format: "date-time" }),
      seesCases: z.boolean(),
      tiles: z.string().nullable().describe("The template of the map's tiles; null: it is drawn without any."),
      grids: z.array(
        z.object({
          ...{ code, name: z.string(), township: z.string() },
          answering: count.describe("Deputies in office and not away, of the grid or its station."),
          ...figures.shape,
        }),
      ),
    }),
  },
  "GET /grids": { summary: "List the grids", roles: ROLES, query: listed, answer: pageOf(grid) },
  "GET /grids/{code}": {
    summary: "Show a grid with its people, names, last cases and figures",
    roles: ROLES,
    params: z.object({ code }),
    answer: gridPage,
    refusals: { 404: GONE },
  },
  "GET /stations": { summary: "List the stations", roles: ROLES, query: listed, answer: pageOf(station) },
  "GET /units": { summary: "List the units", roles: ROLES, query: listed, answer: pageOf(unit) },
  "GET /groups": { summary: "List the groups of deputies", roles: ROLES, query: listed, answer: pageOf(group) },
  "GET /places": {
    summary: "List the other names of grids",
    roles: ROLES,
    query: listed,
    answer: pageOf(place),
  },
  "PATCH /grids/{code}": {
    summary: "Change a grid",
    description:
      "Its code and shape stay; those come by import. It is never deleted but ends on a day: from the next one on it takes nothing new and is on no map, poster or certificate; its open cases stay with whom they are.",
    roles: ["office"],
    params: z.object({ code }),
    body: z.strictObject({
      name: name.optional(),
      community: z.string().trim().max(100).optional(),
      station: code.nullable().optional(),
      aliases: z.array(name).max(100).optional(),
      untilOn: z.iso.date().nullable().optional().describe("Its last day."),
    }),
    answer: changed,
    write: true,
    match: true,
    refusals: { 404: GONE },
  },
  "PATCH /stations/{code}": {
    summary: "Change a station",
    roles: ["office"],
    params: z.object({ code }),
    body: z.strictObject({
      name: name.optional(),
      address: z.string().trim().max(200).optional(),
      phone: givenPhone,
      head: code
        .nullable()
        .optional()
        .describe("A deputy in office: an accusation against its deputies passes them over."),
    }),
    answer: changed,
    write: true,
    match: true,
    refusals: { 404: GONE },
  },
  "PATCH /units/{code}": {
    summary: "Change a unit, or end it on a day",
    roles: ["office"],
    params: z.object({ code }),
    body: z.strictObject({ name: name.optional(), phone: givenPhone, untilOn: z.iso.date().nullable().optional() }),
    answer: changed,
    write: true,
    match: true,
    refusals: { 404: GONE },
  },
  "PATCH /groups/{code}": {
    summary: "Change a group of deputies",
    roles: ["office"],
    params: z.object({ code }),
    body: z.strictObject({ name: name.optional(), lead: code.nullable().optional() }),
    answer: changed,
    write: true,
    match: true,
    refusals: { 404: GONE },
  },
  "POST /places": {
    summary: "Note another name of a grid",
    roles: ["office"],
    body: z.strictObject({ name, grid: code }),
    answer: z.object({ id: z.uuid(), etag }),
    status: 201,
    write: true,
    refusals: { 409: "The grid has this name already.", 422: "There is no such grid." },
  },
  "PATCH /places/{id}": {
    summary: "Change another name of a grid, or take it away",
    roles: ["office"],
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ name: name.nullable().describe("Null takes it away.") }),
    answer: z.object({ id: z.uuid(), etag: etag.nullable() }),
    write: true,
    match: true,
    refusals: { 404: GONE, 409: "The grid has this name already." },
  },
} as const satisfies Contract;
