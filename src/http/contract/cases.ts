import { z } from "zod";
import { READING_REASONS } from "../../domain/access/reading-reasons.ts";
import { CASE_OUTCOMES } from "../../domain/case/case.ts";
import { CASE_COUNT, CASE_SEARCH } from "./case-filter.ts";
import { ANSWERED, CASE_PAGE, CASE_ROWS, PREVIEW, TOLD } from "./case-shapes.ts";
import { CASE_ETAG, CASES_APART, NOT_SO, ONE_CASE, ONLY_PREVIEW, STAFF_WORDS } from "./cases-apart.ts";
import type { Contract } from "./operation.ts";

const one = ONE_CASE;
const code = z.string().min(1).max(64);
const words = STAFF_WORDS;
const why = z.string().trim().min(1).max(500);
const preview = ONLY_PREVIEW;
const MOST_PHOTO_SIGNS = 7_000_000;
const MOST_PHOTO_BYTES = 8 * 1024 * 1024;
const etag = CASE_ETAG;

const reading = {
  reason: z.enum(READING_REASONS),
  note: z.string().trim().min(6, { error: "must say why in at least 6 signs" }).max(500),
};

/** The operations on cases: lists, search, one case whole, and every verb of the office and the stations. */
export const CASES = {
  "POST /cases/search": {
    summary: "List and search cases",
    description:
      "What the caller may see of the county's cases. Sealed ones are there for the office alone, by the filter `sealed`, without words, and that needs a code of the second factor as `confirm` does.",
    roles: ["office", "reviewer", "station", "auditor"],
    body: CASE_SEARCH,
    answer: CASE_ROWS,
    refusals: { 422: "A search of one sign (`too-short`), or a cursor that is none (`cursor`)." },
  },
  "POST /cases/count": {
    summary: "Count cases exactly",
    roles: ["office", "reviewer", "station", "auditor"],
    body: CASE_COUNT,
    answer: z.object({ value: z.int().min(0), asOf: z.string().meta({ format: "date-time" }) }),
  },
  "GET /cases/{number}": {
    summary: "Show a case",
    description: `With its decision whole. ${etag} That somebody read it is written down before the answer leaves.`,
    roles: ["office", "reviewer", "station", "auditor"],
    params: one,
    answer: CASE_PAGE,
    refusals: {
      403: "A sealed case, to somebody of the office without a pass (`reason-needed`).",
      404: "It is not there, or not for the caller.",
    },
  },
  "POST /cases/{number}/open-sealed": {
    summary: "Give a reason for reading a sealed case",
    description: "It can be read for ten minutes then.",
    roles: ["office"],
    peopleOnly: true,
    params: one,
    body: z.strictObject(reading),
    answer: z.object({ until: z.string().meta({ format: "date-time" }) }),
    write: true,
    confirm: true,
  },
  "POST /cases/{number}/place": {
    summary: "Place a case in a grid",
    description: `The rules stay in force: they say who gets it there. ${etag}`,
    roles: ["office"],
    params: one,
    body: z.strictObject({ grid: code, preview }),
    answer: PREVIEW,
    write: true,
    match: true,
    refusals: { 409: NOT_SO, 422: "There is no such grid (`unknown-grid`)." },
  },
  "POST /cases/{number}/move": {
    summary: "Move a case by hand",
    description: `To one deputy, one unit or the office, instead of all rules. ${etag}`,
    roles: ["office"],
    params: one,
    body: z.union([
      z.strictObject({ deputy: code, reason: why, preview }),
      z.strictObject({ unit: code, reason: why, preview }),
      z.strictObject({ office: z.literal(true), reason: why, preview }),
    ]),
    answer: PREVIEW,
    write: true,
    match: true,
    refusals: { 409: NOT_SO, 422: "It cannot go there (`cannot-go-there`): the sentence says why." },
  },
  "POST /cases/{number}/answer": {
    summary: "Answer the resident for the office",
    roles: ["office", "station"],
    params: one,
    body: z.strictObject({ text: words, preview }),
    answer: ANSWERED,
    write: true,
    match: true,
    refusals: { 409: NOT_SO },
  },
  "POST /cases/{number}/acknowledge": {
    summary: "Say that you see to an urgent case",
    description:
      "Nobody on duty is told of it again. Who has it keeps it. It takes no version: a danger waits for no second look.",
    roles: ["office", "station"],
    params: one,
    body: z.strictObject({}),
    answer: null,
    write: true,
    refusals: { 409: NOT_SO },
  },
  "POST /cases/{number}/notes": {
    summary: "Add a note that neither the resident nor a deputy reads",
    roles: ["office", "station"],
    params: one,
    body: z.strictObject({ text: words }),
    answer: z.object({ id: z.string() }),
    status: 201,
    write: true,
  },
  "POST /cases/{number}/close": {
    summary: "Close a case",
    description: `\`text\` is what the resident reads; it may be left out for duplicate and withdrawn alone. \`claim\`: on whose word it is solved. ${etag}`,
    roles: ["office", "station"],
    params: one,
    body: z.strictObject({
      outcome: z.enum(CASE_OUTCOMES),
      claim: z.enum(["unit", "deputy", "resident"]).optional(),
      text: words.optional(),
      photo: z
        .base64()
        .max(MOST_PHOTO_SIGNS)
        .optional()
        .describe("JPEG, PNG, WebP or GIF, up to 50 million pixels; what it tells of place and device is taken out."),
      preview,
    }),
    mostBytes: MOST_PHOTO_BYTES,
    answer: z.object({ told: z.array(TOLD).describe("In a preview alone.") }),
    write: true,
    match: true,
    refusals: {
      409: NOT_SO,
      422: "Nothing says on whose word it is solved (`claim-needed`), or what the resident reads (`text-needed`); what came is no photo (`no-photo`).",
    },
  },
  "GET /cases/{number}/photos/{id}": {
    summary: "Show a photo that the office or a station put into a case",
    description: "Read as the case is: that somebody did is written down before the answer leaves.",
    roles: ["office", "reviewer", "station", "auditor"],
    params: one.extend({ id: z.uuid() }),
    answer: null,
    file: true,
    refusals: { 403: "A sealed case, to somebody of the office without a pass (`reason-needed`)." },
  },
  "POST /cases/{number}/category": {
    summary: "Correct the category of a case",
    roles: ["office", "station"],
    params: one,
    body: z.strictObject({ code: code.nullable() }),
    answer: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
    write: true,
    match: true,
    refusals: { 422: "There is no such category (`unknown-category`)." },
  },
  "POST /cases/{number}/deadline": {
    summary: "Set another day by which the resident hears",
    description: `The resident reads the reason. ${etag}`,
    roles: ["office"],
    params: one,
    body: z.strictObject({ dueOn: z.iso.date(), reason: why, preview }),
    answer: z.object({ dueOn: z.string(), told: z.array(TOLD).describe("In a preview alone.") }),
    write: true,
    match: true,
    refusals: { 409: NOT_SO, 422: "A day that is over, or too far away (`bad-day`)." },
  },
  ...CASES_APART,
  "POST /cases/{number}/unseal": {
    summary: "Propose to unseal a case",
    description: `Nothing changes before another person of the office agrees, within seven days. ${etag}`,
    roles: ["office"],
    peopleOnly: true,
    params: one,
    body: z.strictObject({ reason: why }),
    answer: null,
    write: true,
    match: true,
    confirm: true,
    refusals: {
      409: NOT_SO,
      422: "It was proposed already (`proposed-already`), stays sealed (`stays-sealed`), or its resident asked that their data be erased (`asked-to-erase`).",
    },
  },
  "POST /cases/{number}/unseal/confirm": {
    summary: "Agree to unseal a case",
    description: "By another person than the one who proposed it. The case is ordinary from then on.",
    roles: ["office"],
    peopleOnly: true,
    params: one,
    answer: null,
    write: true,
    confirm: true,
    refusals: {
      403: "Their own proposal (`own-proposal`).",
      409: NOT_SO,
      422: "Nobody proposed it (`no-proposal`), or its resident asked that their data be erased (`asked-to-erase`).",
    },
  },
  "POST /cases/{number}/unseal/refuse": {
    summary: "Refuse to unseal a case, or take the own proposal back",
    roles: ["office"],
    peopleOnly: true,
    params: one,
    body: z.strictObject({ reason: why }),
    answer: null,
    write: true,
    refusals: { 409: NOT_SO, 422: "Nobody proposed it (`no-proposal`)." },
  },
  "POST /cases/{number}/involved": {
    summary: "Declare an interest: the case is about the caller, or somebody close",
    description: "From then on it does not exist for them. For a sealed case before it was opened, too.",
    roles: ["office", "reviewer", "station"],
    peopleOnly: true,
    params: one,
    answer: null,
    write: true,
  },
  "POST /cases/{number}/candidates": {
    summary: "Look for a grid, a deputy or a unit for a case",
    description: "By a part of the name or the beginning of the code. Who cannot have it is listed with the reason.",
    roles: ["office"],
    params: one,
    body: z.strictObject({ kind: z.enum(["grid", "deputy", "unit", "category"]), q: z.string().trim().max(40) }),
    answer: z.object({
      items: z
        .array(
          z.object({
            ...{ code: z.string(), name: z.string(), about: z.string() },
            metres: z.int().nullable().describe("From the grid of the case, or its resident's home, to the grid."),
            unfit: z
              .enum(["away", "term-ended", "returned", "has-it"])
              .nullable()
              .describe("Why it cannot go there; null where it can."),
            until: z.string().nullable().describe("The last day of the absence, or of the term."),
          }),
        )
        .max(20),
      hasMore: z.boolean(),
    }),
  },
  "POST /cases/{number}/seal": {
    summary: "Seal a case",
    description:
      "From then on the county office alone may read it, by reason. A station that seals cannot open it afterwards.",
    roles: ["office", "station"],
    params: one,
    body: z.strictObject({ reason: why }),
    answer: null,
    write: true,
    match: true,
    refusals: { 409: NOT_SO },
  },
  "POST /cases/{number}/originals": {
    summary: "Read messages as they were written",
    description: "Written down each time, before the words leave. Of a sealed case one message at a time.",
    ...{ roles: ["office"], peopleOnly: true, params: one },
    body: z.strictObject({ ...reading, messages: z.array(z.uuid()).min(1).max(50) }),
    answer: z.object({
      messages: z.array(z.object({ id: z.string(), text: z.string() })),
      shownUntil: z.string().meta({ format: "date-time" }),
    }),
    ...{ write: true, confirm: true, isSecret: true },
  },
  "POST /cases/{number}/media/{id}": {
    summary: "See a photo, or take along a recording or a film, as the resident sent it, by the rules of originals",
    ...{ roles: ["office"], peopleOnly: true, params: one.extend({ id: z.uuid() }) },
    body: z.strictObject(reading),
    ...{ answer: null, file: true, confirm: true, isSecret: true },
  },
} as const satisfies Contract;
