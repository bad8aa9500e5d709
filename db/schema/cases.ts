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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AnsweredBy } from "../../src/domain/answers/answer.ts";
import { CASE_OUTCOMES, CASE_STATES } from "../../src/domain/case/case.ts";
import { CLOCK_KINDS, CLOCK_STATES } from "../../src/domain/case/clock.ts";
import { CLOCK_UNITS, PROPOSAL_STATES } from "../../src/domain/clocks/rule.ts";
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
    /** Whether a child wrote it; whether it is a petition (信访); whether nobody shall learn who wrote it. */
    minor: boolean("minor").notNull().default(false),
    petition: boolean("petition").notNull().default(false),
    unnamed: boolean("unnamed").notNull().default(false),
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
    /** How far it was escalated because nobody answered: 0 not at all, 1 to the station, 2 to the office, 3 to its leader. */
    escalation: smallint("escalation").notNull().default(0),
    lastSpokenAt: moment("last_spoken_at").notNull(),
    closedAt: moment("closed_at"),
    /** What answered it at once, as {@link AnsweredBy}; null of any other case, and once its resident refused that. */
    answeredBy: text("answered_by").$type<AnsweredBy>(),
    rating: integer("rating"),
    /** The last day on which the resident of a case that is closed as solved is waited for; null where nobody is. */
    verdictUntil: date("verdict_until", { mode: "string" }),
    reopenings: integer("reopenings").notNull().default(0),
    /** The data key of this case, wrapped by the master key; destroying it destroys the words. */
    keyWrapped: sealed("key_wrapped").notNull(),
  },
  (t) => [
    unique("cases_number_unique").on(t.jurisdictionId, t.number),
    index("cases_verdict_index").on(t.jurisdictionId, t.verdictUntil).where(sql`${t.verdictUntil} is not null`),
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
    index("cases_writer_index").on(t.jurisdictionId, t.closedAt).where(sql`${t.minor} or ${t.petition}`),
    index("cases_sealed_index").on(t.jurisdictionId, t.conversationId, t.receivedAt).where(sql`${t.sealed}`),
    ofCounty("cases"),
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
    party: text("party", { enum: ["resident", "deputy", "unit", "grid-worker", "office", "service"] }).notNull(),
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

/** The rules of deadlines of a county, each from a day on; rows are only added. */
export const clockRules = pgTable(
  "clock_rules",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** Null is every category. */
    category: text("category"),
    /** Of urgent cases alone. */
    priority: boolean("priority").notNull(),
    kind: text("kind", { enum: CLOCK_KINDS }).notNull(),
    amount: integer("amount").notNull(),
    unit: text("unit", { enum: CLOCK_UNITS }).notNull(),
    source: text("source").notNull(),
    author: text("author").notNull(),
    reviewer: text("reviewer").notNull(),
    fromOn: date("from_on", { mode: "string" }).notNull(),
    publishedAt: moment("published_at").notNull(),
  },
  (t) => [
    unique("clock_rules_key_unique").on(t.jurisdictionId, t.category, t.priority, t.kind, t.fromOn).nullsNotDistinct(),
    ofCounty("clock_rules"),
  ],
);

/** The rules of deadlines that somebody wants, each until another person decides; ended rows stay. */
export const clockProposals = pgTable(
  "clock_proposals",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    category: text("category"),
    priority: boolean("priority").notNull(),
    kind: text("kind", { enum: CLOCK_KINDS }).notNull(),
    amount: integer("amount").notNull(),
    unit: text("unit", { enum: CLOCK_UNITS }).notNull(),
    source: text("source").notNull(),
    fromOn: date("from_on", { mode: "string" }).notNull(),
    author: text("author").notNull(),
    authorId: uuid("author_id").notNull(),
    proposedAt: moment("proposed_at").notNull(),
    state: text("state", { enum: PROPOSAL_STATES }).notNull(),
    decidedBy: text("decided_by"),
    decidedAt: moment("decided_at"),
    /** Why it was refused, in the words of whoever did. */
    reason: text("reason"),
  },
  (t) => [
    index("clock_proposals_state_index").on(t.jurisdictionId, t.state, t.proposedAt),
    ofCounty("clock_proposals"),
  ],
);

/** The clocks of each case, one row each time that one is set; they follow from the events of the case alone. */
export const caseClocks = pgTable(
  "case_clocks",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    kind: text("kind", { enum: CLOCK_KINDS }).notNull(),
    /** The rule by which it was set; null for one of the service's own, or a day that somebody gave. */
    ruleId: uuid("rule_id").references(() => clockRules.id),
    startedAt: moment("started_at").notNull(),
    /** The last moment that is in time; of a day its last second in the county's time zone. */
    dueAt: moment("due_at").notNull(),
    /** As in {@link cases}. */
    dueWithin: smallint("due_within"),
    /** Since when it has stood still; null while it does not. */
    pausedSince: moment("paused_since"),
    /** Working days that it stood still before. */
    pausedDays: integer("paused_days").notNull().default(0),
    state: text("state", { enum: CLOCK_STATES }).notNull(),
    settledAt: moment("settled_at"),
  },
  (t) => [
    index("case_clocks_case_index").on(t.caseId),
    uniqueIndex("case_clocks_open_unique").on(t.caseId, t.kind).where(sql`${t.state} in ('running', 'paused')`),
    index("case_clocks_due_index").on(t.jurisdictionId, t.dueAt).where(sql`${t.state} = 'running'`),
    ofCounty("case_clocks"),
  ],
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
