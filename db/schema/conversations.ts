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
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { DialogState } from "../../src/domain/dialog/state.ts";
import { channelAccounts, county, moment, ofCounty, sealed } from "./county.ts";
import { deputies } from "./people.ts";

const account = () =>
  uuid("account_id")
    .notNull()
    .references(() => channelAccounts.id);

/** The condition for conversations that wait for an answer which time may end; the same in the index and in `tick`. */
export const waitsForAnswer = sql`dialog @? '$.*[*] ? (@.kind == "which-case" || @.kind == "where")'`;

/** The condition for conversations in which somebody was asked what their words are: whether they answer or not, the words end somewhere. */
export const waitsForAct = sql`dialog @? '$.*[*] ? (@.kind == "which-act")'`;

/** The condition for conversations in which a deputy was asked how they know that a case is solved: without an answer it is closed all the same. */
export const waitsForHow = sql`dialog @? '$.*[*] ? (@.kind == "closing-how")'`;

/** The persons who write from several chats: a row holds nothing of anybody, it is only what their chats have in common. */
export const persons = pgTable(
  "persons",
  { id: uuid("id").primaryKey(), jurisdictionId: county(), createdAt: moment("created_at").notNull() },
  () => [ofCounty("persons")],
);

/** The forms of conversations: one person, or a room of several. */
export const CONVERSATION_FORMS = ["person", "room"] as const;

/** The conversations: one person, or one room, on one channel account. The row is the lock under which this person's messages take effect in order. */
export const conversations = pgTable(
  "conversations",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    accountId: account(),
    /** Keyed hash of the platform's id: finds the person without storing the id in clear. */
    peer: text("peer").notNull(),
    peerSealed: sealed("peer_sealed").notNull(),
    deputyId: uuid("deputy_id").references(() => deputies.id),
    /** The id of the person whose chat it is beside others of theirs; null for a person by themselves. */
    personId: uuid("person_id"),
    /** Whether this person speaks for a unit or a station: like deputies they lock matters of others, and are heard apart. */
    heardApart: boolean("heard_apart").notNull().default(false),
    /** The code of the grid that a scanned QR code or an answer gave first. */
    homeGrid: text("home_grid"),
    locale: text("locale", { enum: ["zh-CN", "en"] })
      .notNull()
      .default("zh-CN"),
    following: boolean("following").notNull().default(true),
    /** The platform's moment of the latest act that told whether they follow; null before the first that was noted. */
    followingAsOf: moment("following_as_of"),
    noticeVersion: text("notice_version"),
    dialog: jsonb("dialog").$type<DialogState>().notNull().default({}),
    /** The platform's permission to write: how many direct messages are left, until when. */
    windowLeft: integer("window_left").notNull().default(0),
    windowUntil: moment("window_until"),
    /** The person's latest contact; null before the first that was noted. */
    lastSpokenAt: moment("last_spoken_at"),
    /** When the platform refused a direct message on an account that needs no window; null after the person's next contact. */
    directRefusedAt: moment("direct_refused_at"),
    /** One-time consents to subscription notices that are not used up. */
    subscriptionCredits: integer("subscription_credits").notNull().default(0),
    /** The person of the staff who tries the service from this chat as a resident; null for everybody else. */
    trialPersonId: uuid("trial_person_id"),
    /** The person of the staff who is told of urgent cases in this chat while they are on duty; null for everybody else. */
    dutyPersonId: uuid("duty_person_id"),
    /** When its person last asked that their data be erased, here or in another chat of theirs; null where they never did. */
    eraseAskedAt: moment("erase_asked_at"),
    /** Of a room `peer` is the room's; what somebody says there is in their own conversation. */
    form: text("form", { enum: CONVERSATION_FORMS }).notNull().default("person"),
    /** The station or group whose deputies are in a room, as `station:S1` or `group:G1`; null for people, and for a room that nobody has bound. */
    roomOf: text("room_of"),
    roomTitle: sealed("room_title"),
    /** The day on which a room was last told what it is told once a day. */
    roomToldOn: date("room_told_on", { mode: "string" }),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    unique("conversations_peer_unique").on(t.accountId, t.peer),
    index("conversations_asked_index").on(t.jurisdictionId).where(waitsForAnswer),
    index("conversations_asked_act_index").on(t.jurisdictionId).where(waitsForAct),
    index("conversations_asked_how_index").on(t.jurisdictionId).where(waitsForHow),
    index("conversations_deputy_index").on(t.deputyId).where(sql`${t.deputyId} is not null`),
    index("conversations_person_index").on(t.personId).where(sql`${t.personId} is not null`),
    index("conversations_room_index").on(t.jurisdictionId, t.roomOf).where(sql`${t.form} = 'room'`),
    ofCounty("conversations"),
  ],
);

