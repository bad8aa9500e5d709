import { expect, it } from "vitest";
import { createGatherer } from "../../workers/gather.ts";

it("what comes alone is told at once; what comes while that is under way, and shortly after, is told together", async () => {
  const told: (readonly string[])[] = [];
  const first = Promise.withResolvers<void>();
  const gatherer = createGatherer<string>(async (keys) => {
    told.push(keys);
    if (told.length === 1) await first.promise;
  });
  const alone = gatherer.add(["a"]);
  expect(told).toEqual([["a"]]);
  const meanwhile = gatherer.add(["b"]);
  first.resolve();
  await alone;
  const after = gatherer.add(["c", "d"]);
  await Promise.all([meanwhile, after]);
  expect(told).toEqual([["a"], ["b", "c", "d"]]);
  await gatherer.idle();
  await gatherer.add(["e"]);
  expect(told.at(-1)).toEqual(["e"]);
  await gatherer.add([]);
  expect(told).toHaveLength(3);
});

it("idle ends only when nothing is left to tell", async () => {
  const told: string[] = [];
  const gatherer = createGatherer<string>(async (keys) => void told.push(...keys));
  void gatherer.add(["a"]);
  void gatherer.add(["b"]);
  await gatherer.idle();
  expect(told).toEqual(["a", "b"]);
});
