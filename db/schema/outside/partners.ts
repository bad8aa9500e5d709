import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import {
  EXCHANGE_DIRECTIONS,
  EXCHANGE_OUTCOMES,
  PARTNER_MESSAGE_KINDS,
  PARTNER_MESSAGE_STATES,
  PARTNER_TYPES,
  type PartnerStatus,
} from "../../../src/domain/acts/partner.ts";
import { county, inDirectory, moment, ofCounty, sealed } from "../county.ts";
import { handovers } from "../ledger.ts";
import { units } from "../people.ts";

/** The case systems of others (对接平台), each the way by which one unit is told of its matters. */
export const partners = pgTable(
  "partners",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    /** Part of the address to which it answers, so no two counties have the same. */
    name: text("name").notNull(),
    type: text("type", { enum: PARTNER_TYPES }).notNull(),
    url: text("url").notNull(),
    secret: sealed("secret").notNull(),
    /** What GeoReport calls `jurisdiction_id`. */
    jurisdictionCode: text("jurisdiction_code").notNull(),
    /** Their codes of services by our categories. */
    services: jsonb("services").$type<Record<string, string>>().notNull().default({}),
    /** What their codes of states mean, beside those that each type has anyway. */
    statusMap: jsonb("status_map").$type<Record<string, PartnerStatus>>().notNull().default({}),
    /** Since when nothing is sent to it, by somebody's word. */
    pausedAt: moment("paused_at"),
    /** How many calls in a row have failed. */
    failures: integer("failures").notNull().default(0),
    /** Until when it is not called, for it did not answer; one call is made then. */
    restsUntil: moment("rests_until"),
    /** When it was last asked for news. */
    polledAt: moment("polled_at"),
    /** Grows with each change by a person. */
    revision: integer("revision").notNull().default(1),
    addedBy: text("added_by").notNull(),
    addedAt: moment("added_at").notNull(),
  },
  (t) => [
    unique("partners_name_unique").on(t.name),
    unique("partners_unit_unique").on(t.unitId),
    ofCounty("partners"),
    inDirectory("partners"),
  ],
);

/** The messages to case systems of others, each about one hand-over; what one says is made of the case when it is sent, and is not kept. */
export const partnerMessages = pgTable(
  "partner_messages",
  {
    /** The id by which the other side knows it again, the same at each try; of a hand-over the hand-over's own. */
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    handoverId: uuid("handover_id")
      .notNull()
      .references(() => handovers.id),
    kind: text("kind", { enum: PARTNER_MESSAGE_KINDS }).notNull(),
    state: text("state", { enum: PARTNER_MESSAGE_STATES }).notNull(),
    tries: integer("tries").notNull().default(0),
    madeAt: moment("made_at").notNull(),
    dueAt: moment("due_at").notNull(),
    /** While `sending`: when the call must have ended, by the database's clock. */
    leaseUntil: moment("lease_until"),
    settledAt: moment("settled_at"),
    /** The number of the matter there, and what stands for it until there is one. */
    externalId: text("external_id"),
    token: text("token"),
    /** Their last news that counted: its moment by their clock, a keyed hash of what it said, and whether it was to be the last. */
    saidAt: moment("said_at"),
    saidHash: text("said_hash"),
    isEndedThere: boolean("is_ended_there").notNull().default(false),
  },
  (t) => [
    index("partner_messages_due_index").on(t.jurisdictionId, t.dueAt).where(sql`${t.state} in ('waiting', 'sending')`),
    index("partner_messages_failed_index").on(t.jurisdictionId).where(sql`${t.state} = 'failed'`),
    index("partner_messages_handover_index").on(t.handoverId),
    ofCounty("partner_messages"),
  ],
);

/** The exchanges with case systems of others, without a word of what was said; forgotten after some months. */
export const partnerExchanges = pgTable(
  "partner_exchanges",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    handoverId: uuid("handover_id").references(() => handovers.id),
    direction: text("direction", { enum: EXCHANGE_DIRECTIONS }).notNull(),
    /** The id of what came in: the same one is answered again and counts for nothing. */
    theirId: text("their_id"),
    at: moment("at").notNull(),
    /** Of HTTP; null where there was no answer. */
    status: integer("status"),
    outcome: text("outcome", { enum: EXCHANGE_OUTCOMES }).notNull(),
    /** A code: theirs of a state that is not known here, or why a call failed. */
    reason: text("reason"),
  },
  (t) => [
    uniqueIndex("partner_exchanges_their_id_unique").on(t.partnerId, t.theirId).where(sql`${t.theirId} is not null`),
    index("partner_exchanges_partner_index").on(t.jurisdictionId, t.partnerId, t.seq),
    index("partner_exchanges_at_index").on(t.jurisdictionId, t.at),
    ofCounty("partner_exchanges"),
  ],
);

/** A row of {@link partners}. */
export type PartnerRecord = typeof partners.$inferSelect;
/** A row of {@link partnerMessages}. */
export type PartnerMessage = typeof partnerMessages.$inferSelect;
