import { boolean, index, integer, jsonb, pgTable, real, text, unique, uuid } from "drizzle-orm/pg-core";
import { cases } from "./cases.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";

/** A county's catalogue of topics; a county without rows has the built-in one. */
export const categories = pgTable(
  "categories",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    words: text("words").array().notNull().default([]),
    examples: text("examples").array().notNull().default([]),
    /** In lists, from 0. */
    position: integer("position").notNull(),
  },
  (t) => [unique("categories_code_unique").on(t.jurisdictionId, t.code), ofCounty("categories")],
);

/** The corrections by staff of categories that were wrong or missing; rows are only added by the service. */
export const categoryCorrections = pgTable(
  "category_corrections",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    /** The masked words that were judged, sealed under the key of the case: they end with it. */
    text: sealed("text").notNull(),
    fromCategory: text("from_category"),
    /** Null: it belongs to none. */
    toCategory: text("to_category"),
    by: text("by").notNull(),
    at: moment("at").notNull(),
    /** Kept out of learning, to measure with. */
    heldBack: boolean("held_back").notNull(),
  },
  (t) => [
    index("category_corrections_at_index").on(t.jurisdictionId, t.at),
    index("category_corrections_case_index").on(t.caseId),
    ofCounty("category_corrections"),
  ],
);

/** The results of learning from corrections: words by topic, with what was measured and whether it is in use. */
export const categoryLearnings = pgTable(
  "category_learnings",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** From 1 in each county; the highest that takes effect holds. */
    version: integer("version").notNull(),
    /** The weight of each word by the category's code. */
    words: jsonb("words").$type<Readonly<Record<string, Readonly<Record<string, number>>>>>().notNull(),
    /** How many corrections it learned from, and how many held-back ones it was measured on. */
    learnedFrom: integer("learned_from").notNull(),
    measuredOn: integer("measured_on").notNull(),
    /** Shares of the held-back corrections that came out right, 0 to 1. */
    accuracyBefore: real("accuracy_before").notNull(),
    accuracyAfter: real("accuracy_after").notNull(),
    measuredAt: moment("measured_at").notNull(),
    takesEffect: boolean("takes_effect").notNull(),
  },
  (t) => [unique("category_learnings_version_unique").on(t.jurisdictionId, t.version), ofCounty("category_learnings")],
);
