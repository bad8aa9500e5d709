import { boolean, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { ROLES } from "../../src/domain/access/roles.ts";
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
