import { sql } from "drizzle-orm";
import { check, date, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { jurisdictions, moment, ofCounty, sealed } from "./county.ts";
import { grids, stations } from "./places.ts";

const county = () =>
  uuid("jurisdiction_id")
    .notNull()
    .references(() => jurisdictions.jurisdictionId);

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

/** Who answers where, from when to when; ended rows stay, so that past decisions can be explained. */
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
  },
  (t) => [index("absences_deputy_index").on(t.deputyId, t.untilAt), ofCounty("absences")],
);

/** One-time codes by which a deputy's chat identity is bound; only a keyed hash is kept. */
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

/** Government units that handle what a deputy passes on (承办单位). */
export const units = pgTable(
  "units",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    phone: sealed("phone"),
    categories: text("categories").array().notNull().default([]),
  },
  (t) => [unique("units_code_unique").on(t.jurisdictionId, t.code), ofCounty("units")],
);
