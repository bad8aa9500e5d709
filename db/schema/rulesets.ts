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
import { county, moment, ofCounty } from "./county.ts";

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
    /** The person or the token; null for whoever was only named, on the command line or before. */
    authorId: uuid("author_id"),
    /** The number of the version that was published when this one was drafted. */
    basedOn: integer("based_on"),
    /** The number of the withdrawn version with whose content it began: who wrote that one wrote this one too. */
    continues: integer("continues"),
    /** The name of whoever is asked for the review. */
    reviewerWanted: text("reviewer_wanted"),
    /** When the service last checked it after it was submitted. */
    checkedAt: moment("checked_at"),
    /** The number of the older version whose content this one brings back. */
    takesBack: integer("takes_back"),
    createdAt: moment("created_at").notNull(),
    submittedAt: moment("submitted_at"),
    reviewer: text("reviewer"),
    reviewerId: uuid("reviewer_id"),
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
      enum: ["drafted", "edited", "submitted", "published", "turned-down", "withdrawn", "retired"],
    }).notNull(),
    by: text("by").notNull(),
    /** The person or the token; null for whoever was only named. */
    byId: uuid("by_id"),
    at: moment("at").notNull(),
    note: text("note"),
  },
  (t) => [index("ruleset_events_ruleset_index").on(t.rulesetId, t.seq), ofCounty("ruleset_events")],
);

/** The comments on a version or on one of its rules; one that says "must" keeps it from being published until it is resolved. */
export const rulesetComments = pgTable(
  "ruleset_comments",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    rulesetId: uuid("ruleset_id")
      .notNull()
      .references(() => rulesets.id),
    /** The id of the rule; null for the version as a whole. */
    ruleId: text("rule_id"),
    byId: uuid("by_id").notNull(),
    by: text("by").notNull(),
    at: moment("at").notNull(),
    text: text("text").notNull(),
    must: boolean("must").notNull(),
    resolvedBy: text("resolved_by"),
    resolvedAt: moment("resolved_at"),
  },
  (t) => [index("ruleset_comments_ruleset_index").on(t.rulesetId, t.at), ofCounty("ruleset_comments")],
);

/** The changes of a version that a reviewer has opened. */
export const rulesetLooks = pgTable(
  "ruleset_looks",
  {
    jurisdictionId: county(),
    rulesetId: uuid("ruleset_id")
      .notNull()
      .references(() => rulesets.id),
    personId: uuid("person_id").notNull(),
    /** As the comparison with its base names it. */
    change: text("change").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ name: "ruleset_looks_pk", columns: [t.rulesetId, t.personId, t.change] }),
    ofCounty("ruleset_looks"),
  ],
);

/** The judgement of a person on a case that a version would have given to somebody else: evidence that stays with the version. */
export const rulesetMarks = pgTable(
  "ruleset_marks",
  {
    jurisdictionId: county(),
    rulesetId: uuid("ruleset_id")
      .notNull()
      .references(() => rulesets.id),
    personId: uuid("person_id").notNull(),
    by: text("by").notNull(),
    caseNumber: text("case_number").notNull(),
    verdict: text("verdict", { enum: ["right", "wrong"] }).notNull(),
    /** The change that was judged: who had the case, who would have got it, by which rule. */
    fromCode: text("from_code").notNull(),
    toCode: text("to_code").notNull(),
    rule: text("rule").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ name: "ruleset_marks_pk", columns: [t.rulesetId, t.personId, t.caseNumber] }),
    ofCounty("ruleset_marks"),
  ],
);
