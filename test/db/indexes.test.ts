import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const FOLDER = join(import.meta.dirname, "../../db/migrations");

/** The words of cases are searched by a condition that stands in the policy itself. */
const IN_POLICY = ["case_words_index"];

test("every index is one that row-level security lets be used: a B-tree", async () => {
  const there = new Map<string, string>();
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).toSorted();
  for (const file of files) {
    const text = await readFile(join(FOLDER, file), "utf8");
    for (const [, made, way, dropped] of text.matchAll(
      /CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?"(\w+)" ON "?[\w."]+ USING (\w+)|DROP INDEX (?:IF EXISTS )?"(\w+)"/gi,
    )) {
      if (made !== undefined && way !== undefined) there.set(made, way.toLowerCase());
      if (dropped !== undefined) there.delete(dropped);
    }
  }
  expect(there.size).toBeGreaterThan(100);
  const others = [...there].filter(([, way]) => way !== "btree").map(([name]) => name);
  expect(others.toSorted()).toEqual(IN_POLICY);
});
