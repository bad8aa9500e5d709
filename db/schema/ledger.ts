import { sql } from "drizzle-orm";
import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { HANDOVER_ROLES, HANDOVER_STATES } from "../../src/domain/acts/handover.ts";
import { UNIT_RESULTS } from "../../src/domain/case/claims.ts";
import { NOTICE_ARTICLES, NOTICE_WAYS } from "../../src/domain/case/notice.ts";
import { caseEvents, cases } from "./cases.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";
import { units } from "./people.ts";

/**
 * The hash chain over a county's events: each link covers its event and the link before it (docs/decisions/0005).
 *
 * Rows are only ever added; the database refuses everything else.
 */
export const eventLinks = pgTable(
  "event_links",
  {
    jurisdictionId: county(),
    /** From 1, without gaps. */
    position: bigint("position", { mode: "number" }).notNull(),
    eventSeq: bigint("event_seq", { mode: "number" })
      .notNull()
      .references(() => caseEvents.seq),
    /** SHA-256; see src/casework/audit/chain.ts for what it covers. */
    hash: sealed("hash").notNull(),
  },
  (t) => [
    primaryKey({ name: "event_links_pk", columns: [t.jurisdictionId, t.position] }),
    unique("event_links_event_unique").on(t.eventSeq),
    ofCounty("event_links"),
  ],
);

/** The columns of a head that was noted, the same for each chain. */
function headColumns() {
  return {
    jurisdictionId: county(),
    /** From 1, without gaps. */
    serial: bigint("serial", { mode: "number" }).notNull(),
    position: bigint("position", { mode: "number" }).notNull(),
    /** The hash of the link at that position. */
    hash: sealed("hash").notNull(),
    notedAt: moment("noted_at").notNull(),
    /** HMAC-SHA-256, base64url; see src/casework/audit/noted-head.ts for what it covers. */
    signature: text("signature").notNull(),
  };
}

/**
 * The heads of the chain that were noted after it was verified, each with a seal by a key that the database does not hold
 * (docs/decisions/0019): whoever rewrites the chain cannot rewrite them. Rows are only ever added.
 */
export const ledgerHeads = pgTable("ledger_heads", headColumns(), (t) => [
  primaryKey({ name: "ledger_heads_pk", columns: [t.jurisdictionId, t.serial] }),
  ofCounty("ledger_heads"),
]);

/**
 * The heads of the chain of records that were noted, as {@link ledgerHeads} are those of the chain of events: in a table of their own,
 * so that a version that runs beside this one takes none for a head of the other chain. Rows are only ever added.
 */
export const recordHeads = pgTable("record_heads", headColumns(), (t) => [
  primaryKey({ name: "record_heads_pk", columns: [t.jurisdictionId, t.serial] }),
  ofCounty("record_heads"),
]);

/** The events that are not in the chain yet: a trigger adds each with its event, and linking it takes it out. */
export const eventsToLink = pgTable(
  "events_to_link",
  {
    eventSeq: bigint("event_seq", { mode: "number" }).primaryKey(),
    jurisdictionId: county(),
  },
  (t) => [index("events_to_link_county_index").on(t.jurisdictionId, t.eventSeq), ofCounty("events_to_link")],
);

/** The ledgers beside that of cases whose rows stand in one chain: who read what, what changed about people, and what was done about what is no case. */
export const RECORD_LEDGERS = ["acts", "readings", "staff_changes"] as const;

/**
 * The hash chain over a county's acts, readings and staff changes: each link covers its row whole and the link before it.
 *
 * Rows are only ever added; the database refuses everything else.
 */
export const recordLinks = pgTable(
  "record_links",
  {
    jurisdictionId: county(),
    /** From 1, without gaps. */
    position: bigint("position", { mode: "number" }).notNull(),
    ledger: text("ledger", { enum: RECORD_LEDGERS }).notNull(),
    recordSeq: bigint("record_seq", { mode: "number" }).notNull(),
    /** SHA-256; see src/casework/audit/records.ts for what it covers. */
    hash: sealed("hash").notNull(),
  },
  (t) => [
    primaryKey({ name: "record_links_pk", columns: [t.jurisdictionId, t.position] }),
    unique("record_links_record_unique").on(t.ledger, t.recordSeq),
    ofCounty("record_links"),
  ],
);

