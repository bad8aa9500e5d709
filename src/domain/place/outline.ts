/** The unit of an outline: a hundred-thousandth of a degree, about one metre. */
export const OUTLINE_UNIT = 1e-5;

/** How far a corner may lie from the line that takes its place, in units: a metre. */
const TOLERANCE = 1;

/**
 * The rings of a shape for drawing: corners in whole units, without those that lie within a metre of the line between their neighbours.
 *
 * Each ring is one list: x and y of its first corner, then the steps to each further one; it is not closed. What is smaller than a
 * triangle of metres is left out.
 */
export function outlineOf(shape: readonly (readonly (readonly number[][])[])[]): number[][] {
  return shape.flat().flatMap((ring) => {
    const corners = simplified(opened(ring.map(([x = 0, y = 0]) => [inUnits(x), inUnits(y)] as const)));
    return corners.length < 3 ? [] : [stepsOf(corners)];
  });
}

type Corner = readonly [x: number, y: number];

const inUnits = (degrees: number): number => Math.round(degrees / OUTLINE_UNIT);

const isSame = ([x, y]: Corner, [otherX, otherY]: Corner): boolean => x === otherX && y === otherY;

/** The corners each once: without repetitions, and without the last one that closes a ring. */
function opened(ring: readonly Corner[]): Corner[] {
  const corners = ring.filter((corner, at) => at === 0 || !isSame(corner, ring[at - 1] ?? corner));
  const [first] = corners;
  const last = corners.at(-1);
  return corners.length > 1 && first !== undefined && last !== undefined && isSame(first, last)
    ? corners.slice(0, -1)
    : corners;
}

/** Douglas and Peucker's way, from the first corner to the one that lies farthest from it, and back. */
function simplified(corners: readonly Corner[]): readonly Corner[] {
  const [first] = corners;
  if (first === undefined || corners.length < 4) return corners;
  let far = 0;
  let most = 0;
  for (const [at, [x, y]] of corners.entries()) {
    const distance = (x - first[0]) ** 2 + (y - first[1]) ** 2;
    if (distance > most) [far, most] = [at, distance];
  }
  const closed = [...corners, first];
  const kept = new Set<number>([0, far]);
  const spans: (readonly [from: number, to: number])[] = [
    [0, far],
    [far, corners.length],
  ];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    const worst = farthest(closed, from, to);
    if (worst === null) continue;
    kept.add(worst);
    spans.push([from, worst], [worst, to]);
  }
  return corners.filter((_, at) => kept.has(at));
}

/** The corner between two others that lies too far from the line between them, the farthest; null where none does. */
function farthest(corners: readonly Corner[], from: number, to: number): number | null {
  const [start, end] = [corners[from], corners[to]];
  if (start === undefined || end === undefined) return null;
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const length = Math.hypot(dx, dy);
  let found: number | null = null;
  let most = TOLERANCE;
  for (let at = from + 1; at < to; at++) {
    const [x, y] = corners[at] ?? start;
    const [px, py] = [x - start[0], y - start[1]];
    const distance = length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length;
    if (distance > most) [found, most] = [at, distance];
  }
  return found;
}

function stepsOf(corners: readonly Corner[]): number[] {
  let [beforeX, beforeY] = [0, 0];
  return corners.flatMap(([x, y]) => {
    const step = [x - beforeX, y - beforeY];
    [beforeX, beforeY] = [x, y];
    return step;
  });
}
