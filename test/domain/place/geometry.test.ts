import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Atlas, buildAtlas } from "../../../src/domain/place/atlas.ts";
import type { GridFacts, PlaceFinding } from "../../../src/domain/place/finding.ts";
import { locate } from "../../../src/domain/place/locate.ts";

const METRE = 1 / 111_320;
const SOUTH = 36;
const WEST = 119;
/** Side of a square of the net in degrees of latitude. */
const SIDE = 500 * METRE;
const COLUMNS = 8;

const facts = (code: string, shape: GridFacts["shape"], more: Partial<GridFacts> = {}): GridFacts => ({
  code,
  name: `${code}号片区`,
  township: "城关镇",
  community: "",
  station: null,
  aliases: [],
  shape,
  ...more,
});

const at = (column: number, row: number) => [WEST + column * SIDE, SOUTH + row * SIDE];

/** A net of quads whose inner corners are shifted, so that borders run at any angle and are common to neighbours. */
function net(shifts: readonly (readonly [number, number])[]): {
  grids: GridFacts[];
  corner(c: number, r: number): number[];
} {
  const corner = (column: number, row: number) => {
    const [dx, dy] = shifts[(row * (COLUMNS + 1) + column) % shifts.length] ?? [0, 0];
    const isEdge = column === 0 || row === 0 || column === COLUMNS || row === COLUMNS;
    return isEdge ? at(column, row) : at(column + dx * 0.3, row + dy * 0.3);
  };
  const grids = Array.from({ length: COLUMNS * COLUMNS }, (_, index) => {
    const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
    const ring = [
      corner(column, row),
      corner(column + 1, row),
      corner(column + 1, row + 1),
      corner(column, row + 1),
      corner(column, row),
    ];
    return facts(`${column}-${row}`, [[ring]]);
  });
  return { grids, corner };
}

const atlasOf = (grids: readonly GridFacts[]): Atlas => buildAtlas({ grids, places: [], stations: [] });

const find = (atlas: Atlas, [longitude, latitude]: readonly number[], texts: string[] = []): PlaceFinding =>
  locate(atlas, { scene: null, position: { longitude: longitude!, latitude: latitude! }, texts, homeGrid: null });

const square = (west: number, south: number, side = 1) => [
  at(west, south),
  at(west + side, south),
  at(west + side, south + side),
  at(west, south + side),
  at(west, south),
];

const shift = fc.double({ min: -1, max: 1, noNaN: true });
const anyNet = fc.array(fc.tuple(shift, shift), { minLength: 5, maxLength: 40 }).map(net);
const cell = fc.tuple(fc.nat(COLUMNS - 1), fc.nat(COLUMNS - 1));

