import { type Atlas, buildAtlas } from "../../src/domain/place/atlas.ts";
import { convertDatum } from "../../src/domain/place/datum.ts";
import type { FixtureCounty } from "./county.ts";

type Feature = {
  properties: { code: string; name: string; township: string; community: string; station: string; aliases: string };
  geometry: { coordinates: number[][][] };
};

/** The atlas of a fixture county, read straight from its texts. */
export function atlasOf(county: FixtureCounty): Atlas {
  const { features } = JSON.parse(county.files["grids.geojson"]!) as { features: Feature[] };
  const rows = (file: string) =>
    county.files[file]!.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
  return buildAtlas({
    grids: features.map(({ properties, geometry }) => ({
      ...properties,
      aliases: properties.aliases.split(";"),
      shape: [
        geometry.coordinates.map((ring) => ring.map(([x, y]) => convertDatum([x!, y!], "wgs84", "gcj02") as number[])),
      ],
    })),
    places: rows("places.csv").map(([name, grid]) => ({ name: name!, grid: grid! })),
    stations: rows("stations.csv").map(([code, name, township]) => ({
      code: code!,
      name: name!,
      township: township!,
    })),
  });
}
