import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { jurisdictions, moment, ofCounty } from "./county.ts";

const county = () =>
  uuid("jurisdiction_id")
    .notNull()
    .references(() => jurisdictions.jurisdictionId);

/** The states of a rule set's version, in order: only a draft may be changed; what was turned down is retired at once. */
export const RULESET_STATES = ["draft", "in-review", "published", "retired"] as const;
/** The state of a version of a rule set in its life cycle. */
export type RulesetState = (typeof RULESET_STATES)[number];

/**
 * The versions of a county's rule set.
 *
 * The trigger `rulesets_keep` refuses what no interface may do: to change one that was submitted, to delete one, to skip
 * its review, or to review one's own.
 */
export const rulesets = pgTable(
  "rulesets",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** From 1 in each county; never given twice. */
    number: integer("number").notNull(),
    state: text("state", { enum: RULESET_STATES }).notNull(),
    name: text("name").notNull(),
    /** As it was written; `readRuleset` reads it. */
    content: jsonb("content").$type<unknown>().notNull(),
    author: text("author").notNull(),
    /** The number of the older version whose content this one brings back. */
    takesBack: integer("takes_back"),
    createdAt: moment("created_at").notNull(),
    submittedAt: moment("submitted_at"),
    reviewer: text("reviewer"),
    /** What the reviewer said about it. */
    reviewNote: text("review_note"),
    reviewedAt: moment("reviewed_at"),
    /** Null for one that was turned down. */
    publishedAt: moment("published_at"),
    retiredAt: moment("retired_at"),
  },
  (t) => [
    unique("rulesets_number_unique").on(t.jurisdictionId, t.number),
    uniqueIndex("rulesets_one_published").on(t.jurisdictionId).where(sql`${t.state} = 'published'`),
    ofCounty("rulesets"),
  ],
);

/** The events of each version: what happened, by whom and when; rows are only added. */
export const rulesetEvents = pgTable(
  "ruleset_events",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    rulesetId: uuid("ruleset_id")
      .notNull()
      .references(() => rulesets.id),
    type: text("type", {
      enum: ["drafted", "edited", "submitted", "published", "turned-down", "retired"],
    }).notNull(),
    by: text("by").notNull(),
    at: moment("at").notNull(),
    note: text("note"),
  },
  (t) => [index("ruleset_events_ruleset_index").on(t.rulesetId, t.seq), ofCounty("ruleset_events")],
);
