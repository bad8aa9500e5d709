import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import pointInPolygon from "point-in-polygon-hao";
import { describe, expect, it } from "vitest";
import { readRecords } from "../../../src/casework/import/records.ts";
import { readPaths } from "../../../src/casework/import/spreadsheet/read-paths.ts";
import { generateCounty, writeCounty } from "../../../src/demo/county/generate.ts";
import type { PracticeCounty, PracticeGrid } from "../../../src/demo/county/types.ts";

const county = generateCounty({ seed: 1 });

type Ring = PracticeGrid["ring"];

const areaOf = (ring: Ring): number =>
  ring.slice(1).reduce((twice, [x, y], index) => {
    const [px, py] = ring[index]!;
    return twice + ((px - 119) * (y - 36) - (x - 119) * (py - 36)) / 2;
  }, 0);

const sidesOf = (ring: Ring): [string, string][] =>
  ring.slice(1).map((corner, index) => [ring[index]!.join(" "), corner.join(" ")]);

/** The outer border of all grids together: the sides that only one of them has. */
function outlineOf(grids: readonly PracticeGrid[]): Ring {
  const sides = grids.flatMap(({ ring }) => sidesOf(ring));
  const all = new Set(sides.map((side) => side.join(">")));
  const next = new Map(sides.filter(([from, to]) => !all.has(`${to}>${from}`)));
  const [start] = next.keys();
  const walk = [start!];
  for (let at = next.get(start!); at !== start && walk.length <= next.size; at = next.get(at!)) walk.push(at!);
  expect(walk).toHaveLength(next.size);
  return [...walk, start!].map((corner) => corner.split(" ").map(Number) as unknown as [number, number]);
}

const levelsOf = (of: PracticeCounty, grid: string) => [
  ...new Set(of.deputies.filter(({ grids }) => grids.some((post) => post.grid === grid)).map(({ level }) => level)),
];

