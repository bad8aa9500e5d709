import { afterAll, expect, test } from "vitest";
import { hasRedis } from "../redis.ts";
import { benchmarks } from "./benchmarks.ts";
import { pageBrowser } from "./console-page.ts";
import { openEnvironment } from "./environment.ts";

const environment = openEnvironment();
afterAll(() => environment.close());

const needsBrowser = ["console-page", "console-map"];
const runnable = Object.entries(benchmarks).filter(
  ([name]) => (hasRedis || name !== "scale") && (pageBrowser !== undefined || !needsBrowser.includes(name)),
);

test.each(runnable)("the benchmark %s still runs", { timeout: 240_000 }, async (_name, measure) => {
  const lines = await measure(environment, { short: true });
  expect(lines.length).toBeGreaterThan(0);
  for (const { name, ours, ratio } of lines) {
    expect([name, Number.isFinite(ours.value), ratio === null || Number.isFinite(ratio)]).toEqual([name, true, true]);
  }
});
