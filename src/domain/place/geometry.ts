import Flatbush from "flatbush";
import pointInPolygon from "point-in-polygon-hao";
import type { Position } from "../messages/message.ts";

/**
 * The polygons of all grids of a county with a spatial index, in typed arrays, so that a million grids fit into memory.
 *
 * Coordinates are whole numbers of 10^-7 degrees (one centimetre); common borders stay common.
 */
export type GridPolygons = {
  readonly index: Flatbush;
  /** Polygon → grid. */
  readonly gridOf: Uint32Array;
  /** Polygon → its first ring; one entry more than polygons. */
  readonly ringFrom: Uint32Array;
  /** Ring → its first point; one entry more than rings. */
  readonly pointFrom: Uint32Array;
  /** Longitude and latitude, one after the other. */
  readonly points: Int32Array;
};

/** A grid near a position, with its distance in metres: 0 inside it and on its border. */
export type Nearby = { readonly grid: number; readonly isInside: boolean; readonly metres: number };

/** A builder of {@link GridPolygons}: it takes one grid after the other and keeps none of the arrays it is given. */
export type PolygonsBuilder = {
  add(grid: number, shape: readonly (readonly (readonly (readonly number[])[])[])[]): void;
  /** Null when no usable polygon was added. */
  finish(): GridPolygons | null;
};

const UNITS_PER_DEGREE = 1e7;
const METRES_PER_DEGREE = 111_320;

/** A builder of polygons: it starts empty. A ring of fewer than four points, or with coordinates that are no numbers, is left out. */
export function polygonsBuilder(): PolygonsBuilder {
  const gridOf = column(Uint32Array);
  const ringFrom = column(Uint32Array);
  const pointFrom = column(Uint32Array);
  const points = column(Int32Array);
  return {
    add(grid, shape) {
      for (const polygon of shape) {
        const rings = polygon.filter(isUsableRing);
        if (rings.length === 0 || rings[0] !== polygon[0]) continue;
        gridOf.push(grid);
        ringFrom.push(pointFrom.length());
        for (const ring of rings) {
          pointFrom.push(points.length() / 2);
          for (const point of closed(ring)) {
            points.push(units(point[0] ?? 0));
            points.push(units(point[1] ?? 0));
          }
        }
      }
    },
    finish() {
      if (gridOf.length() === 0) return null;
      ringFrom.push(pointFrom.length());
      pointFrom.push(points.length() / 2);
      const parts = {
        gridOf: gridOf.trimmed(),
        ringFrom: ringFrom.trimmed(),
        pointFrom: pointFrom.trimmed(),
        points: points.trimmed(),
      };
      return { ...parts, index: indexOf(parts) };
    },
  };
}

/**
 * The grids in and around a position, nearest first.
 *
 * @param withinMetres how far around; small against the size of the earth
 */
export function gridsNear(polygons: GridPolygons, position: Position, withinMetres: number): Nearby[] {
  const x = units(position.longitude);
  const y = units(position.latitude);
  const scale = scaleAt(position.latitude);
  const marginX = Math.ceil(withinMetres / scale.metresPerUnitX);
  const marginY = Math.ceil(withinMetres / scale.metresPerUnitY);
  const nearest = new Map<number, Nearby>();
  for (const polygon of polygons.index.search(x - marginX, y - marginY, x + marginX, y + marginY)) {
    const grid = polygons.gridOf[polygon] ?? 0;
    const isInside = pointInPolygon([x, y], ringsOf(polygons, polygon)) !== false;
    const metres = isInside ? 0 : metresToBorder(polygons, polygon, x, y, scale);
    const known = nearest.get(grid);
    if (metres <= withinMetres && (known === undefined || metres < known.metres || (isInside && !known.isInside))) {
      nearest.set(grid, { grid, isInside, metres });
    }
  }
  return [...nearest.values()].sort((a, b) => a.metres - b.metres || Number(b.isInside) - Number(a.isInside));
}