/** The inbox: every message whose receipt was confirmed to a platform. `payload` is the sealed Inbound. */
export const inbox = pgTable(
  "inbox",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    accountId: account(),
    peer: text("peer").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    kind: text("kind").notNull(),
    payload: sealed("payload").notNull(),
    /** Whether its words tell of a danger to life: it goes ahead of what is held. */
    urgent: boolean("urgent").notNull().default(false),
    receivedAt: moment("received_at").notNull(),
    /** The traceparent under which it was accepted, while messages are followed. */
    trace: text("trace"),
    processedAt: moment("processed_at"),
    /** Where it ended: case, command, answer, event, courtesy, quarantine, unsupported; `earlier`: said before the account was ours, and not answered. */
    outcome: text("outcome"),
    caseId: uuid("case_id"),
    attempts: integer("attempts").notNull().default(0),
    failure: text("failure"),
    /** After a failure: not before then again. Those of the same person behind it wait as long. */
    retryAt: moment("retry_at"),
    /** Failed too often: not tried again until somebody says so, or puts it aside. */
    stuckAt: moment("stuck_at"),
  },
  (t) => [
    unique("inbox_dedupe_unique").on(t.accountId, t.dedupeKey),
    index("inbox_waiting_index").on(t.accountId, t.peer, t.seq).where(sql`${t.processedAt} is null`),
    index("inbox_waiting_since_index").on(t.jurisdictionId, t.receivedAt).where(sql`${t.processedAt} is null`),
    index("inbox_danger_index").on(t.jurisdictionId, t.seq).where(sql`${t.processedAt} is null and ${t.urgent}`),
    ofCounty("inbox"),
  ],
);

/** The signatures that cover no body, each with the one request for which it serves; see `LooseSignature`. */
export const spentSignatures = pgTable(
  "spent_signatures",
  {
    jurisdictionId: county(),
    accountId: account(),
    signature: text("signature").notNull(),
    /** Keyed hash of the request. */
    servesFor: text("serves_for").notNull(),
    /** After that it may be forgotten; null for never. */
    until: moment("until"),
  },
  (t) => [
    unique("spent_signatures_unique").on(t.accountId, t.signature),
    index("spent_signatures_until_index").on(t.jurisdictionId, t.until).where(sql`${t.until} is not null`),
    ofCounty("spent_signatures"),
  ],
);

