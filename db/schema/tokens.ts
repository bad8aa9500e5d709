import { boolean, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { ROLES } from "../../src/domain/access/roles.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";

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
