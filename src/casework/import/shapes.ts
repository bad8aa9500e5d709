import Flatbush from "flatbush";
import pointInPolygon from "point-in-polygon-hao";
import { z } from "zod";
import type { GridShape } from "../../../db/schema/places.ts";
import { convertDatum, type Datum } from "../../domain/place/datum.ts";
import { type Fault, faultOf, type MistakeValues } from "../../domain/wording/mistakes/values.ts";
import type { CellReading } from "./cells.ts";

const position = z.array(z.number()).min(2);
const polygon = z.array(z.array(position)).min(1);
const geometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Polygon"), coordinates: polygon }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(polygon).min(1) }),
]);

/** China with its seas, generously; what lies outside is a mistake or another datum. */
const CHINA = { west: 73, east: 136, south: 3, north: 54 } as const;
/** Seven decimals are a centimetre; more are noise that would make the same map look changed. */
const DECIMALS = 1e7;
/** Holes of this share of their outer ring leave at most what rounding leaves. */
const LEAST_HOLLOW = 1 - 1e-6;

/**
 * Reads the shape of a grid, in GCJ-02, from the geometry of a GeoJSON feature. Rings that do not end where they began
 * are closed.
 */
export function readShape(raw: unknown, datum: Datum): CellReading<GridShape> {
  const parsed = geometry.safeParse(raw);
  if (!parsed.success) return { ok: false, fault: faultOf("no-shape", {}) };
  const polygons = parsed.data.type === "Polygon" ? [parsed.data.coordinates] : parsed.data.coordinates;
  const shape: GridShape = [];
  for (const rings of polygons) {
    const closed = rings.map(closeRing);
    const fault = faultIn(closed);
    if (fault !== null) return { ok: false, fault };
    shape.push(closed.map((ring) => ring.map(([x = 0, y = 0]) => toGcj02(x, y, datum))));
  }
  return { ok: true, value: shape };
}

/** Reads the position of a station into GCJ-02; or what is wrong with it. */
export function readPoint(longitude: number, latitude: number, datum: Datum): CellReading<readonly [number, number]> {
  const fault = outsideOf("position", longitude, latitude);
  if (fault !== null) return { ok: false, fault };
  const [x = 0, y = 0] = toGcj02(longitude, latitude, datum);
  return { ok: true, value: [x, y] };
}

function faultIn(rings: readonly number[][][]): Fault | null {
  const [outer = [], ...holes] = rings;
  for (const ring of rings) {
    if (ring.length < 4) return faultOf("few-corners", {});
    for (const [x = 0, y = 0] of ring) {
      const fault = outsideOf("shape", x, y);
      if (fault !== null) return fault;
    }
    if (crossesItself(ring)) return faultOf("ring-crosses", {});
    if (areaOf(ring) === 0) return faultOf("ring-flat", {});
  }
  const isLoose = holes.some((hole) => hole.some((corner) => pointInPolygon(corner, [outer]) === false));
  if (isLoose) return faultOf("hole-outside", {});
  const hollow = holes.reduce((sum, hole) => sum + Math.abs(areaOf(hole)), 0);
  const isNothingLeft = hollow >= Math.abs(areaOf(outer)) * LEAST_HOLLOW;
  return isNothingLeft ? faultOf("all-holes", {}) : null;
}

function outsideOf(of: MistakeValues["swapped"]["of"], longitude: number, latitude: number): Fault | null {
  if (isInChina(longitude, latitude)) return null;
  return faultOf(isInChina(latitude, longitude) ? "swapped" : "outside-china", { of, longitude, latitude });
}

function isInChina(longitude: number, latitude: number): boolean {
  const { west, east, south, north } = CHINA;
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}

function closeRing(ring: readonly number[][]): number[][] {
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || (first[0] === last?.[0] && first[1] === last?.[1])) return [...ring];
  return [...ring, first];
}

function areaOf(ring: readonly number[][]): number {
  const [[originX = 0, originY = 0] = []] = ring;
  let twice = 0;
  for (const [[ax = 0, ay = 0], [bx = 0, by = 0]] of edgesOf(ring)) {
    twice += (ax - originX) * (by - originY) - (bx - originX) * (ay - originY);
  }
  return twice / 2;
}

function crossesItself(ring: readonly number[][]): boolean {
  const edges = edgesOf(ring);
  const index = new Flatbush(edges.length);
  for (const [[ax = 0, ay = 0], [bx = 0, by = 0]] of edges) {
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  return edges.some((edge, number) => {
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = edge;
    return index.collides(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (other) => {
      const opposite = edges[other];
      return other > number && opposite !== undefined && cross(edge, opposite);
    });
  });
}

type Edge = readonly [readonly number[], readonly number[]];

/** Edges that cross in the middle of both; touching corners are common in real maps and do no harm. */
function cross([a, b]: Edge, [c, d]: Edge): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function side(
  [ax = 0, ay = 0]: readonly number[],
  [bx = 0, by = 0]: readonly number[],
  [px = 0, py = 0]: readonly number[],
): number {
  return Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
}

function edgesOf(ring: readonly number[][]): Edge[] {
  return ring.slice(1).map((corner, index) => [ring[index] ?? corner, corner]);
}

function toGcj02(longitude: number, latitude: number, datum: Datum): number[] {
  return convertDatum([longitude, latitude], datum, "gcj02").map((one) => Math.round(one * DECIMALS) / DECIMALS);
}
