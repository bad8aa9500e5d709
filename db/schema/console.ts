import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { READER_ROLES } from "../../src/domain/access/roles.ts";
import { INTAKE_WAYS, PHONE_RESULTS, PHONE_TASK_REASONS } from "../../src/domain/case/desk.ts";
import { cases } from "./cases.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";

/** The writes that were asked for, each by a key of whoever asked, so that a repetition does nothing more; kept 48 hours. */
export const askedOnce = pgTable(
  "asked_once",
  {
    jurisdictionId: county(),
    /** The person, the token or the deputy. */
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
    /** The person, the token or the deputy. */
    callerId: uuid("caller_id").notNull(),
    callerName: text("caller_name").notNull(),
    role: text("role", { enum: READER_ROLES }).notNull(),
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

/** The notes of staff on a case, sealed under its key: neither the resident nor a deputy ever reads them. */
export const caseNotes = pgTable(
  "case_notes",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    note: sealed("note").notNull(),
    /** The name of whoever wrote it. */
    by: text("by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [index("case_notes_case_index").on(t.caseId, t.at), ofCounty("case_notes")],
);

/** The cases on which each of the staff acted, with the last time: for the list of one's own. */
export const caseActs = pgTable(
  "case_acts",
  {
    jurisdictionId: county(),
    callerId: uuid("caller_id").notNull(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    at: moment("at").notNull(),
  },
  (t) => [primaryKey({ name: "case_acts_pk", columns: [t.callerId, t.caseId] }), ofCounty("case_acts")],
);

/** The cases that go with another one, the leading: its answers and its closing reach their residents too. Who did so and when is in their events as well. */
export const caseLinks = pgTable(
  "case_links",
  {
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => cases.id),
    leadingId: uuid("leading_id")
      .notNull()
      .references(() => cases.id),
    at: moment("at").notNull(),
  },
  (t) => [index("case_links_leading_index").on(t.leadingId), ofCounty("case_links")],
);

/** The proposals to unseal a case that another person of the office has not decided yet; the reason is a note of the case. */
export const unsealProposals = pgTable(
  "unseal_proposals",
  {
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => cases.id),
    callerId: uuid("caller_id").notNull(),
    callerName: text("caller_name").notNull(),
    at: moment("at").notNull(),
  },
  () => [ofCounty("unseal_proposals")],
);

/** A set of words for search, in the form of Postgres: without positions. */
const wordSet = customType<{ data: string; driverData: string }>({ dataType: () => "tsvector" });

const IN_COUNTY = sql`jurisdiction_id = (select nullif(current_setting('liaison.jurisdiction', true), '')::uuid)`;

/**
 * The words of each case for search: pairs of neighbouring signs of the folded working copies, `@all` and `@<year-month>`. A
 * sealed case has no row.
 *
 * A search names its words to the policy, for under row security an ordinary condition could not use the index. Whoever does not
 * search has `@all` there, which every row has; see `inCounty` in database.ts.
 */
export const caseWords = pgTable(
  "case_words",
  {
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => cases.id),
    jurisdictionId: county(),
    receivedAt: moment("received_at").notNull(),
    words: wordSet("words").notNull(),
  },
  (t) => [
    index("case_words_index").using("gin", t.jurisdictionId, t.words),
    pgPolicy("case_words_of_county", {
      for: "all",
      to: "public",
      using: sql`${IN_COUNTY} and words @@ (select nullif(current_setting('liaison.search', true), '')::tsquery)`,
      withCheck: IN_COUNTY,
    }),
  ],
);

/** The people whose matter somebody of the office or a station took down, with what they gave of themselves, sealed under the key of the case. */
export const casePeople = pgTable(
  "case_people",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    how: text("how", { enum: INTAKE_WAYS }).notNull(),
    name: sealed("name"),
    phone: sealed("phone"),
    mayCall: boolean("may_call").notNull(),
    /** Whether the words went into a case that somebody else had begun. */
    isJoined: boolean("is_joined").notNull(),
    /** When the notice was read to them; null for a letter. */
    noticeReadAt: moment("notice_read_at"),
    takenBy: text("taken_by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [index("case_people_case_index").on(t.caseId, t.at), ofCounty("case_people")],
);

/** The calls that somebody of a station or the office has to make, of each case one open for each person. */
export const phoneTasks = pgTable(
  "phone_tasks",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    /** To whom of those who joined the case it is; null for its own resident. */
    personId: uuid("person_id").references(() => casePeople.id, { onDelete: "cascade" }),
    /** The deputy whom it is to; null for a call to residents. */
    deputyId: uuid("deputy_id"),
    /** Whose task it is; null for the county's office. */
    stationId: uuid("station_id"),
    why: text("why", { enum: PHONE_TASK_REASONS }).notNull(),
    /** What the office wants said, sealed under the key of the case; null where the messages that wait say it. */
    say: sealed("say"),
    askedBy: text("asked_by").notNull(),
    madeAt: moment("made_at").notNull(),
    tries: integer("tries").notNull().default(0),
    /** On how many days nobody was reached, and the last of them; null before the first. */
    missedDays: integer("missed_days").notNull().default(0),
    missedOn: date("missed_on", { mode: "string" }),
    /** Not to be tried again before; null for now. */
    againOn: date("again_on", { mode: "string" }),
    result: text("result", { enum: PHONE_RESULTS }),
    doneBy: text("done_by"),
    doneAt: moment("done_at"),
  },
  (t) => [
    uniqueIndex("phone_tasks_open_unique")
      .on(t.caseId)
      .where(sql`${t.doneAt} is null and ${t.personId} is null and ${t.deputyId} is null`),
    uniqueIndex("phone_tasks_deputy_unique").on(t.caseId).where(sql`${t.doneAt} is null and ${t.deputyId} is not null`),
    uniqueIndex("phone_tasks_person_unique").on(t.personId).where(sql`${t.doneAt} is null`),
    index("phone_tasks_open_index").on(t.jurisdictionId, t.madeAt, t.id).where(sql`${t.doneAt} is null`),
    index("phone_tasks_done_index").on(t.jurisdictionId, t.doneAt).where(sql`${t.doneAt} is not null`),
    ofCounty("phone_tasks"),
  ],
);

/** The lists of cases that people keep under a name: conditions, order and columns, never words that were searched for. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    ownerId: uuid("owner_id").notNull(),
    ownerName: text("owner_name").notNull(),
    name: text("name").notNull(),
    isShared: boolean("is_shared").notNull(),
    filter: jsonb("filter").$type<Record<string, unknown>>().notNull(),
    sort: text("sort").notNull(),
    columns: text("columns").array().notNull(),
    version: integer("version").notNull().default(1),
    madeAt: moment("made_at").notNull(),
  },
  (t) => [
    uniqueIndex("saved_views_name_unique").on(t.jurisdictionId, t.ownerId, t.name),
    index("saved_views_shared_index").on(t.jurisdictionId).where(sql`${t.isShared}`),
    ofCounty("saved_views"),
  ],
);
