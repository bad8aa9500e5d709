import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  EXCHANGE_DIRECTIONS,
  EXCHANGE_OUTCOMES,
  PARTNER_MESSAGE_KINDS,
  PARTNER_MESSAGE_STATES,
} from "../../src/domain/acts/partner.ts";
import type { Card, Choice, NoticeFields } from "../../src/domain/messages/message.ts";
import { cases } from "./cases.ts";
import { conversations } from "./conversations.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";
import { handovers } from "./ledger.ts";
import { deputies, partners } from "./people.ts";

/** The content of an outgoing message; kept sealed. */
export type OutgoingContent = {
  text: string;
  choices?: Choice[];
  closing?: string;
  /** The `media` row that this message carries. */
  mediaId?: string;
  /** The scene whose code this message carries as a picture: it is made when the message leaves. */
  scene?: string;
  /** How much it tells of that the chat of its reader cannot show. */
  notShown?: NotShown;
  notice?: NoticeFields;
  /** The card that this message is where the platform has cards; its text is `text`. */
  card?: Omit<Card, "text">;
  /** The platform's id of the message that it answers. */
  replyTo?: string;
  /** The change of a card that this row is: by which handle, and what stands instead of the buttons. */
  revision?: { handle: string; done: string };
};

/** A number of photos, recordings and other files that a chat cannot show. */
export type NotShown = { readonly photos: number; readonly recordings: number; readonly files: number };

/**
 * The outbox: every message that must reach a person.
 *
 * `waiting` until a rung of the ladder takes it, `sending` while a call is out, then `delivered`, `failed` or
 * `uncertain`; `superseded` when it became pointless before it left (a question that was answered meanwhile); `held` when it was
 * kept back because its county is in trial, and went to nobody.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: uuid("id").primaryKey(),
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity(),
    jurisdictionId: county(),
    /** Null while the deputy for whom it is has no bound conversation. */
    conversationId: uuid("conversation_id").references(() => conversations.id),
    deputyId: uuid("deputy_id").references(() => deputies.id),
    caseId: uuid("case_id").references(() => cases.id),
    kind: text("kind").notNull(),
    /** May use the message of the window that is kept for the answer. */
    isAnswer: boolean("is_answer").notNull(),
    content: sealed("content").notNull(),
    state: text("state", {
      enum: ["waiting", "sending", "delivered", "failed", "uncertain", "superseded", "held"],
    }).notNull(),
    reason: text("reason"),
    notBefore: moment("not_before").notNull(),
    /** While `sending`: when the call must have ended, by the database's clock; later than that it is `uncertain`. */
    leaseUntil: moment("lease_until"),
    /** A notice (template, subscription) told the person that this waits. */
    noticedAt: moment("noticed_at"),
    tries: integer("tries").notNull().default(0),
    /** How many pieces of a text too long for one message have been delivered. */
    piecesSent: integer("pieces_sent").notNull().default(0),
    /** When it was claimed for its first call: a platform recognises its key for a time from then. */
    firstTriedAt: moment("first_tried_at"),
    /** How often it was given to another chat of its reader, because nothing could be sent in the one before. */
    moves: integer("moves").notNull().default(0),
    /** Nothing more can be tried until the person does something. */
    awaitsContact: boolean("awaits_contact").notNull().default(false),
    createdAt: moment("created_at").notNull(),
    settledAt: moment("settled_at"),
    /** How often this may still be told again once its end was not seen: 1 for what its person must know, else 0. */
    repeatsLeft: integer("repeats_left").notNull().default(1),
    /** The message that this one tells again. */
    repeats: uuid("repeats"),
  },
  (t) => [
    unique("outbox_seq_unique").on(t.seq),
    index("outbox_to_repeat_index")
      .on(t.jurisdictionId, t.settledAt)
      .where(sql`${t.state} = 'uncertain' and ${t.repeatsLeft} > 0`),
    index("outbox_to_repeat_here_index")
      .on(t.conversationId)
      .where(sql`${t.state} = 'uncertain' and ${t.repeatsLeft} > 0`),
    index("outbox_repeats_index").on(t.repeats).where(sql`${t.repeats} is not null`),
    index("outbox_open_index").on(t.conversationId, t.seq).where(sql`${t.state} in ('waiting', 'sending')`),
    index("outbox_due_index")
      .on(t.jurisdictionId, t.notBefore)
      .where(sql`${t.state} in ('waiting', 'sending') and not ${t.awaitsContact}`),
    index("outbox_parked_index")
      .on(t.jurisdictionId, t.createdAt)
      .where(sql`${t.state} in ('waiting', 'sending') and ${t.awaitsContact}`),
    index("outbox_ended_badly_index")
      .on(t.jurisdictionId, t.settledAt)
      .where(sql`${t.state} in ('failed', 'uncertain')`),
    index("outbox_held_index").on(t.jurisdictionId, t.settledAt).where(sql`${t.state} = 'held'`),
    index("outbox_case_index").on(t.caseId),
    ofCounty("outbox"),
  ],
);

/** The calls to platforms, each recorded before it is made. */
export const attempts = pgTable(
  "attempts",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    outboxId: uuid("outbox_id")
      .notNull()
      .references(() => outbox.id),
    rung: text("rung", { enum: ["direct", "template", "subscription", "passive", "revision"] }).notNull(),
    startedAt: moment("started_at").notNull(),
    endedAt: moment("ended_at"),
    outcome: text("outcome"),
    reason: text("reason"),
    platformId: text("platform_id"),
    /** By which the platform lets us change the card that was delivered; null for everything else, and once it is used up. */
    handle: sealed("handle"),
  },
  (t) => [
    index("attempts_handle_index").on(t.jurisdictionId, t.startedAt).where(sql`${t.handle} is not null`),
    index("attempts_outbox_index").on(t.outboxId),
    index("attempts_platform_index").on(t.platformId).where(sql`${t.platformId} is not null`),
    ofCounty("attempts"),
  ],
);

/** A row of {@link outbox}. */
export type OutboxRow = typeof outbox.$inferSelect;

/** The reminders that deputies had, at most one a day; the message itself is in the outbox, written at the same moment. */
export const digests = pgTable(
  "digests",
  {
    jurisdictionId: county(),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => deputies.id),
    onDay: date("on_day", { mode: "string" }).notNull(),
    /** The cases that it names. */
    caseIds: uuid("case_ids").array().notNull(),
    /** The message in the outbox. */
    outboxId: uuid("outbox_id").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ name: "digests_pk", columns: [t.deputyId, t.onDay] }),
    index("digests_outbox_index").on(t.outboxId),
    index("digests_day_index").on(t.jurisdictionId, t.onDay),
    ofCounty("digests"),
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

/** A row of {@link partnerMessages}. */
export type PartnerMessage = typeof partnerMessages.$inferSelect;
