import { basename, extname } from "node:path";
import { z } from "zod";
import { type Cell, failed, NO_CELL, numberCell, type Reading, textCell } from "./cell.ts";
import { decode } from "./csv.ts";

const featureCollection = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(z.object({ properties: z.record(z.string(), z.unknown()).nullish(), geometry: z.unknown() })),
});

/** The features of a GeoJSON file as rows of their properties; one without a property says nothing of that column. */
export function readGeoJson(path: string, bytes: Uint8Array): Reading {
  const file = basename(path);
  const text = decode(bytes);
  const parsed = featureCollection.safeParse(text === null ? null : parseJson(text.replace(/^\uFEFF/, "")));
  if (!parsed.success) return failed(file, "no-geojson", {});
  const { features } = parsed.data;
  const headers = [...new Set(features.flatMap((feature) => Object.keys(feature.properties ?? {})))];
  const rows = features.map(({ properties, geometry }, index) => ({
    row: index + 1,
    cells: headers.map((header) => propertyCell(properties?.[header])),
    geometry,
  }));
  return { tables: [{ file, title: basename(path, extname(path)), headers, rows }], errors: [], notes: [] };
}

function propertyCell(value: unknown): Cell | null {
  if (value === undefined) return null;
  if (value === null) return NO_CELL;
  if (typeof value === "number") return numberCell(String(value));
  if (Array.isArray(value)) return textCell(value.map(String).join(";"));
  return textCell(typeof value === "object" ? JSON.stringify(value) : String(value));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
