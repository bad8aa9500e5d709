import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { filesOfCode } from "./files.ts";

/** A path of the project as texts name it, and a file of code in backticks without its folder. */
const PATH = /(?<![\w/.@-])(?:src|test|db|workers|docs)\/[\w*-][\w./*-]*/g;
const FILE = /`([\w-]+(?:\.test)?\.tsx?)`/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(),])\/\/[^\n]*/g;

const CODE = filesOfCode(["src", "workers", "db", "test"]).filter((file) => !file.endsWith(".css"));
const NAMES = new Set(CODE.map((file) => basename(file)));
const PAGES = globSync(["*.md", "docs/**/*.md"]);

function missingIn(text: string): string[] {
  const paths = [...text.matchAll(PATH)].map(([path]) =>
    path.replace(/[./]+$/, "").replace(/^docs\/decisions\/\d{4}$/, "$&-*"),
  );
  const files = [...text.matchAll(FILE)].map(([, name = ""]) => name);
  return [
    ...paths.filter((path) => (path.includes("*") ? globSync(path).length === 0 : !existsSync(path))),
    ...files.filter((name) => !NAMES.has(name) && !existsSync(name)),
  ];
}

describe("a path that is named", () => {
  it("is found to be missing when it is", () => {
    expect(missingIn("see `src/casework/sitting.ts`, (test/no-such) and `wording-zh.ts`.")).toEqual([
      "src/casework/sitting.ts",
      "test/no-such",
      "wording-zh.ts",
    ]);
    expect(missingIn("see `src/casework/turn`, test/house.test.ts, docs/*.md and `turn.ts`.")).toEqual([]);
  });

  it.each(PAGES)("in %s is there", (page) => {
    expect(missingIn(readFileSync(page, "utf8"))).toEqual([]);
  });

  it("in a comment is there", () => {
    const missing = CODE.flatMap((file) =>
      (readFileSync(file, "utf8").match(COMMENT) ?? []).flatMap(missingIn).map((path) => `${file}: ${path}`),
    );
    expect(missing).toEqual([]);
  });
});