/** The rows of those ledgers that are not in the chain yet: a trigger adds each with its row, and linking it takes it out. */
export const recordsToLink = pgTable(
  "records_to_link",
  {
    ledger: text("ledger", { enum: RECORD_LEDGERS }).notNull(),
    recordSeq: bigint("record_seq", { mode: "number" }).notNull(),
    jurisdictionId: county(),
  },
  (t) => [
    primaryKey({ name: "records_to_link_pk", columns: [t.ledger, t.recordSeq] }),
    index("records_to_link_county_index").on(t.jurisdictionId, t.ledger, t.recordSeq),
    ofCounty("records_to_link"),
  ],
);

/** The marks of auditors on readings: that they asked about one, or that it was explained; rows are only added. */
export const readingMarks = pgTable(
  "reading_marks",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    readingSeq: bigint("reading_seq", { mode: "number" }).notNull(),
    mark: text("mark", { enum: ["asked", "explained"] }).notNull(),
    note: text("note"),
    byId: uuid("by_id").notNull(),
    by: text("by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [index("reading_marks_reading_index").on(t.jurisdictionId, t.readingSeq, t.at), ofCounty("reading_marks")],
);

/** The interventions by hand on messages and deliveries that were stuck or became no case, with their reasons; rows are only added. */
export const interventions = pgTable(
  "interventions",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    what: text("what", { enum: ["message", "delivery"] }).notNull(),
    /** The message's number in the inbox, or the delivery's id. */
    subject: text("subject").notNull(),
    action: text("action", { enum: ["retry", "put-aside", "open-case"] }).notNull(),
    reason: text("reason"),
    by: text("by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [index("interventions_subject_index").on(t.jurisdictionId, t.subject), ofCounty("interventions")],
);

/** The changes of a county's name and settings: what it was before and after, null for the service's own value; rows are only added. */
export const settingsChanges = pgTable(
  "settings_changes",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    /** `name`, or the name of a setting. */
    what: text("what").notNull(),
    /** Of the holidays, the days that changed alone. */
    before: jsonb("before").$type<unknown>(),
    after: jsonb("after").$type<unknown>(),
    by: text("by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [index("settings_changes_county_index").on(t.jurisdictionId, t.seq), ofCounty("settings_changes")],
);

/** The subjects of acts: what is no case and whose row follows from its acts alone. */
const ACT_SUBJECTS = ["handover", "topic"] as const;

/** The acts (行为): everything that ever changed what is no case; rows are only ever added, and stand in the chain of records. */
export const acts = pgTable(
  "acts",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    subject: text("subject", { enum: ACT_SUBJECTS }).notNull(),
    subjectId: uuid("subject_id").notNull(),
    type: text("type").notNull(),
    at: moment("at").notNull(),
    /** `service`, `resident`, `office`, `office:<name>`, `deputy:<code>` or `unit:<code>`. */
    by: text("by").notNull(),
    /** Codes, days and numbers; never a person's words or name. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index("acts_subject_index").on(t.subjectId, t.seq), ofCounty("acts")],
);

/** The hand-overs of cases to units (交办), as they stand now; how each came to stand so is in {@link acts}. */
export const handovers = pgTable(
  "handovers",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    role: text("role", { enum: HANDOVER_ROLES }).notNull(),
    state: text("state", { enum: HANDOVER_STATES }).notNull(),
    /** The day by which the unit is asked to have reported. */
    dueOn: date("due_on", { mode: "string" }).notNull(),
    /** The day to which the unit asks to have it, until the office has answered. */
    askedUntil: date("asked_until", { mode: "string" }),
    result: text("result", { enum: UNIT_RESULTS }),
    openedAt: moment("opened_at").notNull(),
    sentAt: moment("sent_at"),
    settledAt: moment("settled_at"),
  },
  (t) => [
    index("handovers_case_index").on(t.caseId),
    index("handovers_open_of_unit_index")
      .on(t.unitId)
      .where(sql`${t.state} in ('waiting', 'sent', 'accepted', 'reported')`),
    ofCounty("handovers"),
  ],
);

/** A row of {@link handovers}. */
export type HandoverRecord = typeof handovers.$inferSelect;

/** The notices in which the office told whom a petition belongs to, one a case; the words are sealed under the case's key. Rows are only added. */
export const petitionNotices = pgTable(
  "petition_notices",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    year: integer("year").notNull(),
    serial: integer("serial").notNull(),
    /** The organ that it belongs to, by its name. */
    organ: text("organ").notNull(),
    article: text("article", { enum: NOTICE_ARTICLES }).notNull(),
    way: text("way", { enum: NOTICE_WAYS }).notNull(),
    words: sealed("words").notNull(),
    by: text("by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    unique("petition_notices_case_unique").on(t.caseId),
    unique("petition_notices_number_unique").on(t.jurisdictionId, t.year, t.serial),
    ofCounty("petition_notices"),
  ],
);
