import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { divide } from "./areas.ts";
import { assignDeputies } from "./deputies.ts";
import { importFilesOf } from "./files.ts";
import { nameGrids, namePlaces } from "./grids.ts";
import { drawMap } from "./map.ts";
import { UNITS } from "./names.ts";
import { seeded } from "./random.ts";
import { placeStations } from "./stations.ts";
import type { PracticeCounty } from "./types.ts";

/** Zhucheng's figures. */
const GRIDS = 1690;

const STATIONS = 126;

const DEPUTIES = 1309;

/**
 * Generates the practice county 青禾县: the same seed and size give the same county on every machine.
 *
 * Some grids have several deputies of different levels; the posts of a few communities are vacant, so that their station
 * answers; one station has nobody at all.
 * @param options.size how many grids, 40 at least; Zhucheng's 1,690 when left out. The rest is in proportion.
 */
export function generateCounty(options: { readonly seed: number; readonly size?: number }): PracticeCounty {
  const size = options.size ?? GRIDS;
  if (size < 40) throw new RangeError("A practice county has 40 grids at least.");
  const random = seeded(options.seed);
  const cells = drawMap(size, random);
  const areas = divide(cells, random);
  const { stations, stationOf } = placeStations(cells, areas, Math.round((STATIONS * size) / GRIDS), random);
  const communities = nameGrids(cells, areas, (community) => stationOf.get(community) ?? "", random);
  const units = UNITS.map(({ name, categories }, index) => ({
    code: `U${String(index + 1).padStart(2, "0")}`,
    name: `青禾县${name}`,
    phone: `100003${String(index + 1).padStart(5, "0")}`,
    categories,
  }));
  return {
    code: "qinghe",
    name: "青禾县",
    grids: communities.flatMap(({ grids }) => grids),
    stations,
    deputies: assignDeputies(communities, stations, Math.round((DEPUTIES * size) / GRIDS), random),
    units,
    places: namePlaces(communities, random),
  };
}

/**
 * Writes the files that `liaison import` takes: grids.geojson, stations.csv, deputies.csv, units.csv, places.csv.
 * @param folder is made where it is not there; files of these names are written over
 */
export async function writeCounty(county: PracticeCounty, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = Object.entries(importFilesOf(county));
  await Promise.all(files.map(([name, text]) => writeFile(join(folder, name), text)));
}
