import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBatchRunner } from "../../workers/batch-runner.ts";

const groupOf = (key: string) => key.charAt(0);
const isFirst = (key: string) => key.endsWith("!");

describe("a crowd", () => {
  test("takes everybody along once, never more than fit, and none of another group", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.uniqueArray(fc.tuple(fc.constantFrom("a", "b"), fc.nat(40)), {
          maxLength: 40,
          selector: ([group, number]) => `${group}${number}`,
        }),
        async (limit, size, calls) => {
          const seen: string[] = [];
          let under = 0;
          const runner = createBatchRunner<string>({ limit, size, groupOf, isFirst }, async (keys) => {
            under += 1;
            expect(under).toBeLessThanOrEqual(limit);
            expect(keys.length).toBeLessThanOrEqual(size);
            expect(new Set(keys.map(groupOf)).size).toBe(1);
            seen.push(...keys);
            await turn();
            under -= 1;
            return [];
          });
          const keys = calls.map(([group, number]) => `${group}${number}`);
          await Promise.all(
            keys.map(async (key, index) => {
              for (let count = 0; count < index % 5; count += 1) await turn();
              await runner.run(key);
            }),
          );
          expect(seen.toSorted()).toEqual(keys.toSorted());
        },
      ),
    );
  });

  test("gives a turn of its own to whom the others must not wait for", async () => {
    const turns: string[][] = [];
    const runner = createBatchRunner<string>({ limit: 2, size: 8, groupOf, isFirst }, async (keys) => {
      turns.push([...keys]);
      return keys.length === 1 ? [] : keys.filter((key) => key !== "a1");
    });
    await Promise.all(["a1", "a2", "a3"].map((key) => runner.run(key)));
    expect(turns).toEqual([["a1", "a2", "a3"], ["a2"], ["a3"]]);
  });

  test("lets the urgent go before all that wait, in their order", async () => {
    const turns: string[][] = [];
    const runner = createBatchRunner<string>({ limit: 1, size: 2, groupOf, isFirst }, async (keys) => {
      turns.push([...keys]);
      return [];
    });
    await Promise.all(["a1", "a2", "a3", "u1!", "u2!"].map((key) => runner.run(key)));
    expect(turns).toEqual([["u1!", "u2!"], ["a1", "a2"], ["a3"]]);
  });

  test("tells all who shared a turn that it failed, and goes on", async () => {
    const runner = createBatchRunner<string>({ limit: 1, size: 2, groupOf, isFirst }, async ([first]) => {
      if (first === "a1") throw new Error("no database");
      return [];
    });
    const ends = await Promise.allSettled(["a1", "a2", "a3"].map((key) => runner.run(key)));
    expect(ends.map((end) => end.status)).toEqual(["rejected", "rejected", "fulfilled"]);
  });
});
