import { sql } from "drizzle-orm";
import { bigint, boolean, index, pgTable, real, text, uuid } from "drizzle-orm/pg-core";
import { county, moment, ofCounty, sealed } from "./county.ts";

/**
 * The understandings of residents' texts: as what each message was taken, and why. Of the message's words they hold only `because`,
 * which ends with the words, or earlier.
 */
export const understandings = pgTable(
  "understandings",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** The message's number in the inbox. */
    inboxSeq: bigint("inbox_seq", { mode: "number" }).notNull(),
    at: moment("at").notNull(),
    /** The kind of meaning that it was given. */
    kind: text("kind").notNull(),
    /** What decided. */
    rule: text("rule").notNull(),
    /** The act that it was taken as; null where every act could have been wrong. */
    act: text("act"),
    /** The act that was likeliest, whether it was taken or not. */
    likeliest: text("likeliest").notNull(),
    probability: real("probability").notNull(),
    danger: text("danger", { enum: ["card", "line"] }),
    accusation: text("accusation", { enum: ["sealed", "office-first"] }),
    signs: text("signs").array().notNull().default([]),
    /** The name of the weights by which it was read. */
    weights: text("weights").notNull(),
    /** The pieces of the words that spoke most for it, sealed; null once they are not kept any more. */
    because: sealed("because"),
    /** Who made a case of it that had become none, and when. */
    openedBy: text("opened_by"),
    openedAt: moment("opened_at"),
    /** Whether nobody may learn from it, for its writer wanted their words erased, and only an open case keeps them. */
    isNoLesson: boolean("is_no_lesson").notNull().default(false),
  },
  (t) => [
    index("understandings_message_index").on(t.jurisdictionId, t.inboxSeq),
    index("understandings_at_index").on(t.jurisdictionId, t.at),
    index("understandings_hint_index").on(t.jurisdictionId, t.inboxSeq).where(sql`${t.danger} = 'line'`),
    index("understandings_because_index").on(t.jurisdictionId, t.at).where(sql`${t.because} is not null`),
    ofCounty("understandings"),
  ],
);

/** The corrections of how residents' texts were understood, without a word of them; rows are only added by the service. */
export const understandingCorrections = pgTable(
  "understanding_corrections",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** The message's number in the inbox. */
    inboxSeq: bigint("inbox_seq", { mode: "number" }).notNull(),
    /** The act or kind of meaning that was decided or likeliest. */
    decided: text("decided").notNull(),
    /** What it was. */
    was: text("was").notNull(),
    source: text("source", { enum: ["resident", "office", "deputy"] }).notNull(),
    /** Who of the office says so, or `deputy:<code>`; null where the resident did. */
    by: text("by"),
    weights: text("weights").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    index("understanding_corrections_at_index").on(t.jurisdictionId, t.at),
    ofCounty("understanding_corrections"),
  ],
);
