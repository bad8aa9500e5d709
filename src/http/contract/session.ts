import { z } from "zod";
import { ROLES } from "../../domain/access/roles.ts";
import type { Contract } from "./operation.ts";

const moment = z.string().meta({ format: "date-time" });
const password = z.string().min(10).max(256);
const given = z.string().min(1).max(256);
/** Six digits of the second factor, or a backup code where the operation says so. */
const code = z.string().trim().min(6).max(32);

const next = z
  .enum(["second-factor", "enrol", "open"])
  .describe("What follows: a code of the second factor, setting one up, or nothing.");

const preferences = z.object({
  locale: z.enum(["zh-CN", "en"]),
  rowHeight: z.enum(["compact", "comfortable"]),
  singleKeys: z.boolean().describe("Whether single keys are commands."),
});

const me = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(ROLES),
    county: z.object({ name: z.string() }),
    stations: z.array(z.string()).describe("The codes of their stations."),
    must: z.enum(["second-factor"]).nullable().describe("What they do before anything else; null for nothing."),
    hasSecondFactor: z.boolean(),
    confirmedUntil: moment.nullable().describe("Until when what needs a code of the second factor needs no new one."),
    idleEndsAt: moment.describe("When the session ends if nothing is asked until then."),
    endsAt: moment.describe("When the session ends in any case."),
    locale: preferences.shape.locale,
    preferences,
    textKey: z
      .string()
      .describe("A key, base64url of 32 bytes, for drafts kept in the browser; it ends with the session."),
    may: z.array(z.string()).describe("The operations that their role may ask for: `POST /cases/search`."),
    failures: z
      .object({ count: z.int(), since: moment, last: moment, from: z.array(z.string()) })
      .nullable()
      .describe("Wrong sign-ins since the sign-in before this one, and the addresses they came from."),
    notices: z
      .array(z.enum(["trial", "insecure-address", "rehearsal-clock", "no-second-factor-here"]))
      .describe(
        "What a banner says: the county is in trial; sessions go over plain http; a practice asks for no second factor.",
      ),
  })
  .meta({ id: "Me" });

const session = z
  .object({
    id: z.uuid(),
    isThis: z.boolean(),
    device: z.string().describe("The browser and the system, as far as it says so."),
    address: z.string(),
    since: moment,
    lastUsedAt: moment,
  })
  .meta({ id: "Session" });

const reading = z
  .object({
    seq: z.int(),
    what: z.enum(["case", "original", "sealed", "export", "phone"]),
    case: z.string().nullable(),
    reason: z.string().nullable(),
    note: z.string().nullable(),
    at: moment,
  })
  .meta({ id: "OwnReading" });

const WRONG = "The address or the password is not right; the same for every reason.";
const TOO_OFTEN = "Too many wrong ones; `retry-after` says when the next is taken, right or wrong.";

