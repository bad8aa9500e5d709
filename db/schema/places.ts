import { date, doublePrecision, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { county, ofCounty, sealed } from "./county.ts";

/** The shape of a grid: rings of a MultiPolygon in GCJ-02, longitude before latitude as in GeoJSON. */
export type GridShape = number[][][][];

/** The liaison stations of a county. */
export const stations = pgTable(
  "stations",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    township: text("township").notNull(),
    address: text("address").notNull().default(""),
    phone: sealed("phone"),
    longitude: doublePrecision("longitude"),
    latitude: doublePrecision("latitude"),
    /** The deputy who heads it. No foreign key: a new one on a table in use would hold its lock, and deputies are never deleted. */
    headDeputyId: uuid("head_deputy_id"),
  },
  (t) => [unique("stations_code_unique").on(t.jurisdictionId, t.code), ofCounty("stations")],
);

/** The grids of a county, with their shapes. */
export const grids = pgTable(
  "grids",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    township: text("township").notNull(),
    community: text("community").notNull().default(""),
    stationId: uuid("station_id").references(() => stations.id),
    aliases: text("aliases").array().notNull().default([]),
    shape: jsonb("shape").$type<GridShape>(),
    /** Last day on which new matters can lie in it; null while none is known. */
    untilOn: date("until_on", { mode: "string" }),
  },
  (t) => [unique("grids_code_unique").on(t.jurisdictionId, t.code), ofCounty("grids")],
);

/** The other names under which residents know a grid. */
export const places = pgTable(
  "places",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    name: text("name").notNull(),
    gridId: uuid("grid_id")
      .notNull()
      .references(() => grids.id),
  },
  (t) => [
    unique("places_name_grid_unique").on(t.jurisdictionId, t.name, t.gridId),
    index("places_grid_index").on(t.gridId),
    ofCounty("places"),
  ],
);

/** The days on which deputies receive people at a station (接待日), from the office's list. */
export const receptions = pgTable(
  "receptions",
  {
    id: uuid("id").primaryKey(),
    jurisdictionId: county(),
    stationId: uuid("station_id")
      .notNull()
      .references(() => stations.id),
    heldOn: date("held_on", { mode: "string" }).notNull(),
    /** HH:MM, in the county's time zone. */
    fromTime: text("from_time").notNull(),
    untilTime: text("until_time").notNull(),
    place: text("place").notNull(),
    /** Codes of the deputies who receive; empty where the list names none. */
    deputies: text("deputies").array().notNull(),
  },
  (t) => [
    unique("receptions_station_unique").on(t.jurisdictionId, t.stationId, t.heldOn, t.fromTime),
    index("receptions_day_index").on(t.jurisdictionId, t.heldOn),
    ofCounty("receptions"),
  ],
);
