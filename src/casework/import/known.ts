import type { Transaction } from "../../../db/database.ts";
import { assignments, deputies, units } from "../../../db/schema/people.ts";
import { grids, places, receptions, stations } from "../../../db/schema/places.ts";

/** A row of {@link grids}. */
export type GridRow = typeof grids.$inferSelect;
/** A row of {@link stations}. */
export type StationRow = typeof stations.$inferSelect;
/** A row of {@link deputies}. */
export type StoredDeputy = typeof deputies.$inferSelect;
/** A row of {@link units}. */
export type UnitRow = typeof units.$inferSelect;
/** A row of {@link places}. */
export type PlaceRow = typeof places.$inferSelect;
/** A row of {@link receptions}. */
export type ReceptionRow = typeof receptions.$inferSelect;
/** A row of {@link assignments}. */
export type AssignmentRow = typeof assignments.$inferSelect;

/** The rows that the county has before an import, by code where they have one. */
export type Known = {
  readonly stations: ReadonlyMap<string, StationRow>;
  readonly grids: ReadonlyMap<string, GridRow>;
  readonly deputies: ReadonlyMap<string, StoredDeputy>;
  readonly units: ReadonlyMap<string, UnitRow>;
  readonly places: readonly PlaceRow[];
  /** By station, day and time: {@link receptionKey}. */
  readonly receptions: ReadonlyMap<string, ReceptionRow>;
  readonly assignments: readonly AssignmentRow[];
};

/** Reads the rows that an import compares with; the county's row-level security narrows every select. */
export async function readKnown(tx: Transaction): Promise<Known> {
  const [stationRows, gridRows, deputyRows, unitRows, placeRows, receptionRows, assignmentRows] = await Promise.all([
    tx.select().from(stations),
    tx.select().from(grids),
    tx.select().from(deputies),
    tx.select().from(units),
    tx.select().from(places),
    tx.select().from(receptions),
    tx.select().from(assignments),
  ]);
  return {
    stations: byCode(stationRows),
    grids: byCode(gridRows),
    deputies: byCode(deputyRows),
    units: byCode(unitRows),
    places: placeRows,
    receptions: new Map(receptionRows.map((row) => [receptionKey(row), row])),
    assignments: assignmentRows,
  };
}

/** The key that no two reception days share: the id of the station, the day and the time at which it begins. */
export function receptionKey({ stationId, heldOn, fromTime }: Omit<ReceptionRow, "id">): string {
  return `${stationId} ${heldOn} ${fromTime}`;
}

function byCode<Row extends { readonly code: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.code, row]));
}
