import { bigint, index, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { caseEvents } from "./cases.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";

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

/**
 * The heads of the chain that were noted after it was verified, each with a seal by a key that the database does not hold
 * (docs/decisions/0019): whoever rewrites the chain cannot rewrite them. Rows are only ever added.
 */
export const ledgerHeads = pgTable(
  "ledger_heads",
  {
    jurisdictionId: county(),
    /** From 1, without gaps. */
    serial: bigint("serial", { mode: "number" }).notNull(),
    position: bigint("position", { mode: "number" }).notNull(),
    /** The hash of the link at that position. */
    hash: sealed("hash").notNull(),
    notedAt: moment("noted_at").notNull(),
    /** HMAC-SHA-256, base64url; see src/casework/audit/noted-head.ts for what it covers. */
    signature: text("signature").notNull(),
  },
  (t) => [primaryKey({ name: "ledger_heads_pk", columns: [t.jurisdictionId, t.serial] }), ofCounty("ledger_heads")],
);

/**
 * The heads of the chain of records that were noted, as {@link ledgerHeads} are those of the chain of events: in a table of their own,
 * so that a version that runs beside this one takes none for a head of the other chain. Rows are only ever added.
 */
export const recordHeads = pgTable(
  "record_heads",
  {
    jurisdictionId: county(),
    /** From 1, without gaps. */
    serial: bigint("serial", { mode: "number" }).notNull(),
    position: bigint("position", { mode: "number" }).notNull(),
    /** The hash of the link at that position. */
    hash: sealed("hash").notNull(),
    notedAt: moment("noted_at").notNull(),
    /** HMAC-SHA-256, base64url; see src/casework/audit/noted-head.ts for what it covers. */
    signature: text("signature").notNull(),
  },
  (t) => [primaryKey({ name: "record_heads_pk", columns: [t.jurisdictionId, t.serial] }), ofCounty("record_heads")],
);

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
