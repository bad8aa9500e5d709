import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { sharedValues } from "../../../db/schema/county.ts";
import { grids, places, stations } from "../../../db/schema/places.ts";
import { type Atlas, buildAtlas } from "../../domain/place/atlas.ts";
import { createNameStore, type NameStore } from "./deputy-names.ts";

/** The atlases of the counties that this process serves. */
export type AtlasStore = {
  /** The atlas of the county whose transaction this is; an import by any process is seen within two seconds. */
  of(tx: Transaction, jurisdictionId: string): Promise<Atlas>;
  /** Makes the next question look at the database, whatever is known. */
  forget(jurisdictionId: string): void;
  /** The names of the deputies of that county, as they were at most two seconds ago. */
  readonly deputyNames: NameStore;
};

const VERSION_KEY = "atlas-version";
const NEVER = new Date("9999-12-31T00:00:00Z");
/** How long an atlas is used without asking whether it has changed. */
const TRUSTED_MS = 2_000;

type Known = { readonly version: string; readonly atlas: Promise<Atlas>; checkedAt: number };

/**
 * Creates a store that keeps the atlas of each county and loads it again when its version has changed.
 *
 * Staleness is measured by the machine's monotonic clock: it is about this process, not about what happens in a county.
 */
export function createAtlasStore(): AtlasStore {
  const known = new Map<string, Known>();
  return {
    async of(tx, jurisdictionId) {
      const before = known.get(jurisdictionId);
      if (before !== undefined && performance.now() - before.checkedAt < TRUSTED_MS) return before.atlas;
      const version = await atlasVersion(tx, jurisdictionId);
      const now = known.get(jurisdictionId);
      if (now?.version === version) {
        now.checkedAt = performance.now();
        return now.atlas;
      }
      const atlas = loadAtlas(tx);
      const entry = { version, atlas, checkedAt: performance.now() };
      known.set(jurisdictionId, entry);
      atlas.catch(() => {
        if (known.get(jurisdictionId) === entry) known.delete(jurisdictionId);
      });
      return atlas;
    },
    forget: (jurisdictionId) => void known.delete(jurisdictionId),
    deputyNames: createNameStore(),
  };
}

/** Reads all places of the county whose transaction this is. */
async function loadAtlas(tx: Transaction): Promise<Atlas> {
  const [gridRows, placeRows, stationRows] = await Promise.all([
    tx
      .select({
        code: grids.code,
        name: grids.name,
        township: grids.township,
        community: grids.community,
        station: stations.code,
        aliases: grids.aliases,
        shape: grids.shape,
      })
      .from(grids)
      .leftJoin(stations, eq(stations.id, grids.stationId))
      .orderBy(grids.code),
    tx.select({ name: places.name, grid: grids.code }).from(places).innerJoin(grids, eq(grids.id, places.gridId)),
    tx.select({ code: stations.code, name: stations.name, township: stations.township }).from(stations),
  ]);
  return buildAtlas({ grids: gridRows, places: placeRows, stations: stationRows });
}

/**
 * Raises the version of a county's atlas, so that every process loads it anew; part of the transaction that changes its
 * places.
 */
export async function renewAtlas(tx: Transaction, jurisdictionId: string, version: string): Promise<void> {
  const row = { value: Buffer.from(version, "utf8"), expiresAt: NEVER };
  await tx
    .insert(sharedValues)
    .values({ jurisdictionId, key: VERSION_KEY, ...row })
    .onConflictDoUpdate({ target: [sharedValues.jurisdictionId, sharedValues.key], set: row });
}

/** The version of a county's atlas, in its own transaction: another one after each change of its places; "" before the first. */
export async function atlasVersion(tx: Transaction, jurisdictionId: string): Promise<string> {
  const [row] = await tx
    .select({ value: sharedValues.value })
    .from(sharedValues)
    .where(and(eq(sharedValues.jurisdictionId, jurisdictionId), eq(sharedValues.key, VERSION_KEY)));
  return row === undefined ? "" : Buffer.from(row.value).toString("utf8");
}
