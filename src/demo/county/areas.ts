import type { Cell } from "./map.ts";
import { quarterNames, TOWNSHIPS, villageNames } from "./names.ts";
import type { Random } from "./random.ts";

/** A village or a quarter of the town, with its cells from west to east. */
export type Community = {
  readonly township: string;
  /** Without 村 or 社区. */
  readonly stem: string;
  readonly isTown: boolean;
  readonly cells: readonly number[];
  readonly x: number;
  readonly y: number;
};

const CELLS_PER_TOWNSHIP = 110;
const FEWEST_TOWNSHIPS = 4;
/** Where the first four townships of the list lie: the seat in the middle, 柳河镇 west of it with a common border. */
const INNER: readonly (readonly [number, number])[] = [
  [-0.02, 0.1],
  [0.4, 0.08],
  [-0.45, 0.08],
  [0.02, -0.4],
];
const OUTER_DISTANCE = 0.78;

/** Divides the cells into townships, and each township into communities whose cells are connected. */
export function divide(cells: readonly Cell[], random: Random): Community[] {
  const wanted = Math.round(cells.length / CELLS_PER_TOWNSHIP);
  const count = Math.min(TOWNSHIPS.length, Math.max(FEWEST_TOWNSHIPS, wanted));
  const seats = TOWNSHIPS.slice(0, count).map((_, number) => INNER[number] ?? outerSeat(number, count, random));
  const townshipOf = cells.map(({ x, y }) => nearestTo(seats, x, y));
  const naming = { village: villageNames(random), quarter: quarterNames(random) };
  return TOWNSHIPS.slice(0, count).flatMap((township, number) => {
    const own = cells.flatMap((_, cell) => (townshipOf[cell] === number ? [cell] : []));
    const isTown = township.endsWith("街道") || township === TOWNSHIPS[0];
    const groups = grow(cells, own, isTown ? [5, 8] : [3, 6], random).map((group) => placed(cells, group));
    const kept = keptNames(township, groups);
    return groups.map((group) => {
      const stem = kept.get(group) ?? (isTown ? naming.quarter() : naming.village());
      return { ...group, township, stem, isTown };
    });
  });
}

function outerSeat(number: number, count: number, random: Random): readonly [number, number] {
  const angle = ((number - INNER.length) / (count - INNER.length)) * 2 * Math.PI + (random.number() - 0.5) * 0.2;
  const distance = OUTER_DISTANCE + (random.number() - 0.5) * 0.08;
  return [Math.cos(angle) * distance, Math.sin(angle) * distance];
}

function nearestTo(seats: readonly (readonly [number, number])[], x: number, y: number): number {
  const distances = seats.map(([seatX, seatY]) => Math.hypot(x - seatX, y - seatY));
  return distances.indexOf(Math.min(...distances));
}

/** Groups of neighbouring cells; what is left over alone joins the group beside it. */
function grow(
  cells: readonly Cell[],
  own: readonly number[],
  [least, most]: readonly [number, number],
  random: Random,
): number[][] {
  const free = new Set(own.toSorted((a, b) => at(cells, a).y - at(cells, b).y || at(cells, a).x - at(cells, b).x));
  const groups: number[][] = [];
  for (const first of free) {
    const group = [first];
    free.delete(first);
    for (const size = random.whole(least, most); group.length < size; ) {
      const next = closest(cells, group, free);
      if (next === null) break;
      free.delete(next);
      group.push(next);
    }
    groups.push(group);
  }
  return joinSmall(cells, groups);
}

function closest(cells: readonly Cell[], group: readonly number[], free: ReadonlySet<number>): number | null {
  const { x, y } = placed(cells, group);
  const beside = group.flatMap((cell) => at(cells, cell).neighbours.filter((neighbour) => free.has(neighbour)));
  const distance = (cell: number) => Math.hypot(at(cells, cell).x - x, at(cells, cell).y - y);
  return beside.reduce<number | null>(
    (best, cell) => (best === null || distance(cell) < distance(best) ? cell : best),
    null,
  );
}

function joinSmall(cells: readonly Cell[], groups: readonly number[][]): number[][] {
  const joined = [...groups];
  for (const small of groups.filter((group) => group.length < 2)) {
    const around = new Set(small.flatMap((cell) => at(cells, cell).neighbours));
    const host = joined.find((group) => group !== small && group.some((cell) => around.has(cell)));
    if (host === undefined) continue;
    host.push(...small);
    joined.splice(joined.indexOf(small), 1);
  }
  return joined;
}

type Placed = Pick<Community, "cells" | "x" | "y">;

function placed(cells: readonly Cell[], group: readonly number[]): Placed {
  const mean = (axis: "x" | "y") => group.reduce((sum, cell) => sum + at(cells, cell)[axis], 0) / group.length;
  const westFirst = group.toSorted((a, b) => at(cells, a).x - at(cells, b).x || at(cells, a).y - at(cells, b).y);
  return { cells: westFirst, x: mean("x"), y: mean("y") };
}

/** The communities that the samples of the manual speak of: 柳东村 in the east of 柳河镇, with three groups at least. */
function keptNames(township: string, groups: readonly Placed[]): ReadonlyMap<Placed, string> {
  const large = groups.filter(({ cells }) => cells.length > 2).toSorted((a, b) => a.x - b.x);
  const [west, east] = [large[0], large.at(-1)];
  const kept = new Map<Placed, string>();
  if (west === undefined || east === undefined) return kept;
  if (township === "柳河镇") kept.set(west, "柳西").set(east, "柳东");
  if (township === "东关街道") kept.set(west, "锦绣");
  if (township === "城关镇") kept.set(east, "北大街");
  return kept;
}

function at(cells: readonly Cell[], cell: number): Cell {
  return cells[cell] ?? { x: 0, y: 0, ring: [], neighbours: [] };
}