/** The operations that hold a password or a code against what is kept: each settles its own transactions. */
export const SIGN_IN_CONTRACT = {
  "POST /session": {
    summary: "Sign in with address and password",
    description: "Sets the session's cookie once nothing more is asked for.",
    roles: "anybody",
    body: z.object({ email: z.string().min(1).max(254), password: given }),
    answer: z.object({ next }),
    refusals: { 401: WRONG, 429: TOO_OFTEN },
  },
  "POST /session/second-factor": {
    summary: "Give a code of the second factor, or a backup code, after the password",
    roles: "anybody",
    body: z.object({ code }),
    answer: z.object({ next }),
    refusals: { 401: "The code is not right, or too much time passed since the password.", 429: TOO_OFTEN },
  },
  "DELETE /session": {
    summary: "Sign out",
    roles: "everybody",
    whileEnrolling: true,
    peopleOnly: true,
    answer: null,
  },
  "POST /me/confirm": {
    summary: "Confirm with a code of the second factor",
    description: "Good for ten minutes, in this session.",
    roles: "everybody",
    peopleOnly: true,
    body: z.object({ code }),
    answer: z.object({ until: moment }),
    refusals: { 409: "There is no second factor.", 422: "The code is not right.", 429: TOO_OFTEN },
  },
  "POST /me/second-factor/begin": {
    summary: "Begin to set up a second factor, the first or a new one",
    description: "A second factor that is there stays until the new one is proved; to change it needs a code of it.",
    roles: "everybody",
    whileEnrolling: true,
    peopleOnly: true,
    body: z.object({ password: given }),
    answer: z.object({
      uri: z.string().describe("`otpauth://…`, for an authenticator."),
      qr: z.string().describe("The same as a picture: `data:image/svg+xml;base64,…`."),
    }),
    refusals: { 422: "The password is not right.", 429: TOO_OFTEN },
  },
  "POST /me/second-factor/prove": {
    summary: "Prove the new second factor with one of its codes",
    description: "Ends one's other sessions.",
    roles: "everybody",
    whileEnrolling: true,
    peopleOnly: true,
    body: z.object({ code }),
    answer: z.object({ backupCodes: z.array(z.string()).describe("Ten, each good once; shown now and never again.") }),
    refusals: { 409: "Nothing was begun, or too long ago.", 422: "The code is not right.", 429: TOO_OFTEN },
  },
  "POST /me/password": {
    summary: "Change one's password",
    description: "Ends one's other sessions.",
    roles: "everybody",
    peopleOnly: true,
    body: z.object({ password: given, newPassword: password }),
    answer: null,
    refusals: { 422: "The present password is not right.", 429: TOO_OFTEN },
  },
  "POST /invitations/look": {
    summary: "For whom an invitation is",
    description: "Its code travels in the body, for addresses are written into logs.",
    roles: "anybody",
    body: z.object({ code: z.string().max(128) }),
    answer: z.object({ name: z.string(), role: z.enum(ROLES), county: z.string() }),
    refusals: { 404: "There is none, it was used, or it ended.", 429: TOO_OFTEN },
  },
  "POST /invitations": {
    summary: "Take an invitation: set a password, and be signed in",
    roles: "anybody",
    body: z.object({ code: z.string().max(128), password }),
    answer: z.object({ next }),
    refusals: { 404: "There is none, it was used, or it ended.", 429: TOO_OFTEN },
  },
} as const satisfies Contract;

/** The operations by which people look after their own account. */
export const ACCOUNT_CONTRACT = {
  "GET /me": {
    summary: "Who is signed in, and what they may do",
    roles: "everybody",
    whileEnrolling: true,
    peopleOnly: true,
    answer: me,
  },
  "GET /me/sessions": {
    summary: "List one's own sessions",
    roles: "everybody",
    peopleOnly: true,
    answer: z.object({ items: z.array(session) }),
  },
  "DELETE /me/sessions": {
    summary: "End one's own sessions but this one",
    roles: "everybody",
    peopleOnly: true,
    answer: null,
  },
  "DELETE /me/sessions/{id}": {
    summary: "End one of one's own sessions",
    roles: "everybody",
    peopleOnly: true,
    params: z.object({ id: z.uuid() }),
    answer: null,
  },
  "PATCH /me/preferences": {
    summary: "Change language, row height, single keys",
    roles: "everybody",
    whileEnrolling: true,
    peopleOnly: true,
    body: preferences.partial(),
    answer: preferences,
  },
  "GET /me/readings": {
    summary: "What one has read of residents' words",
    roles: "everybody",
    peopleOnly: true,
    query: z.object({
      after: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({ items: z.array(reading), next: z.string().nullable() }),
  },
} as const satisfies Contract;

/** The operations by which people sign in and look after their own account. */
export const SESSION_CONTRACT = { ...SIGN_IN_CONTRACT, ...ACCOUNT_CONTRACT } as const satisfies Contract;
