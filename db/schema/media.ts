import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { MediaReference } from "../../src/domain/messages/message.ts";
import type { LinkLock } from "../../src/domain/web-chat/link-lock.ts";
import { cases } from "./cases.ts";
import { conversations } from "./conversations.ts";
import { channelAccounts, county, moment, ofCounty, sealed } from "./county.ts";
import { deputies } from "./people.ts";

/** The photos, voices and videos of cases. What residents sent is fetched at once, for platforms forget it after days. */
export const media = pgTable(
  "media",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => channelAccounts.id),
    platformId: text("platform_id").notNull(),
    /** How the platform names it, with all that it says of it; null where an earlier version wrote the row, and for what no platform gave. */
    reference: jsonb("reference").$type<MediaReference>(),
    form: text("form", { enum: ["image", "voice", "video", "file"] }).notNull(),
    state: text("state", { enum: ["waiting", "kept", "failed", "too-large", "unsupported"] }).notNull(),
    /** SHA-256 of what is kept, after its metadata was stripped; the name of the file in the data folder. */
    hash: text("hash"),
    contentType: text("content_type"),
    /** The case under whose key the file is sealed; null where it is kept as it is. */
    sealedFor: uuid("sealed_for"),
    reason: text("reason"),
    tries: integer("tries").notNull().default(0),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    index("media_waiting_index").on(t.jurisdictionId, t.createdAt).where(sql`${t.state} = 'waiting'`),
    ofCounty("media"),
  ],
);

const visitor = () =>
  uuid("visitor_id")
    .notNull()
    .references(() => webVisitors.id, { onDelete: "cascade" });

/** The visitors of the web chat: people without any account, each known by a link and its code, of which only keyed hashes are kept. */
export const webVisitors = pgTable(
  "web_visitors",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => channelAccounts.id),
    /** Keyed hash of the token of the link; to the channel, the id of this person. */
    key: text("key").notNull(),
    /** The peer of their conversation, which begins with their first message. */
    peer: text("peer").notNull(),
    /** Keyed hash of the code that is asked for with the link on another device. */
    codeHash: text("code_hash").notNull(),
    /** The link's token and code, as long as they are shown; null afterwards. */
    linkSealed: sealed("link_sealed"),
    /** Keyed hash of the key of the page that made this visitor: the same page sent again is the same visitor. */
    pageHash: text("page_hash").notNull(),
    /** The challenge whose proof let this visitor in, so that it serves once; null where none was asked for. */
    proof: text("proof"),
    lock: jsonb("lock").$type<LinkLock>().notNull(),
    createdAt: moment("created_at").notNull(),
    /** When somebody last wrote or looked here. */
    seenAt: moment("seen_at").notNull(),
  },
  (t) => [
    unique("web_visitors_key_unique").on(t.accountId, t.key),
    unique("web_visitors_page_unique").on(t.accountId, t.pageHash),
    unique("web_visitors_proof_unique").on(t.jurisdictionId, t.proof),
    index("web_visitors_created_index").on(t.accountId, t.createdAt),
    index("web_visitors_seen_index").on(t.jurisdictionId, t.seenAt),
    ofCounty("web_visitors"),
  ],
);

/** The posts of the web chat: what visitors are to read. For them this is the platform: what stands here is delivered. */
export const webPosts = pgTable(
  "web_posts",
  {
    id: uuid("id").primaryKey(),
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity(),
    jurisdictionId: county(),
    visitorId: visitor(),
    /** The same in every try of the same message. */
    key: text("key").notNull(),
    content: sealed("content").notNull(),
    at: moment("at").notNull(),
    /** When the visitor's page fetched it first; null as long as it has not. */
    readAt: moment("read_at"),
  },
  (t) => [
    unique("web_posts_seq_unique").on(t.seq),
    unique("web_posts_key_unique").on(t.visitorId, t.key),
    index("web_posts_visitor_index").on(t.visitorId, t.seq),
    index("web_posts_unread_index").on(t.jurisdictionId, t.at).where(sql`${t.readAt} is null`),
    ofCounty("web_posts"),
  ],
);

/** The photos that visitors sent, cleaned and sealed, until they are kept as those of other platforms are. */
export const webUploads = pgTable(
  "web_uploads",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    visitorId: visitor(),
    photo: sealed("photo").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    index("web_uploads_visitor_index").on(t.visitorId),
    index("web_uploads_at_index").on(t.jurisdictionId, t.at),
    ofCounty("web_uploads"),
  ],
);

/** A row of {@link webVisitors}. */
export type WebVisitor = typeof webVisitors.$inferSelect;

/**
 * The one-time links by which deputies answer a case on a page of ours, each sent to one bound chat. Of the token, and of the first
 * device that opened it, only keyed hashes are kept.
 */
export const answerLinks = pgTable(
  "answer_links",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => channelAccounts.id),
    /** The chat to which it was sent; it ends when that is bound to nobody, or to somebody else. */
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => deputies.id),
    caseId: uuid("case_id")
      .notNull()
      .references(() => cases.id),
    tokenHash: text("token_hash").notNull(),
    /** The newest event of the case when it was made: what ends it comes after. */
    eventSeq: bigint("event_seq", { mode: "number" }).notNull(),
    deviceHash: text("device_hash"),
    openedAt: moment("opened_at"),
    /** When its chat was told that another device was refused. */
    warnedAt: moment("warned_at"),
    /** Keyed hash of the key of the page whose answer was taken: the same sent again is the same answer. */
    answerHash: text("answer_hash"),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    revokedAt: moment("revoked_at"),
  },
  (t) => [
    unique("answer_links_token_unique").on(t.accountId, t.tokenHash),
    index("answer_links_case_index").on(t.caseId, t.deputyId),
    index("answer_links_chat_index").on(t.conversationId),
    ofCounty("answer_links"),
  ],
);

/** A row of {@link answerLinks}. */
export type AnswerLink = typeof answerLinks.$inferSelect;
