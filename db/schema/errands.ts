import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { county, moment, ofCounty, sealed } from "./county.ts";

/** The states of an errand: it waits, runs, and ends in one of three ways. */
export const ERRAND_STATES = ["waiting", "running", "done", "failed", "stopped"] as const;
/** The state of an errand. */
export type ErrandState = (typeof ERRAND_STATES)[number];

/** The long work that somebody asked for, with how far it is and what came of it; kept for seven days. */
export const errands = pgTable(
  "errands",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    kind: text("kind").notNull(),
    /** What was asked for: codes and days, no words of residents. */
    asked: jsonb("asked").$type<unknown>().notNull(),
    /** The person or the token, and their name. */
    askedBy: uuid("asked_by").notNull(),
    askedByName: text("asked_by_name").notNull(),
    state: text("state", { enum: ERRAND_STATES }).notNull(),
    done: integer("done").notNull().default(0),
    /** Null while it is not known. */
    total: integer("total"),
    /** Codes and counts, no words of residents: those belong into a file. */
    answer: jsonb("answer").$type<unknown>(),
    problem: jsonb("problem").$type<{ readonly title: string; readonly detail: string }>(),
    /** The run that does it now; another one takes over when it is silent. */
    runId: uuid("run_id"),
    /** When that run was last heard of, by the clock of the database. */
    heardAt: moment("heard_at"),
    /** How many runs began it. */
    runs: integer("runs").notNull().default(0),
    madeAt: moment("made_at").notNull(),
    endedAt: moment("ended_at"),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [
    uniqueIndex("errands_one_running").on(t.jurisdictionId, t.kind).where(sql`${t.state} = 'running'`),
    index("errands_waiting_index").on(t.jurisdictionId, t.madeAt).where(sql`${t.state} in ('waiting', 'running')`),
    index("errands_made_index").on(t.jurisdictionId, t.madeAt, t.id),
    ofCounty("errands"),
  ],
);

/** The files that errands made, sealed, each with its end. */
export const files = pgTable(
  "files",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    errandId: uuid("errand_id")
      .notNull()
      .references(() => errands.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    contentType: text("content_type").notNull(),
    bytes: integer("bytes").notNull(),
    content: sealed("content").notNull(),
    madeAt: moment("made_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [uniqueIndex("files_errand_unique").on(t.errandId), ofCounty("files")],
);

/** The cases that a draft would have given to somebody else than happened, or than the rules in force would; one row each. */
export const dryRunDifferences = pgTable(
  "dry_run_differences",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    errandId: uuid("errand_id")
      .notNull()
      .references(() => errands.id, { onDelete: "cascade" }),
    caseNumber: text("case_number").notNull(),
    fromCode: text("from_code").notNull(),
    toCode: text("to_code").notNull(),
    rule: text("rule").notNull(),
    /** The rule, or the way, by which it went to whom it would be taken from; null in rows of an older version. */
    fromRule: text("from_rule"),
    /** Against what happened, against the rules in force, or that nobody would have been found. */
    kind: text("kind", { enum: ["past", "published", "nobody"] }).notNull(),
  },
  (t) => [index("dry_run_differences_kind_index").on(t.errandId, t.kind, t.seq), ofCounty("dry_run_differences")],
);

/** The results of a change of many cases, each written with the change itself: a run that begins again passes over what has one. */
export const bulkResults = pgTable(
  "bulk_results",
  {
    jurisdictionId: county(),
    errandId: uuid("errand_id")
      .notNull()
      .references(() => errands.id, { onDelete: "cascade" }),
    caseNumber: text("case_number").notNull(),
    code: text("code").notNull(),
  },
  (t) => [primaryKey({ name: "bulk_results_pk", columns: [t.errandId, t.caseNumber] }), ofCounty("bulk_results")],
);
