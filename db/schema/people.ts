import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { PARTNER_TYPES, type PartnerStatus } from "../../src/domain/acts/partner.ts";
import { DAY_PARTS } from "../../src/domain/calendar/weekly.ts";
import { county, inDirectory, moment, ofCounty, sealed } from "./county.ts";
import { grids, stations } from "./places.ts";

/** The deputies of a county, with the chat account to which each is bound. */
export const deputies = pgTable(
  "deputies",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    level: text("level", { enum: ["township", "county", "city", "provincial", "national"] }).notNull(),
    district: text("district").notNull().default(""),
    phone: sealed("phone"),
    groups: text("groups").array().notNull().default([]),
    /** Last day of the term; null while none is known. */
    untilOn: date("until_on", { mode: "string" }),
  },
  (t) => [unique("deputies_code_unique").on(t.jurisdictionId, t.code), ofCounty("deputies")],
);

/** The assignments of deputies to grids and stations, from when to when; ended rows stay, so that past decisions can be explained. */
export const assignments = pgTable(
  "assignments",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => deputies.id),
    gridId: uuid("grid_id").references(() => grids.id),
    stationId: uuid("station_id").references(() => stations.id),
    role: text("role", { enum: ["primary", "backup"] }).notNull(),
    fromOn: date("from_on", { mode: "string" }).notNull(),
    untilOn: date("until_on", { mode: "string" }),
  },
  (t) => [
    index("assignments_grid_index").on(t.gridId),
    index("assignments_station_index").on(t.stationId),
    index("assignments_deputy_index").on(t.deputyId),
    check("assignments_one_place", sql`num_nonnulls(${t.gridId}, ${t.stationId}) = 1`),
    ofCounty("assignments"),
  ],
);

/** The absences of deputies, with who stands in. */
export const absences = pgTable(
  "absences",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => deputies.id),
    fromAt: moment("from_at").notNull(),
    untilAt: moment("until_at").notNull(),
    /** The deputy who gets what would reach this one meanwhile; without a foreign key, as `stations.head_deputy_id`. */
    substituteId: uuid("substitute_id"),
    /** Of an absence that was planned: its beginning has not been carried out yet, and the deputy's cases are with them. */
    awaitsBeginning: boolean("awaits_beginning").notNull().default(false),
    /** The weekly absence of which it is one day; null for one that somebody entered by its days. Without a foreign key, as `substituteId`. */
    weeklyId: uuid("weekly_id"),
  },
  (t) => [
    index("absences_deputy_index").on(t.deputyId, t.untilAt),
    index("absences_weekly_index").on(t.weeklyId, t.fromAt).where(sql`${t.weeklyId} is not null`),
    ofCounty("absences"),
  ],
);

/** The weekly absences of deputies: the same days each week. Its days of the coming weeks are rows of {@link absences}. */
export const weeklyAbsences = pgTable(
  "weekly_absences",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => deputies.id),
    /** From 1, Monday, to 7. */
    weekdays: smallint("weekdays").array().notNull(),
    fromOn: date("from_on", { mode: "string" }).notNull(),
    /** Its last day; null while it has none. */
    untilOn: date("until_on", { mode: "string" }),
    /** The half of each day; null for the whole of it. */
    part: text("part", { enum: DAY_PARTS }),
    /** Who entered it, as events name them. */
    by: text("by").notNull(),
    createdAt: moment("created_at").notNull(),
    endedAt: moment("ended_at"),
  },
  (t) => [
    index("weekly_absences_deputy_index").on(t.deputyId).where(sql`${t.endedAt} is null`),
    check(
      "weekly_absences_days",
      sql`cardinality(${t.weekdays}) between 1 and 7 and ${t.weekdays} <@ '{1,2,3,4,5,6,7}'::smallint[]`,
    ),
    ofCounty("weekly_absences"),
  ],
);

/** The sentences that deputies keep to use again (常用语), each sealed. */
export const deputyPhrases = pgTable(
  "deputy_phrases",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => deputies.id),
    words: sealed("words").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [index("deputy_phrases_deputy_index").on(t.deputyId, t.at), ofCounty("deputy_phrases")],
);

/** The one-time codes by which deputies bind their chats; only a keyed hash is kept. */
export const invites = pgTable(
  "invites",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => deputies.id),
    codeHash: text("code_hash").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [unique("invites_code_unique").on(t.jurisdictionId, t.codeHash), ofCounty("invites")],
);

/** The government units that handle what a deputy passes on (承办单位). */
export const units = pgTable(
  "units",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    phone: sealed("phone"),
    categories: text("categories").array().notNull().default([]),
    /** What people call it for short: 住建局 (简称). */
    aliases: text("aliases").array().notNull().default([]),
    /** Last day on which it takes matters; null while none is known. */
    untilOn: date("until_on", { mode: "string" }),
  },
  (t) => [unique("units_code_unique").on(t.jurisdictionId, t.code), ofCounty("units")],
);

/** The groups of deputies by sector; who belongs to which is in `deputies.groups`, by the group's code. */
export const sectorGroups = pgTable(
  "sector_groups",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    leadDeputyId: uuid("lead_deputy_id").references(() => deputies.id),
  },
  (t) => [unique("sector_groups_code_unique").on(t.jurisdictionId, t.code), ofCounty("sector_groups")],
);

/** The relations between deputies: neither sees an accusation against the other. One row stands for both directions. */
export const deputyRelations = pgTable(
  "deputy_relations",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    deputyId: uuid("deputy_id")
      .notNull()
      .references(() => deputies.id),
    relatedDeputyId: uuid("related_deputy_id")
      .notNull()
      .references(() => deputies.id),
    note: text("note").notNull().default(""),
  },
  (t) => [
    unique("deputy_relations_pair_unique").on(t.jurisdictionId, t.deputyId, t.relatedDeputyId),
    index("deputy_relations_related_index").on(t.relatedDeputyId),
    check("deputy_relations_two_people", sql`${t.deputyId} <> ${t.relatedDeputyId}`),
    ofCounty("deputy_relations"),
  ],
);

/**
 * A step of a stored succession: who succeeds whom, by deputies' codes; `places` names the grids and stations, all of
 * them when left out.
 */
export type SuccessionRow = { readonly from: string; readonly to: string; readonly places?: readonly string[] };

/** The planned and done successions: each a change of many deputies on one day, after an election or a by-election. */
export const successions = pgTable(
  "successions",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    /** The first day on which the new ones answer. */
    effectiveOn: date("effective_on", { mode: "string" }).notNull(),
    state: text("state", { enum: ["planned", "done", "cancelled"] }).notNull(),
    rows: jsonb("rows").$type<readonly SuccessionRow[]>().notNull(),
    author: text("author").notNull(),
    createdAt: moment("created_at").notNull(),
    doneAt: moment("done_at"),
  },
  (t) => [
    index("successions_planned_index").on(t.jurisdictionId, t.effectiveOn).where(sql`${t.state} = 'planned'`),
    ofCounty("successions"),
  ],
);

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

/** A row of {@link partners}. */
export type PartnerRecord = typeof partners.$inferSelect;
