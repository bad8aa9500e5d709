import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTLINE_UNIT, outlineOf } from "../../../src/domain/place/outline.ts";

const cornersOf = (steps: readonly number[]): [number, number][] => {
  let [x, y] = [0, 0];
  return Array.from({ length: steps.length / 2 }, (_, at) => {
    x += steps[2 * at]!;
    y += steps[2 * at + 1]!;
    return [x, y];
  });
};

/** How far a point lies from the nearest side of a closed ring. */
function distanceTo(ring: readonly [number, number][], [x, y]: readonly [number, number]): number {
  return Math.min(
    ...ring.map(([ax, ay], at) => {
      const [bx, by] = ring[(at + 1) % ring.length]!;
      const [dx, dy] = [bx - ax, by - ay];
      const length = dx ** 2 + dy ** 2;
      const part = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
      return Math.hypot(x - ax - part * dx, y - ay - part * dy);
    }),
  );
}

describe("an outline", () => {
  it("has whole steps, is not closed, and leaves out what lies on a line", () => {
    const square = [
      [119.4, 36],
      [119.405, 36],
      [119.41, 36],
      [119.41, 36.01],
      [119.4, 36.01],
      [119.4, 36],
    ];
    expect(outlineOf([[square]])).toEqual([[11_940_000, 3_600_000, 1000, 0, 0, 1000, -1000, 0]]);
  });

  it("leaves out rings smaller than a metre, and takes every ring of every part", () => {
    const dot = [119.4, 119.400001, 119.4].map((x) => [x, 36]);
    const big = (x: number) => [
      [x, 36],
      [x + 1, 36],
      [x, 37],
      [x, 36],
    ];
    expect(
      outlineOf([
        [big(119), dot],
        [big(121), big(121.2)],
      ]),
    ).toHaveLength(3);
    expect(outlineOf([])).toEqual([]);
  });

  it("stays within a metre and the rounding of what it outlines", () => {
    const turning = fc.array(fc.double({ min: 20, max: 900, noNaN: true }), { minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(turning, (radii) => {
        const ring = radii.map((radius, at) => {
          const angle = (2 * Math.PI * at) / radii.length;
          return [119.4 + radius * OUTLINE_UNIT * Math.cos(angle), 36 + radius * OUTLINE_UNIT * Math.sin(angle)];
        });
        const [steps = []] = outlineOf([[[...ring, ring[0]!]]]);
        const corners = cornersOf(steps);
        for (const [x = 0, y = 0] of ring)
          expect(distanceTo(corners, [x / OUTLINE_UNIT, y / OUTLINE_UNIT])).toBeLessThan(1.8);
      }),
      { numRuns: 200 },
    );
  });
});
