import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { cases } from "./cases.ts";
import { jurisdictions, moment, ofCounty, sealed } from "./county.ts";

const county = () =>
  uuid("jurisdiction_id")
    .notNull()
    .references(() => jurisdictions.jurisdictionId);

/** The writes that were asked for, each by a key of whoever asked, so that a repetition does nothing more; kept 48 hours. */
export const askedOnce = pgTable(
  "asked_once",
  {
    jurisdictionId: county(),
    /** The person or the token. */
    callerId: uuid("caller_id").notNull(),
    key: uuid("key").notNull(),
    /** As in the contract: `POST /cases/{number}/answer`. */
    operation: text("operation").notNull(),
    /** SHA-256 of path and body. */
    bodyHash: sealed("body_hash").notNull(),
    status: integer("status").notNull(),
    /** Null where it may not be kept, or nothing came back. */
    answer: jsonb("answer").$type<unknown>(),
    etag: text("etag"),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ name: "asked_once_pk", columns: [t.jurisdictionId, t.callerId, t.key] }),
    index("asked_once_at_index").on(t.jurisdictionId, t.at),
    ofCounty("asked_once"),
  ],
);

/** The readings of residents' words: who read what, when and why; rows are only added, before the words are sent. */
export const readings = pgTable(
  "readings",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    /** The person or the token. */
    callerId: uuid("caller_id").notNull(),
    callerName: text("caller_name").notNull(),
    role: text("role", { enum: ["office", "reviewer", "station", "auditor", "operator"] }).notNull(),
    what: text("what", { enum: ["case", "original", "sealed", "export", "phone"] }).notNull(),
    caseId: uuid("case_id").references(() => cases.id),
    reason: text("reason"),
    note: text("note"),
    at: moment("at").notNull(),
    /** Of an ordinary case one reading a person and day is written down: the day, null for every other kind. */
    day: text("day"),
    requestId: text("request_id").notNull(),
  },
  (t) => [
    index("readings_caller_index").on(t.jurisdictionId, t.callerId, t.seq),
    index("readings_case_index").on(t.caseId, t.seq),
    index("readings_day_index").on(t.callerId, t.caseId, t.day).where(sql`${t.day} is not null`),
    ofCounty("readings"),
  ],
);

/** The people who are kept from a case: they said that they are involved, or the office did. */
export const caseBars = pgTable(
  "case_bars",
  {
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    personId: uuid("person_id").notNull(),
    by: text("by").notNull(),
    reason: text("reason").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [primaryKey({ name: "case_bars_pk", columns: [t.caseId, t.personId] }), ofCounty("case_bars")],
);
