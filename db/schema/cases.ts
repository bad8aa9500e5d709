import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { CASE_OUTCOMES, CASE_STATES } from "../../src/domain/case/case.ts";
import { FOLLOW_REASONS } from "../../src/domain/routing/followers.ts";
import type { Decision } from "../../src/domain/routing/route.ts";
import { conversations } from "./conversations.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";
import { deputies, units } from "./people.ts";
import { grids, stations } from "./places.ts";

/** The cases of a county, as they stand now; how each came to stand so is in {@link caseEvents}. */
export const cases = pgTable(
  "cases",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** YYYY-NNNNNN. */
    number: text("number").notNull(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id),
    state: text("state", { enum: CASE_STATES }).notNull(),
    outcome: text("outcome", { enum: CASE_OUTCOMES }),
    category: text("category"),
    /** 0 to 1; null without a category, and for one that a person gave. */
    categoryConfidence: real("category_confidence"),
    priority: boolean("priority").notNull().default(false),
    /** Accusations: seen by the county office alone. */
    sealed: boolean("sealed").notNull().default(false),
    /** First words of the working copy, for lists and notices. */
    summary: text("summary").notNull(),
    gridId: uuid("grid_id").references(() => grids.id),
    /** The grid's code when the case was placed. */
    gridCode: text("grid_code"),
    stationId: uuid("station_id").references(() => stations.id),
    deputyId: uuid("deputy_id").references(() => deputies.id),
    unitId: uuid("unit_id").references(() => units.id),
    /** Who last moved it by hand, and when; null while it is where routing brought it. */
    movedBy: text("moved_by"),
    movedAt: moment("moved_at"),
    receivedAt: moment("received_at").notNull(),
    dueOn: date("due_on", { mode: "string" }).notNull(),
    /** Within how many working days, where holidays up to `dueOn` were not known and nobody is told that day; else null. */
    dueWithin: smallint("due_within"),
    lastSpokenAt: moment("last_spoken_at").notNull(),
    closedAt: moment("closed_at"),
    rating: integer("rating"),
    reopenings: integer("reopenings").notNull().default(0),
    /** The data key of this case, wrapped by the master key; destroying it destroys the words. */
    keyWrapped: sealed("key_wrapped").notNull(),
  },
  (t) => [
    unique("cases_number_unique").on(t.jurisdictionId, t.number),
    index("cases_conversation_index").on(t.conversationId, t.lastSpokenAt),
    index("cases_open_of_deputy_index").on(t.deputyId).where(sql`${t.closedAt} is null`),
    index("cases_received_index").on(t.jurisdictionId, t.receivedAt),
    index("cases_newest_index").on(t.jurisdictionId, t.receivedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("cases_newest_by_state_index").on(
      t.jurisdictionId,
      t.state,
      t.receivedAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("cases_newest_by_station_index").on(
      t.jurisdictionId,
      t.stationId,
      t.receivedAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("cases_newest_by_deputy_index").on(
      t.jurisdictionId,
      t.deputyId,
      t.receivedAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("cases_newest_by_grid_index").on(
      t.jurisdictionId,
      t.gridId,
      t.receivedAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("cases_newest_by_category_index").on(
      t.jurisdictionId,
      t.category,
      t.receivedAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("cases_spoken_index").on(t.jurisdictionId, t.lastSpokenAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("cases_due_index").on(t.jurisdictionId, t.dueOn, t.id).where(sql`${t.closedAt} is null`),
    index("cases_sealed_index").on(t.jurisdictionId, t.conversationId, t.receivedAt).where(sql`${t.sealed}`),
    ofCounty("cases"),
  ],
);

/** The last case number of each county and year. */
export const caseNumbers = pgTable(
  "case_numbers",
  { jurisdictionId: county(), year: integer("year").notNull(), last: integer("last").notNull() },
  (t) => [primaryKey({ name: "case_numbers_pk", columns: [t.jurisdictionId, t.year] }), ofCounty("case_numbers")],
);

/** The last number of each county and year among the cases of rehearsals, which have a series of their own. */
export const rehearsalNumbers = pgTable(
  "rehearsal_numbers",
  { jurisdictionId: county(), year: integer("year").notNull(), last: integer("last").notNull() },
  (t) => [
    primaryKey({ name: "rehearsal_numbers_pk", columns: [t.jurisdictionId, t.year] }),
    ofCounty("rehearsal_numbers"),
  ],
);

/** The thread of a case: the working copy, masked; the original is sealed under the key of the case. */
export const caseMessages = pgTable(
  "case_messages",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    direction: text("direction", { enum: ["in", "out"] }).notNull(),
    party: text("party", { enum: ["resident", "deputy", "office", "service"] }).notNull(),
    kind: text("kind").notNull(),
    text: text("text").notNull(),
    original: sealed("original"),
    mediaId: text("media_id"),
    /** What carries it to its reader, where it is on its way to one; its delivery is that row's. */
    outboxId: uuid("outbox_id"),
    at: moment("at").notNull(),
  },
  (t) => [index("case_messages_case_index").on(t.caseId, t.at), ofCounty("case_messages")],
);

/** The events of each case, append-only: a case's row follows from them alone. */
export const caseEvents = pgTable(
  "case_events",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    type: text("type").notNull(),
    at: moment("at").notNull(),
    /** `resident`, `service`, `office`, `office:<name>` or `deputy:<code>`. */
    by: text("by").notNull(),
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index("case_events_case_index").on(t.caseId, t.seq), ofCounty("case_events")],
);

/** The routing decisions of each case, newest last, kept whole so that they can be explained. */
export const decisions = pgTable(
  "decisions",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    decision: jsonb("decision").$type<Decision>().notNull(),
    at: moment("at").notNull(),
  },
  (t) => [index("decisions_case_index").on(t.caseId, t.at), ofCounty("decisions")],
);

/** The followers of each case: deputies who see what somebody else has; they follow from the last decision (docs/decisions/0010). */
export const caseFollowers = pgTable(
  "case_followers",
  {
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => deputies.id),
    why: text("why", { enum: FOLLOW_REASONS }).notNull(),
    since: moment("since").notNull(),
  },
  (t) => [
    primaryKey({ name: "case_followers_pk", columns: [t.caseId, t.deputyId] }),
    index("case_followers_deputy_index").on(t.deputyId, t.since),
    ofCounty("case_followers"),
  ],
);

/** A row of {@link cases}. */
export type CaseRecord = typeof cases.$inferSelect;
