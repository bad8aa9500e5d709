import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { sharedValues } from "../../../db/schema/county.ts";
import { grids, places, stations } from "../../../db/schema/places.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { type Atlas, buildAtlas } from "../../domain/place/atlas.ts";
import { createNameStore, type NameStore } from "./deputy-names.ts";

/** The atlases of the counties that this process serves. */
export type AtlasStore = {
  /**
   * The atlas of the county whose transaction this is; an import by any process is seen within two seconds.
   * @param today grids that have ended before this day are not in it any more
   */
  of(tx: Transaction, jurisdictionId: string, today: string): Promise<Atlas>;
  /** Makes the next question look at the database, whatever is known. */
  forget(jurisdictionId: string): void;
  /** The names of the deputies of that county, as they were at most two seconds ago. */
  readonly deputyNames: NameStore;
};

const VERSION_KEY = "atlas-version";
const NEVER = new Date("9999-12-31T00:00:00Z");
/** How long an atlas is used without asking whether it has changed. */
const TRUSTED_MS = 2_000;

type Loaded = {
  readonly atlas: Atlas;
  /** The days for which it holds: none of its grids ends within them. */
  readonly from: string;
  readonly until: string | null;
};

type Known = { readonly version: string; readonly loaded: Promise<Loaded>; checkedAt: number };

/**
 * Creates a store that keeps the atlas of each county and loads it again when its version has changed.
 *
 * Staleness is measured by the machine's monotonic clock: it is about this process, not about what happens in a county.
 */
export function createAtlasStore(): AtlasStore {
  const known = new Map<string, Known>();
  return {
    async of(tx, jurisdictionId, today) {
      const before = known.get(jurisdictionId);
      if (before !== undefined && performance.now() - before.checkedAt < TRUSTED_MS) {
        const loaded = await before.loaded;
        if (holdsFor(loaded, today)) return loaded.atlas;
      }
      const version = await atlasVersion(tx, jurisdictionId);
      const now = known.get(jurisdictionId);
      if (now?.version === version) {
        now.checkedAt = performance.now();
        const loaded = await now.loaded;
        if (holdsFor(loaded, today)) return loaded.atlas;
      }
      const loaded = loadAtlas(tx, today);
      const entry = { version, loaded, checkedAt: performance.now() };
      known.set(jurisdictionId, entry);
      loaded.catch(() => {
        if (known.get(jurisdictionId) === entry) known.delete(jurisdictionId);
      });
      return (await loaded).atlas;
    },
    forget: (jurisdictionId) => void known.delete(jurisdictionId),
    deputyNames: createNameStore(),
  };
}

function holdsFor({ from, until }: Loaded, today: string): boolean {
  return from <= today && (until === null || today <= until);
}

/** Reads all places of the county whose transaction this is, as they are on a day. */
async function loadAtlas(tx: Transaction, today: string): Promise<Loaded> {
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
        untilOn: grids.untilOn,
      })
      .from(grids)
      .leftJoin(stations, eq(stations.id, grids.stationId))
      .orderBy(grids.code),
    tx.select({ name: places.name, grid: grids.code }).from(places).innerJoin(grids, eq(grids.id, places.gridId)),
    tx.select({ code: stations.code, name: stations.name, township: stations.township }).from(stations),
  ]);
  const { there = [], former = [] } = Object.groupBy(gridRows, ({ untilOn }) =>
    untilOn === null || untilOn >= today ? "there" : "former",
  );
  const namesOf = Map.groupBy(placeRows, ({ grid }) => grid);
  const days = gridRows.flatMap(({ untilOn }) => untilOn ?? []).toSorted();
  const atlas = buildAtlas({
    ...{ grids: there, places: placeRows, stations: stationRows },
    former: former.map((one) => ({
      ...one,
      aliases: [...one.aliases, ...(namesOf.get(one.code) ?? []).map(({ name }) => name)],
    })),
  });
  return {
    atlas,
    from:
      days
        .filter((day) => day < today)
        .map((day) => addDays(day, 1))
        .at(-1) ?? "",
    until: days.find((day) => day >= today) ?? null,
  };
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
