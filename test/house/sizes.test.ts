import { dirname } from "node:path";
import { expect, it } from "vitest";
import { filesOfCode, linesOf } from "./files.ts";

const MOST_FILES = 18;
const MOST_LINES = 300;

it(`has no folder with more than ${MOST_FILES} files`, () => {
  const counts = new Map<string, number>();
  for (const file of filesOfCode(["src", "workers", "db"])) {
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  }
  expect(counts.size).toBeGreaterThan(40);
  expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([]);
});

it(`has no file of code with more than ${MOST_LINES} lines`, () => {
  const files = filesOfCode(["src", "workers", "db", "test"]).map((file) => [file, linesOf(file)] as const);
  expect(files.filter(([, lines]) => lines > MOST_LINES)).toEqual([]);
});
