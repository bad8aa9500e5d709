import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { ANSWER_STATES } from "../../src/domain/answers/answer.ts";
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

/**
 * The library of answers given at once (答复库): each row one wording of one answer, from its draft on. One that was in force is never
 * changed: another one takes its place.
 */
export const answers = pgTable(
  "answers",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    code: text("code").notNull(),
    title: text("title").notNull(),
    triggers: text("triggers").array().notNull(),
    body: text("body").notNull(),
    category: text("category"),
    /** Both days included. */
    validFrom: date("valid_from", { mode: "string" }).notNull(),
    validUntil: date("valid_until", { mode: "string" }).notNull(),
    state: text("state", { enum: ANSWER_STATES }).notNull(),
    author: text("author").notNull(),
    /** Null of one that came in a file. */
    authorId: uuid("author_id"),
    writtenAt: moment("written_at").notNull(),
    /** From 1: each change of a draft, and each decision, is one more. */
    revision: integer("revision").notNull(),
    /** Who reviewed it last, and when; null of a draft. */
    reviewer: text("reviewer"),
    reviewedAt: moment("reviewed_at"),
    /** Since when it answers nobody, because residents refused it too often; null while it answers. */
    outSince: moment("out_since"),
    /** Who ended, refused or withdrew it, and when. */
    endedBy: text("ended_by"),
    endedAt: moment("ended_at"),
    /** Why it was refused, in the words of whoever did. */
    reason: text("reason"),
  },
  (t) => [
    uniqueIndex("answers_code_unique").on(t.jurisdictionId, t.code).where(sql`${t.state} = 'in-force'`),
    ofCounty("answers"),
  ],
);

/** The cases that an answer of the library answered, and whether their residents said that it did not. */
export const answerUses = pgTable(
  "answer_uses",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    answerId: uuid("answer_id")
      .notNull()
      .references(() => answers.id),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    at: moment("at").notNull(),
    refusedAt: moment("refused_at"),
  },
  (t) => [
    index("answer_uses_answer_index").on(t.answerId, t.at),
    index("answer_uses_case_index").on(t.caseId),
    ofCounty("answer_uses"),
  ],
);
