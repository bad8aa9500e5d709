import { z } from "zod";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const day = z.iso.date();
const year = z.coerce.number().int().min(2000).max(2100);
const mark = z.enum(["rest", "work"]);
const marks = z.record(day, mark.nullable());
const own = z.object({ own: z.number().nullable(), standard: z.number() });
const change = z.object({ type: z.string(), by: z.string(), at: moment });

const petitionOffice = z
  .strictObject({ name: z.string(), address: z.string(), phone: z.string(), hours: z.string() })
  .describe("The office of petitions (信访局), as residents are told of it.");

const networks = z
  .array(z.string().max(50))
  .max(50)
  .describe("The networks in which case systems of others may be reached over plain HTTP, such as `10.20.0.0/16`.");

const rooms = z
  .enum(["digest", "cases"])
  .describe("What rooms of deputies are told: numbers and days each morning, or each new case instead.");

const settings = z
  .object({
    etag: z.string().describe("What `If-Match` takes: `s3`."),
    code: z.string(),
    name: z.string(),
    workingDays: own.describe("Within how many working days a resident hears; null where the service's own holds."),
    overloadShare: own.describe("A check warns when rules would send one person more than this share."),
    categoryThreshold: own.describe("Below this confidence a message has no category."),
    petitionOffice: petitionOffice.nullable(),
    partnerNetworks: networks,
    rooms,
    calendar: z.object({ knownUntil: day, daysLeft: z.int(), missing: z.string().nullable() }),
    changes: z.array(change).describe("The latest, newest first."),
  })
  .meta({ id: "CountySettings" });

const calendar = z
  .object({
    year: z.int(),
    isKnown: z.boolean().describe("Whether all days off and make-up days of the year are known."),
    off: z.array(day).describe("Weekdays on which offices do not work."),
    work: z.array(day).describe("Saturdays and Sundays on which they do."),
    own: z.record(day, mark).describe("What the county entered itself."),
    missing: z.array(day).describe("Free by law and not entered, where the year is not known."),
  })
  .meta({ id: "CalendarYear" });

const READ = ["office", "auditor"] as const;

/** The operations on what a county sets for itself. */
export const COUNTY_SETTINGS = {
  "GET /settings": { summary: "Show the county's settings", roles: READ, answer: settings },
  "PATCH /settings": {
    summary: "Change the county's settings",
    description:
      "All or nothing; null brings back the service's own value. Days that were promised before stay as they are. `calendar` takes the place of all entries of a year.",
    roles: ["office"],
    body: z.strictObject({
      name: z.string().max(200).optional(),
      workingDays: z.number().nullable().optional(),
      overloadShare: z.number().nullable().optional(),
      categoryThreshold: z.number().nullable().optional(),
      petitionOffice: petitionOffice.nullable().optional(),
      partnerNetworks: networks.nullable().optional(),
      rooms: rooms.nullable().optional(),
      calendar: z.strictObject({ year: z.int().min(2000).max(2100), days: z.record(day, mark).nullable() }).optional(),
      holidays: marks.optional().describe("Single days; null takes an entry away."),
    }),
    answer: settings,
    write: true,
    match: true,
    refusals: { 422: "Something is not right: `findings` names every place." },
  },
  "GET /settings/calendar/{year}": {
    summary: "Show a year's days off and make-up days",
    roles: READ,
    params: z.object({ year }),
    answer: calendar,
  },
  "POST /settings/calendar/read": {
    summary: "Read a list of days off and make-up days",
    description:
      "As the State Council announces them, or lines such as `2027-02-05..2027-02-11 off`. Nothing is stored.",
    roles: ["office"],
    body: z.strictObject({ year: z.int().min(2000).max(2100), text: z.string().min(1).max(20_000) }),
    answer: z.object({
      days: z.record(day, mark),
      unread: z.array(z.string()).describe("Sentences with digits in which nothing was found."),
      problems: z.array(z.string()).describe("Why these days cannot be the year's; none where they can."),
      unusual: z.string().nullable().describe("What is odd about a list that can be taken."),
    }),
  },
} as const satisfies Contract;