/** The places up to which accounts were read, where the platform only says that something lies ready: one row a place of the account. */
export const pullCursors = pgTable(
  "pull_cursors",
  {
    jurisdictionId: county(),
    accountId: account(),
    /** The platform's name of the place, such as the id of one of several desks. */
    key: text("key").notNull(),
    cursor: text("cursor").notNull().default(""),
    /** What makes the next pull cheaper while it lasts. */
    hint: sealed("hint"),
    /** When the platform last said that something lies there, and when it was last pulled. */
    nudgedAt: moment("nudged_at"),
    pulledAt: moment("pulled_at"),
    /** How often the platform said so, and how often before the last pull began: what came meanwhile is pulled anew. */
    nudges: integer("nudges").notNull().default(0),
    pulledNudges: integer("pulled_nudges").notNull().default(0),
    /** Since when something lies there that was not fetched, or nobody could look; null where all was. */
    behindSince: moment("behind_since"),
    /** While somebody pulls: when they must have ended, by the database's clock. */
    leaseUntil: moment("lease_until"),
    /** After a failure: not before then again. */
    notBefore: moment("not_before"),
    /** Why the last pull failed; null where it did not. */
    failure: text("failure"),
  },
  (t) => [
    primaryKey({ name: "pull_cursors_pk", columns: [t.accountId, t.key] }),
    index("pull_cursors_nudged_index").on(t.jurisdictionId, t.nudgedAt),
    ofCounty("pull_cursors"),
  ],
);

/** A row of {@link inbox}. */
export type InboxRow = typeof inbox.$inferSelect;

/** A row of {@link conversations}. */
export type Conversation = typeof conversations.$inferSelect;

/** The roles in which a chat may speak besides those of a resident and a deputy: for a unit, for a station, or as the worker of a grid. */
export const BOUND_ROLES = ["unit", "station", "grid-worker"] as const;

/** The bindings of chats to units, stations and grids; ended rows stay, so that it can be said who spoke for whom. */
export const bindings = pgTable(
  "bindings",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id),
    role: text("role", { enum: BOUND_ROLES }).notNull(),
    /** The code of the unit, station or grid. */
    ref: text("ref").notNull(),
    boundAt: moment("bound_at").notNull(),
    endedAt: moment("ended_at"),
  },
  (t) => [
    index("bindings_conversation_index").on(t.conversationId).where(sql`${t.endedAt} is null`),
    index("bindings_ref_index").on(t.jurisdictionId, t.role, t.ref).where(sql`${t.endedAt} is null`),
    ofCounty("bindings"),
  ],
);

/** The one-time codes by which the people of units and stations, and grid workers, bind their chats; only a keyed hash is kept. */
export const bindingInvites = pgTable(
  "binding_invites",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    role: text("role", { enum: BOUND_ROLES }).notNull(),
    ref: text("ref").notNull(),
    codeHash: text("code_hash").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [unique("binding_invites_code_unique").on(t.jurisdictionId, t.codeHash), ofCounty("binding_invites")],
);

/** The one-time codes by which a resident joins a chat on another platform; only a keyed hash is kept. */
export const linkCodes = pgTable(
  "link_codes",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** The chat in which it was asked for. */
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id),
    codeHash: text("code_hash").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [
    unique("link_codes_code_unique").on(t.jurisdictionId, t.codeHash),
    index("link_codes_conversation_index").on(t.conversationId),
    index("link_codes_expires_index").on(t.jurisdictionId, t.expiresAt),
    ofCounty("link_codes"),
  ],
);

/** The codes that were tried in vain, by chat: after some of them none is looked at for a while. Forgotten after a day. */
export const linkFailures = pgTable(
  "link_failures",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id),
    at: moment("at").notNull(),
  },
  (t) => [
    index("link_failures_conversation_index").on(t.conversationId, t.at),
    index("link_failures_at_index").on(t.jurisdictionId, t.at),
    ofCounty("link_failures"),
  ],
);

/** The codes by which rooms are bound, said by the office and in the room, in either order; only a keyed hash is kept. */
export const roomCodes = pgTable(
  "room_codes",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    codeHash: text("code_hash").notNull(),
    /** What the office said that the room is for; null while only somebody in the room said the code. */
    roomOf: text("room_of"),
    /** The room in which the code was said; null while only the office did. */
    conversationId: uuid("conversation_id").references(() => conversations.id),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [unique("room_codes_code_unique").on(t.jurisdictionId, t.codeHash), ofCounty("room_codes")],
);
