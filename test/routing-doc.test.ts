import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../src/commands/program.ts";
import { FINDING_KINDS, readRuleset } from "../src/domain/ruleset.ts";

const ROOT = join(import.meta.dirname, "..");
let page: string;
beforeAll(async () => {
  page = await readFile(join(ROOT, "docs", "routing.md"), "utf8");
});

describe("docs/routing.md", () => {
  test("shows a rule set that is one", () => {
    const [, json] = /```json\n(.*?)```/s.exec(page) ?? [];
    expect(readRuleset(JSON.parse(json ?? ""))).toMatchObject({
      ok: true,
      ruleset: { rules: [{ id: "lifts" }, { id: "roads" }] },
    });
  });

  test("names only commands and options that there are", async () => {
    const lines = [...page.matchAll(/npm run -s liaison -- (.+)/g)].map((match) => match[1]!);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const words = line.split(" ").filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith("--"));
      const command = words.slice(0, ["coverage"].includes(words[0] ?? "") ? 1 : 2);
      const said: string[] = [];
      const output = { out: (text: string) => void said.push(text), err: (text: string) => void said.push(text) };
      expect([line, await runProgram([...command, "--help"], { variables: {}, folder: ROOT, output })]).toEqual([
        line,
        0,
      ]);
      const help = said.join("\n");
      expect(help).toContain(`Usage: liaison ${command.join(" ")}`);
      for (const [option] of line.matchAll(/--[a-z-]+/g)) expect([line, help.includes(option)]).toEqual([line, true]);
    }
  });

  test("explains every kind of finding", () => {
    for (const kind of FINDING_KINDS) if (kind !== "invalid") expect(page).toContain(`\`${kind}\``);
  });
});
