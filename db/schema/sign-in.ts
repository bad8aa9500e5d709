import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { STAFF_CHANGES } from "../../src/domain/access/staff-change.ts";
import { jurisdictions, moment, ofCounty, sealed } from "./county.ts";
import { users } from "./users.ts";

const county = () =>
  uuid("jurisdiction_id")
    .notNull()
    .default(sql`nullif(current_setting('liaison.jurisdiction', true), '')::uuid`)
    .references(() => jurisdictions.jurisdictionId);
const user = () =>
  uuid("user_id")
    .notNull()
    .references(() => users.id);

/** The sessions of people who are signed in, by the real clock; left out of backups. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    userId: user(),
    /** A keyed hash of the token, by which it is found. */
    tokenIndex: text("token_index").notNull(),
    token: sealed("token").notNull(),
    address: sealed("address").notNull(),
    /** What the browser says of itself. */
    device: sealed("device").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    /** To the minute. */
    lastUsedAt: moment("last_used_at").notNull(),
    /** When a code of the second factor was given last; null for never. */
    confirmedAt: moment("confirmed_at"),
  },
  (t) => [
    unique("sessions_token_unique").on(t.jurisdictionId, t.tokenIndex),
    index("sessions_user_index").on(t.userId),
    ofCounty("sessions"),
  ],
);

/** The sign-ins that wait for a code of the second factor, and how many codes were wrong; left out of backups. */
export const verifications = pgTable(
  "verifications",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    identifierIndex: text("identifier_index").notNull(),
    identifier: sealed("identifier").notNull(),
    value: sealed("value").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [
    index("verifications_identifier_index").on(t.jurisdictionId, t.identifierIndex),
    index("verifications_expires_index").on(t.jurisdictionId, t.expiresAt),
    ofCounty("verifications"),
  ],
);

/** The second factors of people: the one that is in use, and beside it one that was begun and is not proved yet. */
export const secondFactors = pgTable(
  "second_factors",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    userId: user(),
    secret: sealed("secret").notNull(),
    backupCodes: sealed("backup_codes").notNull(),
    /** A keyed hash of the backup codes as they are kept, so that one code is taken once. */
    backupIndex: text("backup_index").notNull(),
    isProved: boolean("is_proved").notNull(),
    failures: integer("failures").notNull().default(0),
    lockedUntil: moment("locked_until"),
    /** The last half minute whose code was taken; an earlier code, or the same one again, is not. Null for none. */
    lastStep: integer("last_step"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (t) => [
    index("second_factors_user_index").on(t.userId),
    uniqueIndex("second_factors_begun_unique").on(t.userId).where(sql`not ${t.isProved}`),
    ofCounty("second_factors"),
  ],
);

/** The wrong passwords and codes, by the address of the account, whether or not there is one; left out of backups. */
export const signInFailures = pgTable(
  "sign_in_failures",
  {
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    kind: text("kind", { enum: ["password", "code"] }).notNull(),
    /** Null where no account was named. */
    emailIndex: text("email_index"),
    addressIndex: text("address_index").notNull(),
    address: sealed("address").notNull(),
    at: moment("at").notNull(),
    /** The session with which a right sign-in followed: from then on it counts no more. */
    clearedBy: uuid("cleared_by"),
    clearedAt: moment("cleared_at"),
  },
  (t) => [
    index("sign_in_failures_email_index").on(t.jurisdictionId, t.emailIndex, t.at),
    index("sign_in_failures_address_index").on(t.jurisdictionId, t.addressIndex, t.at),
    ofCounty("sign_in_failures"),
  ],
);

/** The names of people and tokens, which are given once in a county: whoever stands in a ledger is one caller. */
export const callerNames = pgTable(
  "caller_names",
  {
    jurisdictionId: county(),
    /** The name in NFKC and lower case. */
    nameKey: text("name_key").notNull(),
    callerId: uuid("caller_id").notNull(),
  },
  (t) => [primaryKey({ name: "caller_names_pk", columns: [t.jurisdictionId, t.nameKey] }), ofCounty("caller_names")],
);

/** The changes of people and tokens: what was changed, by whom and when; rows are only added, and hold no address. */
export const staffChanges = pgTable(
  "staff_changes",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    at: moment("at").notNull(),
    /** Null where it was done by command. */
    byId: uuid("by_id"),
    by: text("by").notNull(),
    what: text("what", {
      enum: STAFF_CHANGES,
    }).notNull(),
    /** The person or the token. */
    subjectId: uuid("subject_id").notNull(),
    name: text("name").notNull(),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
  },
  (t) => [index("staff_changes_seq_index").on(t.jurisdictionId, t.seq), ofCounty("staff_changes")],
);
