import { sql } from "drizzle-orm";
import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { conversations } from "../conversations.ts";
import { county, moment, ofCounty } from "../county.ts";

/** The roles in which a chat may speak besides those of a resident and a deputy: for a unit, or for a station. */
export const BOUND_ROLES = ["unit", "station"] as const;

/** The bindings of chats to units and stations; ended rows stay, so that it can be said who spoke for whom. */
export const bindings = pgTable(
  "bindings",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id),
    role: text("role", { enum: BOUND_ROLES }).notNull(),
    /** The code of the unit or station. */
    ref: text("ref").notNull(),
    boundAt: moment("bound_at").notNull(),
    endedAt: moment("ended_at"),
  },
  (t) => [
    index("bindings_conversation_index").on(t.conversationId).where(sql`${t.endedAt} is null`),
    index("bindings_ref_index").on(t.jurisdictionId, t.role, t.ref).where(sql`${t.endedAt} is null`),
    ofCounty("bindings"),
  ],
);

/** The one-time codes by which the people of units and stations bind their chats; only a keyed hash is kept. */
export const bindingInvites = pgTable(
  "binding_invites",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    role: text("role", { enum: BOUND_ROLES }).notNull(),
    ref: text("ref").notNull(),
    codeHash: text("code_hash").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [unique("binding_invites_code_unique").on(t.jurisdictionId, t.codeHash), ofCounty("binding_invites")],
);