describe("a shared position", () => {
  test("in the middle of any grid is in that grid", () => {
    fc.assert(
      fc.property(anyNet, cell, ({ grids, corner }, [column, row]) => {
        const corners = [
          corner(column, row),
          corner(column + 1, row),
          corner(column + 1, row + 1),
          corner(column, row + 1),
        ];
        const middle = [0, 1].map((axis) => corners.reduce((sum, point) => sum + point[axis]! / 4, 0));
        expect(find(atlasOf(grids), middle)).toMatchObject({ kind: "grid", grid: `${column}-${row}`, by: "position" });
      }),
    );
  });

  test("on or beside a common border asks which of both is nearer", () => {
    const inner = fc.tuple(fc.integer({ min: 1, max: COLUMNS - 1 }), fc.nat(COLUMNS - 1));
    const along = fc.double({ min: 0.35, max: 0.65, noNaN: true });
    const aside = fc.double({ min: -15, max: 15, noNaN: true });
    fc.assert(
      fc.property(anyNet, inner, along, aside, ({ grids, corner }, [column, row], part, metres) => {
        const [from, to] = [corner(column, row), corner(column, row + 1)];
        const point = [from[0]! + part * (to[0]! - from[0]!) + metres * METRE, from[1]! + part * (to[1]! - from[1]!)];
        const finding = find(atlasOf(grids), point);
        expect(finding).toMatchObject({ kind: "ask", why: "border" });
        const choices = finding.kind === "ask" ? finding.choices : [];
        expect(choices.map((choice) => "grid" in choice && choice.grid)).toEqual(
          expect.arrayContaining([`${column - 1}-${row}`, `${column}-${row}`]),
        );
        expect(choices.length).toBeLessThanOrEqual(4);
      }),
    );
  });

  test("anywhere in the net is never outside, and far from it always", () => {
    const somewhere = fc.tuple(
      fc.double({ min: 0, max: COLUMNS, noNaN: true }),
      fc.double({ min: 0, max: COLUMNS, noNaN: true }),
    );
    fc.assert(
      fc.property(anyNet, somewhere, ({ grids }, [column, row]) => {
        const atlas = atlasOf(grids);
        expect(find(atlas, at(column, row)).kind).not.toBe("outside");
        expect(find(atlas, at(column + COLUMNS * 3, row)).kind).toBe("outside");
      }),
    );
  });

  test("beside a border the grid that the words name is taken", () => {
    const atlas = atlasOf([facts("A", [[square(0, 0)]]), facts("B", [[square(1, 0)]])]);
    expect(find(atlas, at(0.99, 0.5))).toMatchObject({ kind: "ask", choices: [{ grid: "A" }, { grid: "B" }] });
    expect(find(atlas, at(0.99, 0.5), ["B号片区门口"])).toMatchObject({ kind: "grid", grid: "B", by: "position" });
  });

  test("in a gap or just outside the map is in the only grid near it", () => {
    const atlas = atlasOf([facts("A", [[square(0, 0)]]), facts("B", [[square(1.3, 0)]])]);
    expect(find(atlas, at(1.02, 0.5))).toMatchObject({ kind: "grid", grid: "A" });
    expect(find(atlas, at(1.12, 0.5))).toMatchObject({ kind: "ask", why: "border", choices: { length: 2 } });
    expect(find(atlas, at(-0.2, 0.5))).toMatchObject({ kind: "grid", grid: "A" });
    expect(find(atlas, at(-0.6, 0.5))).toMatchObject({ kind: "outside" });
  });

  test("a grid of several parts with a hole, and the grid in the hole", () => {
    const atlas = atlasOf([
      facts("A", [[square(0, 0, 5), square(2, 2)], [square(7, 0)]]),
      facts("B", [[square(2, 2)]]),
    ]);
    expect(find(atlas, at(1, 1))).toMatchObject({ grid: "A" });
    expect(find(atlas, at(7.5, 0.5))).toMatchObject({ grid: "A" });
    expect(find(atlas, at(2.5, 2.5))).toMatchObject({ grid: "B" });
    expect(find(atlas, at(2.01, 2.5))).toMatchObject({ kind: "ask", choices: [{ grid: "B" }, { grid: "A" }] });
  });

  test("where some grids have no shape, a position in none of the others tells nothing", () => {
    const atlas = atlasOf([facts("A", [[square(0, 0)]]), facts("B", null)]);
    expect(find(atlas, at(9, 9))).toMatchObject({ kind: "ask", why: "nothing" });
    expect(find(atlas, at(9, 9), ["B号片区"])).toMatchObject({ kind: "grid", grid: "B", by: "name" });
  });

  test("no position and no shape makes it throw", () => {
    const strange = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 91, 181, 0, -180));
    const shape = fc.option(fc.array(fc.array(fc.array(fc.array(fc.double())))));
    fc.assert(
      fc.property(fc.array(shape), strange, strange, fc.string(), (shapes, longitude, latitude, text) => {
        const atlas = atlasOf([facts("A", [[square(0, 0)]]), ...shapes.map((one, index) => facts(`S${index}`, one))]);
        expect(find(atlas, [longitude, latitude], [text]).kind).toBeTypeOf("string");
      }),
    );
  });

  test("the evidence keeps no exact track", () => {
    const atlas = atlasOf([facts("A", [[square(0, 0)]])]);
    expect(find(atlas, [119.00234567, 36.00212345])).toMatchObject({ evidence: "36.0021,119.0023" });
  });
});
