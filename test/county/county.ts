import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Position } from "../../src/domain/messages/message.ts";
import { convertDatum } from "../../src/domain/place/datum.ts";

/** A small county, written by hand: what each of its import files says. */
export type FixtureCounty = {
  readonly code: string;
  readonly name: string;
  /** File name → text, as `liaison import` takes them; the shapes are in WGS-84. */
  readonly files: Readonly<Record<string, string>>;
  /** Grid code → its south-west corner in WGS-84; every grid is a square of `SIDE` degrees. */
  readonly corners: Readonly<Record<string, readonly [number, number]>>;
};

/** Side of a fixture grid in degrees; about 900 m. */
const SIDE = 0.01;

type FixtureGrid = {
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly community: string;
  readonly station: string;
  readonly aliases: string;
  /** Column and row in the county's square net. */
  readonly at: readonly [number, number];
};

/** Draws the grids of a county as squares of one net, so that neighbours share their borders exactly. */
export function drawGrids(
  origin: readonly [number, number],
  grids: readonly FixtureGrid[],
): Pick<FixtureCounty, "corners"> & { readonly geojson: string } {
  const degrees = (from: number, steps: number) => Number((from + steps * SIDE).toFixed(6));
  const features = grids.map(({ at: [column, row], ...properties }) => {
    const [west, east] = [degrees(origin[0], column), degrees(origin[0], column + 1)];
    const [south, north] = [degrees(origin[1], row), degrees(origin[1], row + 1)];
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    return { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [ring] } };
  });
  return {
    corners: Object.fromEntries(
      grids.map(({ code, at }) => [code, [degrees(origin[0], at[0]), degrees(origin[1], at[1])] as const]),
    ),
    geojson: JSON.stringify({ type: "FeatureCollection", features }),
  };
}

/**
 * A position in a grid, in GCJ-02, as a phone shares it.
 *
 * @param right 0 at the western border, 1 at the eastern; the middle when left out
 * @param up 0 at the southern border, 1 at the northern
 */
export function positionIn(county: FixtureCounty, grid: string, right = 0.5, up = 0.5): Position {
  const corner = county.corners[grid];
  if (corner === undefined) throw new Error(`the fixture county ${county.code} has no grid ${grid}`);
  const point: [number, number] = [corner[0] + right * SIDE, corner[1] + up * SIDE];
  const [longitude, latitude] = convertDatum(point, "wgs84", "gcj02");
  return { longitude, latitude };
}

/** Writes the import files of a county into a folder, which is made when it is not there. */
export async function writeFixture(county: FixtureCounty, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(Object.entries(county.files).map(([name, text]) => writeFile(join(folder, name), text)));
}
