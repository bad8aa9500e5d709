import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { pino } from "pino";
import { describe, expect, test, vi } from "vitest";
import { createGatherer } from "../../workers/gatherer.ts";
import { createPool } from "../../workers/keyed-pool.ts";
import { every } from "../../workers/periodic.ts";

describe("a pool", () => {
  test("never works on one thing twice at once, nor on more things than its limit, and misses no call", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.nat(3)), { maxLength: 60 }),
        async (limit, calls) => {
          const under = new Map<string, number>();
          const begun = new Map<string, number>();
          let most = 0;
          const pool = createPool<string>(limit, String, async (key) => {
            begun.set(key, (begun.get(key) ?? 0) + 1);
            under.set(key, (under.get(key) ?? 0) + 1);
            expect(under.get(key)).toBe(1);
            most = Math.max(
              most,
              [...under.values()].reduce((sum, count) => sum + count, 0),
            );
            await turn();
            under.set(key, 0);
          });
          const checks = calls.map(async ([key, turns]) => {
            for (let count = 0; count < turns; count += 1) await turn();
            const before = begun.get(key) ?? 0;
            await pool.run(key);
            expect(begun.get(key)).toBeGreaterThan(before);
          });
          await Promise.all(checks);
          await pool.idle();
          expect(pool.size()).toBe(0);
          expect(most).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("tells every caller of the run that failed, and works on", async () => {
    let fails = true;
    const pool = createPool<string>(1, String, async () => {
      if (fails) throw new Error("not now");
    });
    await expect(pool.run("a")).rejects.toThrow("not now");
    fails = false;
    await pool.run("a");
    expect(pool.size()).toBe(0);
  });
});

describe("a gatherer", () => {
  test("tells everything once, in few batches, however many calls come while it tells", async () => {
    const batches: number[][] = [];
    const gatherer = createGatherer<number>(async (keys) => {
      batches.push([...keys]);
      await turn();
    });
    const calls = Array.from({ length: 100 }, (_, index) => gatherer.add([index]));
    await Promise.all(calls);
    await gatherer.idle();
    expect(batches.flat()).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(batches).toHaveLength(2);
  });

  test("tells the first at once, and the next after a pause, longer where telling is slow", async () => {
    const told: number[] = [];
    const gatherer = createGatherer<number>(async () => {
      told.push(performance.now());
      const until = performance.now() + 12;
      while (performance.now() < until) await turn();
    }, 1);
    await gatherer.add([1]);
    await gatherer.add([2]);
    await gatherer.idle();
    expect(told).toHaveLength(2);
    // Telling took 12 ms at least, and the pause is four times as long, but 50 ms at most.
    expect((told[1] ?? 0) - (told[0] ?? 0)).toBeGreaterThanOrEqual(12 + 40);
  });
});

describe("what is done again and again", () => {
  test("goes on after a failure, and not after it was stopped", async () => {
    let runs = 0;
    const periodic = every(1, "the test", pino({ level: "silent" }), async () => {
      runs += 1;
      throw new Error("always");
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2), 60_000);
    await periodic.stop();
    const after = runs;
    await turn();
    expect(runs).toBe(after);
  });
});
