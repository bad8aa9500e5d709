import { z } from "zod";
import { ROLES } from "../../../domain/access/roles.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const count = z.int().min(0);
const colleague = z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) });

const trial = z
  .object({
    etag: z.string().describe("What `If-Match` takes: `t3`."),
    isOn: z.boolean(),
    at: moment.nullable().describe("When it was switched last; null where it never was."),
    by: z.string().nullable(),
    deputies: z.array(z.object({ code: z.string(), name: z.string(), isBound: z.boolean() })),
    staff: z.array(
      colleague.extend({
        code: z
          .string()
          .nullable()
          .describe("Said in a chat, it makes that chat theirs; null while no trial is on, and for auditors."),
        isJoined: z.boolean().describe("Whether a chat of theirs tries the service."),
      }),
    ),
    colleagues: z.array(colleague).describe("Whoever of the staff can be listed."),
    held: z
      .object({
        toResidents: count,
        toDeputies: count,
        stillToKnow: count.describe(
          "Of these, what would be sent if that were chosen: no question of then, nothing that a later message says.",
        ),
        oldestAt: moment.nullable(),
      })
      .describe("What was held back in this trial, and went to nobody."),
  })
  .meta({ id: "Trial" });

const SWITCH = {
  roles: ["office"],
  peopleOnly: true,
  answer: trial,
  write: true,
  match: true,
  confirm: true,
} as const;

/** The operations on a county's trial, in which only those who are listed receive anything in chat. */
export const TRIAL = {
  "GET /trial": {
    summary: "Show whether the county is in trial, who is listed, and what was held back",
    roles: ["office", "operator", "auditor"],
    answer: trial,
  },
  "PUT /trial/people": {
    summary: "List who receives something in a trial",
    description:
      "Deputies by their codes; people of the staff, who try the service as residents from a chat of their own.",
    roles: ["office"],
    body: z.strictObject({
      deputies: z.array(z.string().min(1).max(64)).max(200),
      staff: z.array(z.uuid()).max(200),
    }),
    answer: trial,
    write: true,
    match: true,
    refusals: { 422: "Somebody is not there: `findings` names every place (`unknown`)." },
  },
  "POST /trial/begin": {
    ...SWITCH,
    summary: "Begin a trial: from now on only those who are listed receive anything in chat",
    description: "Whoever else writes is told that the service is not open yet; a danger to life is answered as ever.",
    body: z.strictObject({}),
    refusals: { 409: "A trial is on already (`is-so`)." },
  },
  "POST /trial/end": {
    ...SWITCH,
    summary: "End the trial: the county is open, and everybody receives what is meant for them",
    description:
      "`seen` is how many messages held back were shown (residents and deputies together), `held` what becomes of them: `send` sends what is still to be known, `keep` nothing.",
    body: z.strictObject({ seen: count, held: z.enum(["send", "keep"]) }),
    refusals: { 409: "No trial is on (`is-so`), or more was held back meanwhile (`held-changed`)." },
  },
  "GET /trial/record.pdf": {
    summary: "Print the record of going live",
    description:
      "One page: who ended the trial and when, who was listed, coverage, what became of the rehearsal, the version of the rules, and a hash of all that it says.",
    roles: ["office", "auditor"],
    answer: null,
    file: true,
  },
} as const satisfies Contract;
