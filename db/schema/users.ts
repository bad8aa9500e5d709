import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { ROLES } from "../../src/domain/access/roles.ts";
import { cases } from "./cases.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";

/** The preferences of a person for the console's page; every field has a default. */
export type Preferences = {
  locale?: "zh-CN" | "en";
  rowHeight?: "compact" | "comfortable";
  singleKeys?: boolean;
};

/** The users: people of the office who sign in with an address and a password; see src/casework/access/users.ts. */
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** A keyed hash of the address, by which it is found. */
    emailIndex: text("email_index").notNull(),
    email: sealed("email").notNull(),
    role: text("role", { enum: ROLES }).notNull(),
    /** `salt:key`, both in hexadecimal, of scrypt; empty while an invitation waits to be taken. */
    passwordHash: text("password_hash").notNull(),
    createdAt: moment("created_at").notNull(),
    /** Under which they stand in every ledger; where it is null, the role and the end of the id. See `caller_names`. */
    name: text("name"),
    /** The ids of their stations. */
    stations: text("stations").array().notNull().default([]),
    /** The id of the deputy who they are themselves; null for most. */
    deputyId: uuid("deputy_id"),
    /** The name of whoever invited them; null for those added by command. */
    invitedBy: text("invited_by"),
    /** A keyed hash of the invitation's code, and until when it is good. */
    inviteIndex: text("invite_index"),
    inviteUntil: moment("invite_until"),
    hasSecondFactor: boolean("has_second_factor").notNull().default(false),
    preferences: jsonb("preferences").$type<Preferences>().notNull().default({}),
    endedAt: moment("ended_at"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    unique("users_email_unique").on(t.jurisdictionId, t.emailIndex),
    index("users_invite_index").on(t.jurisdictionId, t.inviteIndex),
    ofCounty("users"),
  ],
);

/** The roster: who is on duty for urgent cases, from which day to which, for a station or for the county's office; ended rows stay. */
export const dutyShifts = pgTable(
  "duty_shifts",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    /** Null for the county's office. */
    stationId: uuid("station_id"),
    fromOn: date("from_on", { mode: "string" }).notNull(),
    untilOn: date("until_on", { mode: "string" }).notNull(),
    by: text("by").notNull(),
    at: moment("at").notNull(),
    endedBy: text("ended_by"),
    endedAt: moment("ended_at"),
  },
  (t) => [index("duty_shifts_days_index").on(t.jurisdictionId, t.untilOn), ofCounty("duty_shifts")],
);

/** The times when somebody on duty was told of an urgent case; without a chat they see it in the console alone. */
export const dutyTellings = pgTable(
  "duty_tellings",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    userId: uuid("user_id").notNull(),
    /** The message in the outbox; null where the person has no chat. */
    outboxId: uuid("outbox_id"),
    at: moment("at").notNull(),
  },
  (t) => [index("duty_tellings_case_index").on(t.caseId, t.at), ofCounty("duty_tellings")],
);

/** The tokens of the API; see src/casework/access/api-tokens.ts. Revoked ones stay, so that it is known whose they were. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    name: text("name").notNull(),
    role: text("role", { enum: ROLES }).notNull(),
    /** Whether sealed cases exist for it; of role office alone it counts. */
    sealed: boolean("sealed").notNull().default(false),
    /** SHA-256 of the token's secret half. */
    hash: sealed("hash").notNull(),
    createdAt: moment("created_at").notNull(),
    /** Null: for ever. */
    expiresAt: moment("expires_at"),
    /** To the minute. */
    lastUsedAt: moment("last_used_at"),
    revokedAt: moment("revoked_at"),
  },
  (t) => [unique("api_tokens_name_unique").on(t.jurisdictionId, t.name), ofCounty("api_tokens")],
);

/**
 * The last checkup of each kind in a county: when the ledger was verified, by the night's share (`audit`) or whole
 * (`audit-whole`), and whether all was well.
 */
export const checkups = pgTable(
  "checkups",
  {
    jurisdictionId: county(),
    kind: text("kind", { enum: ["audit", "audit-whole"] }).notNull(),
    at: moment("at").notNull(),
    isGood: boolean("is_good").notNull(),
    /** How far the nights have come; sealed, so that nobody without the key can write that something was verified. */
    progress: sealed("progress"),
  },
  (t) => [primaryKey({ name: "checkups_pk", columns: [t.jurisdictionId, t.kind] }), ofCounty("checkups")],
);
