import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { units } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import type { SpokenFor } from "./end-chat.ts";

/** A unit, station or grid that there is today, by its id and name. */
export type InForce = { readonly id: string; readonly name: string };

/** The unit, station or grid with this code; undefined where there is none today. */
export async function inForce(tx: Transaction, { role, ref }: SpokenFor, today: string): Promise<InForce | undefined> {
  const [found] = await {
    unit: () =>
      tx
        .select({ id: units.id, name: units.name })
        .from(units)
        .where(and(eq(units.code, ref), notEnded(units.untilOn, today))),
    station: () => tx.select({ id: stations.id, name: stations.name }).from(stations).where(eq(stations.code, ref)),
    "grid-worker": () =>
      tx
        .select({ id: grids.id, name: grids.name })
        .from(grids)
        .where(and(eq(grids.code, ref), notEnded(grids.untilOn, today))),
  }[role]();
  return found;
}
