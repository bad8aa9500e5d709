import { expect, test } from "vitest";
import { type Atlas, buildAtlas } from "../../../src/domain/place/atlas.ts";
import type { GridFacts, PlaceClues } from "../../../src/domain/place/finding.ts";
import { locate } from "../../../src/domain/place/locate.ts";

const square = (x: number): number[][][][] => [
  [
    [
      [119 + x, 36],
      [119.01 + x, 36],
      [119.01 + x, 36.01],
      [119 + x, 36.01],
      [119 + x, 36],
    ],
  ],
];
const grid = (code: string, community: string, x: number, more: Partial<GridFacts> = {}): GridFacts => ({
  ...{ code, name: `${community}${code}号网格`, township: "河湾镇", community, station: "S1" },
  ...{ aliases: [], shape: square(x), ...more },
});
const STATIONS = [{ code: "S1", name: "河湾站", township: "河湾镇" }];
const GRIDS = [grid("A1", "桥头村", 0), grid("A2", "桥头村", 0.1), grid("B1", "山口村", 0.2)];
const FORMER = grid("A3", "桥头村", 0.3, { name: "老渡口网格", aliases: ["渡口小学"] });
const clues: PlaceClues = { scene: null, position: null, texts: [], homeGrid: null };
const say = (atlas: Atlas, text: string) => locate(atlas, { ...clues, texts: [text] });
const grids = (atlas: Atlas, text: string) => {
  const found = say(atlas, text);
  return found.kind === "ask" ? found.choices.flatMap((one) => ("grid" in one ? [one.grid] : [])) : found;
};

test("the name of a grid that ended means what is left of its community: nobody is sent to a grid that is not there", () => {
  const atlas = buildAtlas({ grids: GRIDS, places: [], stations: STATIONS, former: [FORMER] });
  for (const text of ["老渡口网格路灯坏了", "渡口小学门口没有路灯"])
    expect(grids(atlas, text).toString()).toBe(["A1", "A2"].toString());
  expect(say(atlas, "山口村B1号网格停水")).toMatchObject({ kind: "grid", grid: "B1" });
});

test("a name that another grid took over means that one", () => {
  const heir = grid("A4", "桥头村", 0.4, { aliases: ["渡口小学"] });
  const atlas = buildAtlas({ grids: [...GRIDS, heir], places: [], stations: STATIONS, former: [FORMER] });
  expect(say(atlas, "渡口小学门口没有路灯")).toMatchObject({ kind: "grid", grid: "A4" });
  const place = { name: "渡口小学", grid: "B1" };
  const named = buildAtlas({ grids: GRIDS, places: [place], stations: STATIONS, former: [FORMER] });
  expect(say(named, "渡口小学门口没有路灯")).toMatchObject({ kind: "grid", grid: "B1" });
});

test("of a community that is gone the township is left, and of a township that is gone nothing is guessed", () => {
  const gone = grid("C1", "滩头村", 0.5, { name: "滩头网格" });
  const atlas = buildAtlas({ grids: GRIDS, places: [], stations: STATIONS, former: [gone] });
  expect(say(atlas, "滩头网格停水")).toMatchObject({ kind: "ask", why: "township-only" });
  const nowhere = buildAtlas({
    grids: GRIDS,
    places: [],
    stations: STATIONS,
    former: [{ ...gone, township: "别的镇" }],
  });
  expect(say(nowhere, "滩头网格停水")).toMatchObject({ kind: "ask", why: "nothing" });
});

test("its code and a home in it tell nothing any more", () => {
  const atlas = buildAtlas({ grids: GRIDS, places: [], stations: STATIONS, former: [FORMER] });
  expect(locate(atlas, { ...clues, scene: { kind: "grid", code: "A3" } })).toMatchObject({ why: "nothing" });
  expect(locate(atlas, { ...clues, homeGrid: "A3" })).toMatchObject({ why: "nothing" });
});

test("a position where it was is not outside the county", () => {
  const atlas = buildAtlas({ grids: GRIDS, places: [], stations: STATIONS, former: [FORMER] });
  const at = (longitude: number) => locate(atlas, { ...clues, position: { longitude, latitude: 36.005 } });
  expect(at(119.305)).toMatchObject({ kind: "ask", why: "township-only" });
  expect(at(119.005)).toMatchObject({ kind: "grid", grid: "A1" });
  expect(at(120)).toMatchObject({ kind: "outside" });
});
