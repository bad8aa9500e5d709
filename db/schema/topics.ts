import { sql } from "drizzle-orm";
import {
  bigint,
  foreignKey,
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
import { TOPIC_STATES } from "../../src/domain/acts/topic.ts";
import { CASE_OUTCOMES } from "../../src/domain/case/case.ts";
import type { Spots } from "../../src/domain/place/spots.ts";
import { cases } from "./cases.ts";
import { conversations } from "./conversations.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";
import { deputies } from "./people.ts";
import { grids } from "./places.ts";

/** The topics of a county: each is one matter that many people told, in as many cases; how each came to stand so is in `acts`. */
export const topics = pgTable(
  "topics",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** T-YYYY-NNNN. */
    number: text("number").notNull(),
    state: text("state", { enum: TOPIC_STATES }).notNull(),
    /** The sign of the trouble; null where a person put cases together that have none. */
    sign: text("sign"),
    gridId: uuid("grid_id").references(() => grids.id),
    spots: jsonb("spots").$type<Spots>().notNull().default({}),
    /** The deputy who has its cases; null for the office. */
    deputyId: uuid("deputy_id").references(() => deputies.id),
    openedAt: moment("opened_at").notNull(),
    closedAt: moment("closed_at"),
    /** Of so many people its deputy was told last. */
    toldPeople: integer("told_people").notNull().default(0),
  },
  (t) => [
    unique("topics_number_unique").on(t.jurisdictionId, t.number),
    unique("topics_of_county_unique").on(t.jurisdictionId, t.id),
    index("topics_live_index")
      .on(t.jurisdictionId, t.openedAt)
      .where(sql`${t.state} in ('offered', 'open', 'answered')`),
    ofCounty("topics"),
  ],
);

/** The kinds of what follows from one another: cases lead to topics; what is asked for in a session will follow from these. */
const LINKED = ["case", "topic"] as const;

/** The links from what people told to what became of it: a case belongs to a topic while its link has not ended. */
export const consequenceLinks = pgTable(
  "consequence_links",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    fromKind: text("from_kind", { enum: LINKED }).notNull(),
    fromId: uuid("from_id").notNull(),
    toKind: text("to_kind", { enum: LINKED }).notNull(),
    toId: uuid("to_id").notNull(),
    at: moment("at").notNull(),
    by: text("by").notNull(),
    endedAt: moment("ended_at"),
  },
  (t) => [
    uniqueIndex("consequence_links_one_topic_unique")
      .on(t.jurisdictionId, t.fromKind, t.fromId)
      .where(sql`${t.toKind} = 'topic' and ${t.endedAt} is null`),
    index("consequence_links_from_index").on(t.fromId),
    index("consequence_links_to_index").on(t.toId),
    ofCounty("consequence_links"),
  ],
);

/** The people who are to be told what becomes of a topic, each once; nobody whose case is sealed or of a rehearsal. */
export const audience = pgTable(
  "audience",
  {
    jurisdictionId: county(),
    kind: text("kind", { enum: ["topic"] }).notNull(),
    subjectId: uuid("subject_id").notNull(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id),
    /** The case by whose number they know it. */
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    since: moment("since").notNull(),
    /** The last act that was carried out for them. */
    toldUpTo: bigint("told_up_to", { mode: "number" }).notNull().default(0),
    /** Since when they want to hear no more of it than the answer to their own case. */
    stoppedAt: moment("stopped_at"),
  },
  (t) => [
    primaryKey({ name: "audience_pk", columns: [t.jurisdictionId, t.kind, t.subjectId, t.conversationId] }),
    foreignKey({
      name: "audience_of_topic_fk",
      columns: [t.jurisdictionId, t.subjectId],
      foreignColumns: [topics.jurisdictionId, topics.id],
    }),
    index("audience_conversation_index").on(t.conversationId),
    ofCounty("audience"),
  ],
);

/** The tellings of everybody of a topic, one row an act; its words are sealed, and gone when all of them have it. */
export const topicTellings = pgTable(
  "topic_tellings",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    topicId: uuid("topic_id")
      .notNull()
      .references(() => topics.id),
    actSeq: bigint("act_seq", { mode: "number" }).notNull(),
    kind: text("kind", { enum: ["answered", "closed", "reopened"] }).notNull(),
    words: sealed("words"),
    /** What became of it and on whose word, where the office closes it; a deputy's words tell it. */
    outcome: text("outcome", { enum: CASE_OUTCOMES }),
    claim: text("claim", { enum: ["unit", "deputy"] }),
    /** The deputy whose words they are; null for the office's. */
    deputyId: uuid("deputy_id").references(() => deputies.id),
    by: text("by").notNull(),
    at: moment("at").notNull(),
    /** When everybody had it. */
    doneAt: moment("done_at"),
  },
  (t) => [
    unique("topic_tellings_act_unique").on(t.actSeq),
    index("topic_tellings_waiting_index").on(t.jurisdictionId, t.actSeq).where(sql`${t.doneAt} is null`),
    ofCounty("topic_tellings"),
  ],
);

/** The marks of cases: of which trouble each tells and where, by which those about one matter are found; gone with its words. */
export const troubleMarks = pgTable(
  "trouble_marks",
  {
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => cases.id),
    jurisdictionId: county(),
    conversationId: uuid("conversation_id").notNull(),
    /** Null where it tells of none, and only its resident joins another case. */
    sign: text("sign"),
    gridId: uuid("grid_id").references(() => grids.id),
    spots: jsonb("spots").$type<Spots>().notNull().default({}),
    /** The first case with the text that was pasted here. */
    pastedFrom: uuid("pasted_from").references(() => cases.id),
    /** The case that its resident joins by its number. */
    secondsCaseId: uuid("seconds_case_id").references(() => cases.id),
    at: moment("at").notNull(),
  },
  (t) => [
    index("trouble_marks_alike_index").on(t.jurisdictionId, t.sign, t.gridId, t.at),
    index("trouble_marks_at_index").on(t.jurisdictionId, t.at),
    index("trouble_marks_pasted_index").on(t.pastedFrom).where(sql`${t.pastedFrom} is not null`),
    ofCounty("trouble_marks"),
  ],
);

/**
 * The least hashes of the runs of a text that was pasted from nowhere: by any of them a text that was pasted from it is found.
 *
 * A row for each: row-level security lets an index be used for what is equal, and not for what two arrays share.
 */
export const textSketches = pgTable(
  "text_sketches",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => troubleMarks.caseId, { onDelete: "cascade" }),
    jurisdictionId: county(),
    hash: text("hash").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ name: "text_sketches_pk", columns: [t.caseId, t.hash] }),
    index("text_sketches_hash_index").on(t.jurisdictionId, t.hash, t.at),
    ofCounty("text_sketches"),
  ],
);

/** A row of {@link topics}. */
export type TopicRecord = typeof topics.$inferSelect;
