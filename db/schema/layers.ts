import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
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
import type { Comparison } from "../../src/domain/measuring/compare.ts";
import type { Act } from "../../src/domain/understanding/meaning.ts";
import { county, moment, ofCounty, sealed } from "./county.ts";

/** The labels that people of an office gave to messages that were understood wrongly; of each person the last counts. */
export const understandingLabels = pgTable(
  "understanding_labels",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** The message's number in the inbox. */
    inboxSeq: bigint("inbox_seq", { mode: "number" }).notNull(),
    act: text("act").$type<Act>().notNull(),
    marks: text("marks").array().notNull().default([]),
    isMaskRight: boolean("is_mask_right").notNull(),
    /** Keyed hash of the masked words that were judged: words that are masked otherwise later must be judged again. */
    words: text("words").notNull(),
    by: text("by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    index("understanding_labels_message_index").on(t.jurisdictionId, t.inboxSeq),
    ofCounty("understanding_labels"),
  ],
);

/** The states of a county's layer: made, measured and found good, in use, not in use any more. */
export const LAYER_STATES = ["draft", "measured", "published", "retired"] as const;
/** The state of a county's layer. */
export type LayerState = (typeof LAYER_STATES)[number];

/** The measurement of a layer, in counts: on the frozen sentences, and on the county's last messages with what changes there. */
export type LayerMeasured = {
  readonly frozen: Comparison;
  readonly messages: number;
  readonly changed: number;
  /** How many of the changed messages go from which kind of meaning to which, `thanks → matter`. */
  readonly changes: Readonly<Record<string, number>>;
  readonly lowered: { readonly danger: number; readonly accusation: number };
  /** Whether lessons about false alarms were left out, for with them true ones would have been lost. */
  readonly isSafetyLeftAlone: boolean;
};

/** The layers of a county: versions of what it adds to the weights that the service ships with. */
export const understandingLayers = pgTable(
  "understanding_layers",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** From 1 in each county. */
    number: integer("number").notNull(),
    state: text("state", { enum: LAYER_STATES }).notNull(),
    author: text("author").notNull(),
    createdAt: moment("created_at").notNull(),
    /** SHA-256 of the file of the weights to which it belongs. */
    weights: text("weights").notNull(),
    /** Hashes of features with their log-odds, sealed; null once somebody's share in it was erased. */
    content: sealed("content"),
    features: integer("features").notNull(),
    rows: integer("rows").notNull(),
    people: integer("people").notNull(),
    measured: jsonb("measured").$type<LayerMeasured>().notNull(),
    /** Why it may not be published; empty where it may. */
    refusals: text("refusals").array().notNull(),
    reviewer: text("reviewer"),
    publishedAt: moment("published_at"),
    retiredAt: moment("retired_at"),
  },
  (t) => [
    unique("understanding_layers_number_unique").on(t.jurisdictionId, t.number),
    uniqueIndex("understanding_layers_one_published").on(t.jurisdictionId).where(sql`${t.state} = 'published'`),
    ofCounty("understanding_layers"),
  ],
);

/** The messages that each layer was learned from. */
export const understandingLayerRows = pgTable(
  "understanding_layer_rows",
  {
    jurisdictionId: county(),
    layerId: uuid("layer_id")
      .notNull()
      .references(() => understandingLayers.id),
    inboxSeq: bigint("inbox_seq", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ name: "understanding_layer_rows_pk", columns: [t.layerId, t.inboxSeq] }),
    index("understanding_layer_rows_message_index").on(t.jurisdictionId, t.inboxSeq),
    ofCounty("understanding_layer_rows"),
  ],
);

/** The events in the life of each layer, in order; rows are only added. */
export const understandingLayerEvents = pgTable(
  "understanding_layer_events",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    jurisdictionId: county(),
    layerId: uuid("layer_id")
      .notNull()
      .references(() => understandingLayers.id),
    type: text("type", {
      enum: ["drafted", "measured", "refused", "published", "retired", "brought-back", "erased"],
    }).notNull(),
    /** Somebody of the office; `resident` where they had their words erased. */
    by: text("by").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [index("understanding_layer_events_layer_index").on(t.layerId, t.seq), ofCounty("understanding_layer_events")],
);
