import { pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { jurisdictions, moment, ofCounty, sealed } from "./county.ts";

/** The users: people of the office who sign in with an address and a password; see src/casework/access/users.ts. */
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: uuid("jurisdiction_id")
      .notNull()
      .references(() => jurisdictions.jurisdictionId),
    /** A keyed hash of the address, by which it is found. */
    emailIndex: text("email_index").notNull(),
    email: sealed("email").notNull(),
    role: text("role", { enum: ["office", "reviewer", "station", "auditor", "operator"] }).notNull(),
    /** `salt:key`, both in hexadecimal, of scrypt. */
    passwordHash: text("password_hash").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [unique("users_email_unique").on(t.jurisdictionId, t.emailIndex), ofCounty("users")],
);
