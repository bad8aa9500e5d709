import { afterAll, expect, test } from "vitest";
import { benchmarks } from "./benchmarks.ts";
import { openGround } from "./ground.ts";

const ground = openGround();
afterAll(() => ground.close());

test.each(Object.entries(benchmarks))("the benchmark %s still runs", { timeout: 60_000 }, async (_name, measure) => {
  const lines = await measure(ground, { short: true });
  expect(lines.length).toBeGreaterThan(0);
  for (const { name, ours, ratio } of lines) {
    expect([name, Number.isFinite(ours.value), ratio === null || Number.isFinite(ratio)]).toEqual([name, true, true]);
  }
});