describe("the practice county", () => {
  it("has Zhucheng's size", () => {
    expect(county.grids).toHaveLength(1690);
    expect(county.stations).toHaveLength(126);
    expect(county.deputies).toHaveLength(1309);
    const townships = new Set(county.grids.map(({ township }) => township));
    expect(townships.size).toBe(15);
    const levels = Map.groupBy(county.deputies, ({ level }) => level);
    const counts = (["township", "county", "city", "provincial", "national"] as const).map(
      (l) => levels.get(l)!.length,
    );
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.at(-1)).toBe(2);
  });

  it("is the same for the same seed, and another for another", () => {
    expect(generateCounty({ seed: 1 })).toEqual(county);
    expect(generateCounty({ seed: 2 }).deputies).not.toEqual(county.deputies);
  });

  it("leaves no gap between grids and lets none overlap", () => {
    const outline = outlineOf(county.grids);
    const sum = county.grids.reduce((all, { ring }) => all + areaOf(ring), 0);
    expect(county.grids.every(({ ring }) => areaOf(ring) > 0)).toBe(true);
    expect(sum).toBeCloseTo(areaOf(outline), 9);

    const longitudes = outline.map(([x]) => x);
    const latitudes = outline.map(([, y]) => y);
    const somewhere = fc.tuple(
      fc.double({ min: Math.min(...longitudes), max: Math.max(...longitudes), noNaN: true }),
      fc.double({ min: Math.min(...latitudes), max: Math.max(...latitudes), noNaN: true }),
    );
    const covers = (ring: Ring, point: number[]) => pointInPolygon(point, [ring as unknown as number[][]]);
    fc.assert(
      fc.property(somewhere, (point) => {
        const where = county.grids.map(({ ring }) => covers(ring, point));
        fc.pre(!where.includes(0));
        expect(where.filter(Boolean)).toHaveLength(covers(outline, point) ? 1 : 0);
      }),
      { numRuns: 300 },
    );
  });

  it.each([40, 60, 250, 1690])("refers only to what there is, at a size of %i", (size) => {
    const { grids, stations, deputies, places } = generateCounty({ seed: 7, size });
    const gridCodes = new Set(grids.map(({ code }) => code));
    const stationCodes = new Set(stations.map(({ code }) => code));
    expect(grids).toHaveLength(size);
    expect(gridCodes.size).toBe(size);
    expect(new Set(deputies.map(({ code }) => code)).size).toBe(deputies.length);
    expect(new Set(deputies.map(({ name }) => name)).size).toBe(deputies.length);
    expect(grids.filter(({ station }) => !stationCodes.has(station))).toEqual([]);
    expect(deputies.flatMap((one) => one.stations).filter((code) => !stationCodes.has(code))).toEqual([]);
    expect(deputies.flatMap((one) => one.grids).filter(({ grid }) => !gridCodes.has(grid))).toEqual([]);
    expect(deputies.filter((one) => new Set(one.grids.map(({ grid }) => grid)).size < one.grids.length)).toEqual([]);
    expect(places.filter(({ grid }) => !gridCodes.has(grid))).toEqual([]);
  });

  it("has grids with deputies of several levels, grids whose station answers, and a station with nobody", () => {
    const taken = new Set(county.deputies.flatMap(({ grids }) => grids.map(({ grid }) => grid)));
    const manned = new Set(county.deputies.flatMap(({ stations }) => stations));
    const alone = county.grids.filter(({ code }) => !taken.has(code));
    expect(levelsOf(county, "柳东-3")).toEqual(expect.arrayContaining(["township", "county", "national"]));
    expect(alone.filter(({ station }) => manned.has(station)).length).toBeGreaterThan(20);
    expect(alone.filter(({ station }) => !manned.has(station)).length).toBeGreaterThan(0);
    expect(county.deputies.some(({ grids }) => grids.some(({ role }) => role === "backup"))).toBe(true);
  });

  it("elects no townships' deputies in the streets", () => {
    const streets = county.grids.filter(({ township }) => township.endsWith("街道"));
    expect(streets.filter(({ code }) => levelsOf(county, code).includes("township"))).toEqual([]);
  });

  it.each([40, 1690])("has what the samples of the manual name, at a size of %i", (size) => {
    const { grids, places } = generateCounty({ seed: 3, size });
    const named = (name: string) => [
      ...grids.filter((grid) => grid.name === name || grid.aliases.includes(name)).map(({ code }) => code),
      ...places.filter((place) => place.name === name).map(({ grid }) => grid),
    ];
    expect(named("柳东村三组")).toEqual(["柳东-3"]);
    expect(named("锦绣家园")).toEqual(["锦绣-1"]);
    expect(named("柳河大桥")).toEqual(["柳东-3"]);
    expect(named("老汽车站")).toEqual(["北大街-1"]);
    expect(named("人民公园")).toHaveLength(2);
    const township = (code: string) => grids.find((grid) => grid.code === code)?.township;
    expect(["柳东-3", "锦绣-1", "北大街-1"].map(township)).toEqual(["柳河镇", "东关街道", "城关镇"]);
  });

  it("is written as files that the import understands without an error", async () => {
    const folder = await mkdtemp(join(tmpdir(), "liaison-county-"));
    try {
      await writeCounty(county, folder);
      expect((await readdir(folder)).sort()).toEqual([
        "deputies.csv",
        "grids.geojson",
        "places.csv",
        "stations.csv",
        "units.csv",
      ]);
      expect(await readFile(join(folder, "deputies.csv"), "utf8")).toMatch(/^code,name,level,district,phone,stations,/);
      const reading = await readPaths([folder]);
      const { records, errors } = readRecords(reading.tables, "wgs84");
      expect([...reading.errors, ...errors]).toEqual([]);
      expect(records.deputies).toHaveLength(1309);
      expect(records.grids).toHaveLength(1690);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
