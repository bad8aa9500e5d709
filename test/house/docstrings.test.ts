import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { filesOfCode } from "./files.ts";

const EXPORT = /^export (?:async )?(type|interface|class|function|const) (\w+)/;
const ARTICLE = /^(?:The|An?|Whether) /;
/** A verb in the third person: "Opens …". */
const VERB = /^(?!(?:As|Its|This|Thus|Whose|Always|Perhaps|Sometimes)\b)[A-Z][a-z-]+s\b/;

type Named = { readonly name: string; readonly kind: string; readonly first: string };

/** The exported names of a file, each with the first line of its docstring, which is empty where there is none. */
function exportsIn(text: string): Named[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    const [, kind, name] = EXPORT.exec(line) ?? [];
    return kind === undefined || name === undefined ? [] : [{ kind, name, first: firstLineAbove(lines, at) }];
  });
}

function firstLineAbove(lines: readonly string[], at: number): string {
  if (!lines[at - 1]?.endsWith("*/")) return "";
  const start = lines.slice(0, at).findLastIndex((line) => line.startsWith("/*"));
  const [opening = "", second = ""] = lines.slice(start, at);
  if (!opening.startsWith("/**")) return "";
  return (opening === "/**" ? second.replace(/^ \* /, "") : opening.slice("/** ".length)).replace(/ ?\*\/$/, "");
}

/** Whether a docstring begins with what the thing is: "The day …", "A case …"; or what the function does: "Opens …". */
function saysWhatItIs({ kind, first }: Named): boolean {
  return ARTICLE.test(first) || ((kind === "function" || kind === "const") && VERB.test(first));
}

const FILES = filesOfCode(["src", "workers", "db"]).filter((file) => !file.endsWith(".css"));

describe("the docstring of an exported thing", () => {
  it.each([
    ["/** The day by which somebody answers. */\nexport type DueDay = string;", true],
    ["/** Opens a case. */\nexport async function open(): Promise<void> {}", true],
    ["/**\n * Whether a case is open.\n *\n * More of it.\n */\nexport const isOpen = true;", true],
    ["/** Opens a case. */\nexport type Open = string;", false],
    ["/** What a case is. */\nexport type Case = string;", false],
    ["/** How many cases there are. */\nexport function count(): number {}", false],
    ["/** As a case was before. */\nexport function before(): number {}", false],
    ["/** So that no case is lost. */\nexport const KEPT = 1;", false],
    ["/** @param limit how many */\nexport function limited(limit: number): void {}", false],
    ["/* The day. */\nexport type Day = string;", false],
    ["/** The day. */\n\nexport type Day = string;", false],
    ["export type Day = string;", false],
  ])("is judged: %j, %s", (text, isGood) => {
    expect(exportsIn(text).map(saysWhatItIs)).toEqual([isGood]);
  });

  it("begins with what it is", () => {
    const all = FILES.flatMap((file) => exportsIn(readFileSync(file, "utf8")).map((one) => ({ file, ...one })));
    expect(all.length).toBeGreaterThan(1000);
    expect(all.filter((one) => !saysWhatItIs(one)).map(({ file, name, first }) => `${file} ${name}: ${first}`)).toEqual(
      [],
    );
  });
});
