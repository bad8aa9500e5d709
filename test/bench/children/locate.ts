import { buildAtlas } from "../../../src/domain/place/atlas.ts";
import type { GridFacts, PlaceClues } from "../../../src/domain/place/finding.ts";
import { locate } from "../../../src/domain/place/locate.ts";
import { serveBenchmark, setup } from "./parent.ts";

/** An atlas of square grids, side by side; started with `--expose-gc`, so that its memory can be told. */
const { grids } = setup<{ readonly grids: number }>();
const SIDE = Math.ceil(Math.sqrt(grids));
const STEP = 0.002;
const [WEST, SOUTH] = [100, 25];
const PER_COMMUNITY = 20;
const PER_TOWNSHIP = 400;

const before = memory();
const begin = performance.now();
const atlas = buildAtlas({ grids: cells(), places: [], stations: [] });
const buildMs = performance.now() - begin;
const after = memory();

serveBenchmark({
  ready: { buildMs, retainedMb: (after - before) / 2 ** 20, rssMb: process.memoryUsage.rss() / 2 ** 20 },
  on: { position: (count: number) => time(count, positionClues), text: (count: number) => time(count, textClues) },
});

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers, external } = process.memoryUsage();
  return heapUsed + Math.max(arrayBuffers, external);
}

function* cells(): Generator<GridFacts> {
  for (let index = 0; index < grids; index += 1) {
    const [west, south] = corner(index);
    const ring = [
      [west, south],
      [west + STEP, south],
      [west + STEP, south + STEP],
      [west, south + STEP],
      [west, south],
    ];
    yield {
      code: `G${index}`,
      name: `第${index}网格`,
      township: `乡镇${Math.floor(index / PER_TOWNSHIP)}号镇`,
      community: `社区${Math.floor(index / PER_COMMUNITY)}号村`,
      station: null,
      aliases: [aliasOf(index)],
      shape: [[ring]],
    };
  }
}

function corner(index: number): readonly [number, number] {
  return [WEST + (index % SIDE) * STEP, SOUTH + Math.floor(index / SIDE) * STEP];
}

function aliasOf(index: number): string {
  return `锦绣${index}号院`;
}

function positionClues(index: number): PlaceClues {
  const [west, south] = corner(index);
  return { ...NOTHING, position: { longitude: west + STEP / 2, latitude: south + STEP / 2 } };
}

function textClues(index: number): PlaceClues {
  return { ...NOTHING, texts: [`我们${aliasOf(index)}旁边的路灯坏了好几天，晚上老人看不见路，请帮忙看看`] };
}

const NOTHING: PlaceClues = { scene: null, position: null, texts: [], homeGrid: null };

/** Microseconds per lookup. @throws Error when one gives another grid than the one that is meant */
function time(count: number, clues: (index: number) => PlaceClues): number {
  const asked = Array.from({ length: count }, (_, turn) => (turn * 7919) % grids);
  const questions = asked.map(clues);
  const start = performance.now();
  const found = questions.map((question) => locate(atlas, question));
  const tookMs = performance.now() - start;
  for (const [turn, finding] of found.entries()) {
    if (finding.kind !== "grid" || finding.grid !== `G${asked[turn]}`) throw new Error(`G${asked[turn]} was not found`);
  }
  return (tookMs / count) * 1000;
}
