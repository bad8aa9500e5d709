import { boolean, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { jurisdictions, moment, ofCounty, sealed } from "./county.ts";

const county = () =>
  uuid("jurisdiction_id")
    .notNull()
    .references(() => jurisdictions.jurisdictionId);

/** The tokens of the API; see src/casework/access/api-tokens.ts. Revoked ones stay, so that it is known whose they were. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    name: text("name").notNull(),
    role: text("role", { enum: ["office", "reviewer", "station", "auditor", "operator"] }).notNull(),
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
 * When what must be verified from time to time was last verified, and whether all was well: what a night verifies of the ledger
 * (`audit`), and the ledger whole (`audit-whole`).
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
