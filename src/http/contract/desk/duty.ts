import { z } from "zod";
import { ROLES } from "../../../domain/access/roles.ts";
import { CASE_ROW } from "../case-shapes.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const day = z.iso.date();
const station = z.object({ code: z.string(), name: z.string() });

const shift = z
  .object({
    id: z.uuid(),
    person: z.object({ id: z.uuid(), name: z.string() }),
    station: station.nullable().describe("Null: for the county's office."),
    fromOn: day,
    untilOn: day,
    isNow: z.boolean(),
    isOwn: z.boolean(),
  })
  .meta({ id: "DutyShift" });

const BOTH = ["office", "station"] as const;

/** The operations on who is on duty for urgent cases. */
export const DUTY = {
  "GET /duty": {
    summary: "Show who is on duty, and the urgent cases to which nobody says that they see",
    description:
      "Whoever is on duty is told of an urgent case at once, and again until somebody says that they see to it. The cases are those that exist for the caller.",
    roles: BOTH,
    answer: z.object({
      today: day,
      isOnDuty: z.boolean().describe("Whether you are, today."),
      hasChat: z.boolean().describe("Whether a chat of yours is told too."),
      isNobody: z.boolean().describe("Nobody is on duty today, neither for the office nor for any station."),
      shifts: z.array(shift).describe("From today on."),
      people: z
        .array(
          z.object({
            id: z.uuid(),
            name: z.string(),
            role: z.enum(ROLES),
            stations: z.array(station),
            hasChat: z.boolean(),
          }),
        )
        .describe("Who can be on duty; for the office alone."),
      urgent: z.array(CASE_ROW),
      asOf: moment,
    }),
  },
  "POST /duty/shifts": {
    summary: "Put somebody on duty",
    description: "The office and each station have one person a day. A shift is at most 92 days long.",
    roles: ["office"],
    body: z.strictObject({
      person: z.uuid(),
      station: z.string().min(1).max(64).nullable().default(null),
      fromOn: day,
      untilOn: day,
    }),
    answer: z.object({ id: z.uuid() }),
    status: 201,
    write: true,
    refusals: {
      409: "Somebody is on duty there on one of these days (`overlaps`).",
      422: "The person is not there or not of that station (`unknown`), there is no such station (`unknown-code`), or the days cannot be (`bad-day`).",
    },
  },
  "DELETE /duty/shifts/{id}": {
    summary: "Take a shift out of the roster",
    roles: ["office"],
    params: z.object({ id: z.uuid() }),
    answer: null,
    write: true,
  },
  "POST /duty/chat-code": {
    summary: "Get a code that makes a chat of yours one in which you are told of urgent cases",
    description:
      "Said in the chat as `值班 CODE`. It is good for an hour or two; a new chat takes the place of the one before.",
    roles: BOTH,
    peopleOnly: true,
    body: z.strictObject({}),
    answer: z.object({ code: z.string(), until: moment }),
    write: true,
    isSecret: true,
  },
} as const satisfies Contract;
