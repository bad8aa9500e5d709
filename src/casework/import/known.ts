import type { Transaction } from "../../../db/database.ts";
import { assignments, deputies, units } from "../../../db/schema/people.ts";
import { grids, places, stations } from "../../../db/schema/places.ts";

export type GridRow = typeof grids.$inferSelect;
export type StationRow = typeof stations.$inferSelect;
export type StoredDeputy = typeof deputies.$inferSelect;
export type UnitRow = typeof units.$inferSelect;
export type PlaceRow = typeof places.$inferSelect;
export type AssignmentRow = typeof assignments.$inferSelect;

/** What the county has already, before an import. */
export type Known = {
  readonly stations: ReadonlyMap<string, StationRow>;
  readonly grids: ReadonlyMap<string, GridRow>;
  readonly deputies: ReadonlyMap<string, StoredDeputy>;
  readonly units: ReadonlyMap<string, UnitRow>;
  readonly places: readonly PlaceRow[];
  readonly assignments: readonly AssignmentRow[];
};

/** Reads what an import compares with; the county's row-level security narrows every select. */
export async function readKnown(tx: Transaction): Promise<Known> {
  const [stationRows, gridRows, deputyRows, unitRows, placeRows, assignmentRows] = await Promise.all([
    tx.select().from(stations),
    tx.select().from(grids),
    tx.select().from(deputies),
    tx.select().from(units),
    tx.select().from(places),
    tx.select().from(assignments),
  ]);
  return {
    stations: byCode(stationRows),
    grids: byCode(gridRows),
    deputies: byCode(deputyRows),
    units: byCode(unitRows),
    places: placeRows,
    assignments: assignmentRows,
  };
}

function byCode<Row extends { readonly code: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.code, row]));
}
