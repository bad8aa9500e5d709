import type { FeatureCollection } from "geojson";
import type { PracticeCounty, PracticeGrid } from "./types.ts";

/** The county as files for `liaison import`: the text of each, by its name. */
export function importFilesOf(county: PracticeCounty): Readonly<Record<string, string>> {
  return {
    "grids.geojson": JSON.stringify(gridCollection(county.grids)),
    "stations.csv": table(
      ["code", "name", "township", "address", "phone", "longitude", "latitude"],
      county.stations.map((one) => [
        one.code,
        one.name,
        one.township,
        one.address,
        one.phone,
        one.longitude,
        one.latitude,
      ]),
    ),
    "deputies.csv": table(
      ["code", "name", "level", "district", "phone", "stations", "grids", "groups", "until"],
      county.deputies.map((one) => [
        one.code,
        one.name,
        one.level,
        one.district,
        one.phone,
        one.stations.join(";"),
        one.grids.map(({ grid, role }) => (role === "backup" ? `${grid}:backup` : grid)).join(";"),
        one.groups.join(";"),
        one.until,
      ]),
    ),
    "units.csv": table(
      ["code", "name", "phone", "categories"],
      county.units.map((one) => [one.code, one.name, one.phone, one.categories.join(";")]),
    ),
    "places.csv": table(
      ["name", "grid"],
      county.places.map(({ name, grid }) => [name, grid]),
    ),
  };
}

function gridCollection(grids: readonly PracticeGrid[]): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: grids.map(({ ring, aliases, ...properties }) => ({
      type: "Feature",
      properties: { ...properties, aliases: aliases.join(";") },
      geometry: { type: "Polygon", coordinates: [ring.map(([longitude, latitude]) => [longitude, latitude])] },
    })),
  };
}

/** No name of the practice county has a comma or a quotation mark in it. */
function table(headers: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [headers, ...rows].map((row) => `${row.join(",")}\n`).join("");
}
