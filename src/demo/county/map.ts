import type { Random } from "./random.ts";

/** A cell of the map: a grid before it has a name. */
export type Cell = {
  /** The middle in the unbent net: 0,0 is the middle of the county, the border about 1 away. */
  readonly x: number;
  readonly y: number;
  /** The border in WGS-84, longitude first, counter-clockwise, closed. */
  readonly ring: readonly (readonly [number, number])[];
  /** The cells that share a whole side, by their place in the list. */
  readonly neighbours: readonly number[];
};

/** An invented place in the hills of Shandong. */
const CENTRE = { longitude: 119.42, latitude: 36.02 } as const;
/** Zhucheng: some 2,150 square kilometres in 1,690 grids. */
const SIDE_KM = 1.13;
const KM_PER_DEGREE = 111.32;
/** How far a corner is pushed out of its place, in sides; the middles of sides by half of it. Under 0.25 no border crosses another. */
const JITTER = 0.22;
/** Grids in the middle of the county, where the town is, are this much shorter than the mean. */
const TOWN_SCALE = 0.4;

type Point = readonly [number, number];

/**
 * Draws a county of so many grids: a net of four-sided cells, bent so that those in the town are smaller.
 *
 * Neighbours are drawn with the same points along a common border, so the grids leave no gap and never overlap.
 */
export function drawMap(size: number, random: Random): Cell[] {
  const phases: Point = [random.number() * 7, random.number() * 7];
  const radius = Math.sqrt(size / Math.PI);
  const half = Math.ceil(radius * 1.3) + 1;
  const chosen = nearest(half, phases).slice(0, size);
  const pointAt = pointsOfNet(half, radius, random);
  const numbers = new Map(chosen.map(([column, row], number) => [`${column} ${row}`, number]));
  return chosen.map(([column, row]) => ({
    x: (column + 0.5) / radius,
    y: (row + 0.5) / radius,
    ring: ringOf(column, row, pointAt),
    neighbours: sides(column, row).flatMap(([c, r]) => numbers.get(`${c} ${r}`) ?? []),
  }));
}

/** Cells from the middle outwards; the county bulges here and there, as counties do. */
function nearest(half: number, [first, second]: Point): Point[] {
  const cells: { readonly at: Point; readonly distance: number }[] = [];
  for (let row = -half; row < half; row++) {
    for (let column = -half; column < half; column++) {
      const [x, y] = [column + 0.5, row + 0.5];
      const angle = Math.atan2(y, x);
      const bulge = 1 + 0.08 * Math.sin(3 * angle + first) + 0.05 * Math.sin(5 * angle + second);
      cells.push({ at: [column, row], distance: Math.hypot(x, y) / bulge });
    }
  }
  return cells.sort((a, b) => a.distance - b.distance).map(({ at }) => at);
}

/** The points of the net by twice their column and row: corners where both are even, middles of sides where one is odd. */
function pointsOfNet(half: number, radius: number, random: Random): (column: number, row: number) => Point {
  const across = 4 * half + 1;
  const points: Point[] = [];
  for (let row = 0; row < across; row++) {
    for (let column = 0; column < across; column++) {
      const jitter = column % 2 === 0 && row % 2 === 0 ? JITTER : JITTER / 2;
      const push = () => (random.number() * 2 - 1) * jitter;
      points.push(bent([column / 2 - half + push(), row / 2 - half + push()], radius));
    }
  }
  return (column, row) => points[(row + 2 * half) * across + column + 2 * half] ?? [0, 0];
}

function bent([x, y]: Point, radius: number): Point {
  const scale = TOWN_SCALE + ((1 - TOWN_SCALE) * Math.hypot(x, y)) / radius;
  const degrees = (SIDE_KM * scale) / KM_PER_DEGREE;
  const shrink = Math.cos((CENTRE.latitude * Math.PI) / 180);
  return [rounded(CENTRE.longitude + (x * degrees) / shrink), rounded(CENTRE.latitude + y * degrees)];
}

function ringOf(column: number, row: number, pointAt: (column: number, row: number) => Point): Point[] {
  const [west, south] = [2 * column, 2 * row];
  const walk: readonly Point[] = [
    [0, 0],
    [1, 0],
    [2, 0],
    [2, 1],
    [2, 2],
    [1, 2],
    [0, 2],
    [0, 1],
    [0, 0],
  ];
  return walk.map(([right, up]) => pointAt(west + right, south + up));
}

function sides(column: number, row: number): Point[] {
  return [
    [column + 1, row],
    [column - 1, row],
    [column, row + 1],
    [column, row - 1],
  ];
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
