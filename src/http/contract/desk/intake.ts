import { z } from "zod";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { INTAKE_WAYS } from "../../../domain/case/desk.ts";
import { CASE_ROW, HOLDER, TOLD } from "../case-shapes.ts";
import type { Contract } from "../operation.ts";

const number = z.string().regex(CASE_NUMBER);
const code = z.string().min(1).max(64);
const MOST_PHOTO_SIGNS = 7_000_000;
const LONGEST_TEXT = 4_000;

const place = z.union([
  z.strictObject({ grid: code }),
  z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
  z.strictObject({ words: z.string().trim().min(1).max(200) }),
]);

/** What is taken down of a person who came, rang up or wrote. */
const INTAKE_GIVEN = z
  .strictObject({
    how: z.enum(INTAKE_WAYS),
    text: z.string().trim().min(1).max(LONGEST_TEXT),
    place: place
      .nullable()
      .default(null)
      .describe("A grid, where the telephone is (WGS-84), or names; null where the words tell."),
    category: code.nullable().optional().describe("As it was confirmed; left out where the words tell it."),
    name: z.string().trim().min(1).max(40).nullable().default(null),
    phone: z.string().trim().min(1).max(30).nullable().default(null),
    mayCall: z.boolean().default(false),
    noticeRead: z.boolean().default(false).describe("The notice was read out, and the person agreed. Not for letters."),
    photo: z.base64().max(MOST_PHOTO_SIGNS).nullable().default(null),
    join: z
      .strictObject({ number, etag: z.string().min(1).max(20) })
      .nullable()
      .default(null),
  })
  .meta({ id: "Intake" });

const taken = {
  goesTo: HOLDER,
  place: z.object({ grid: z.string().nullable(), name: z.string().nullable(), township: z.string().nullable() }),
  station: z.object({ code: z.string(), name: z.string() }).nullable(),
  category: z.string().nullable(),
  dueOn: z.string().meta({ format: "date" }),
  dueWithin: z.int().nullable().describe("In working days, where the day may still move; else null."),
  danger: z.boolean(),
  isForOffice: z.boolean().describe("Nobody but the county's office reads it first."),
  readOut: z.array(z.string()).describe("What is read out to the person, in this order."),
};

const offer = z.object({ grid: z.string(), label: z.string() });

const MOST_BYTES = 8 * 1024 * 1024;
const ROLES = ["office", "station"] as const;
const WRONG =
  "No clear place (`no-place`), no such grid (`unknown-grid`), a place of another station (`other-station`), no photo (`no-photo`), no number (`bad-phone`), the notice was not read out (`notice-needed`).";

/** The operations with which the matters of people without a chat are taken down. */
export const INTAKE = {
  "POST /intake/preview": {
    summary: "Show what would become of a matter, and similar open ones near it",
    description: "Nothing is kept. Where the place is not clear, `place` is null and `offers` has what may be meant.",
    roles: ROLES,
    body: INTAKE_GIVEN,
    mostBytes: MOST_BYTES,
    answer: z
      .object({
        notice: z.string().describe("Read out before anything is written down."),
        offers: z.array(offer),
        would: z
          .object({ ...taken, told: z.array(TOLD).describe("What others would read.") })
          .nullable()
          .describe("Null where the place is not clear."),
        similar: z.array(z.object({ case: CASE_ROW, metres: z.int(), days: z.int() })),
      })
      .meta({ id: "IntakePreview" }),
    refusals: { 422: WRONG },
  },
  "POST /intake": {
    summary: "Take down a matter",
    description: "Opens a case, or puts the words into the one that is named; all of it, or nothing.",
    roles: ROLES,
    body: INTAKE_GIVEN,
    mostBytes: MOST_BYTES,
    answer: z
      .object({
        ...taken,
        number,
        isJoined: z.boolean(),
        mayOpen: z.boolean().describe("Whether the case exists for the caller."),
      })
      .meta({ id: "IntakeDone" }),
    status: 201,
    write: true,
    isSecret: true,
    refusals: { 409: "The case that was named is closed (`state`).", 412: "It has changed.", 422: WRONG },
  },
  "GET /stations/{code}/qr": {
    summary: "The code by which a station is scanned, as a picture",
    roles: ROLES,
    params: z.object({ code }),
    answer: z.object({
      name: z.string(),
      qr: z.string().nullable().describe("`data:image/svg+xml;base64,…`; null where the platform gives none."),
    }),
    refusals: { 404: "There is no such station." },
  },
} as const satisfies Contract;