type Scale = { readonly metresPerUnitX: number; readonly metresPerUnitY: number };

function scaleAt(latitude: number): Scale {
  const metresPerUnitY = METRES_PER_DEGREE / UNITS_PER_DEGREE;
  const shrink = Math.max(Math.cos((latitude * Math.PI) / 180), 0.01);
  return { metresPerUnitX: metresPerUnitY * shrink, metresPerUnitY };
}

function metresToBorder(polygons: GridPolygons, polygon: number, x: number, y: number, scale: Scale): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let ring = polygons.ringFrom[polygon] ?? 0; ring < (polygons.ringFrom[polygon + 1] ?? 0); ring++) {
    const last = (polygons.pointFrom[ring + 1] ?? 0) - 1;
    for (let point = polygons.pointFrom[ring] ?? 0; point < last; point++) {
      const ax = ((polygons.points[point * 2] ?? 0) - x) * scale.metresPerUnitX;
      const ay = ((polygons.points[point * 2 + 1] ?? 0) - y) * scale.metresPerUnitY;
      const bx = ((polygons.points[point * 2 + 2] ?? 0) - x) * scale.metresPerUnitX;
      const by = ((polygons.points[point * 2 + 3] ?? 0) - y) * scale.metresPerUnitY;
      shortest = Math.min(shortest, metresToSegment(ax, ay, bx, by));
    }
  }
  return shortest;
}

function metresToSegment(ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square));
  return Math.hypot(ax + along * dx, ay + along * dy);
}

function ringsOf(polygons: GridPolygons, polygon: number): number[][][] {
  const rings: number[][][] = [];
  for (let ring = polygons.ringFrom[polygon] ?? 0; ring < (polygons.ringFrom[polygon + 1] ?? 0); ring++) {
    const points: number[][] = [];
    for (let point = polygons.pointFrom[ring] ?? 0; point < (polygons.pointFrom[ring + 1] ?? 0); point++) {
      points.push([polygons.points[point * 2] ?? 0, polygons.points[point * 2 + 1] ?? 0]);
    }
    rings.push(points);
  }
  return rings;
}

function indexOf(polygons: Omit<GridPolygons, "index">): Flatbush {
  const index = new Flatbush(polygons.gridOf.length, 16, Int32Array);
  for (let polygon = 0; polygon < polygons.gridOf.length; polygon++) {
    const outer = polygons.ringFrom[polygon] ?? 0;
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let point = polygons.pointFrom[outer] ?? 0; point < (polygons.pointFrom[outer + 1] ?? 0); point++) {
      const x = polygons.points[point * 2] ?? 0;
      const y = polygons.points[point * 2 + 1] ?? 0;
      minX = Math.min(minX, x);
      minY = Math.min(minY, y);
      maxX = Math.max(maxX, x);
      maxY = Math.max(maxY, y);
    }
    index.add(minX, minY, maxX, maxY);
  }
  index.finish();
  return index;
}

function units(degrees: number): number {
  return Math.round(degrees * UNITS_PER_DEGREE);
}

function isUsableRing(ring: readonly (readonly number[])[]): boolean {
  return ring.length >= 4 && ring.every((point) => Math.abs(point[0] ?? 999) <= 180 && Math.abs(point[1] ?? 999) <= 90);
}

function closed(ring: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || (first[0] === last?.[0] && first[1] === last?.[1])) return ring;
  return [...ring, first];
}

type Numbers = Uint32Array | Int32Array;
type Column<T extends Numbers> = { push(value: number): void; length(): number; trimmed(): T };

/** A typed array that grows; plain arrays of numbers would take twice the memory while a large atlas is built. */
function column<T extends Numbers>(type: new (length: number) => T): Column<T> {
  let values = new type(1024);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = new type(Math.ceil(length * 1.5));
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    length: () => length,
    trimmed: () => values.slice(0, length) as T,
  };
}
