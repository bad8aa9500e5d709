import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../src/commands/program.ts";
import { FINDING_KINDS } from "../src/domain/rules/finding-values.ts";
import { readRuleset } from "../src/domain/rules/ruleset.ts";
import { commandLine } from "./commands/liaison.ts";
import { writeFixture } from "./county/county.ts";
import { enterCalendar } from "./county/holidays.ts";
import { QINGHE } from "./county/qinghe.ts";
import { testDatabase } from "./database.ts";

const DEPUTY_COLUMNS = "code,name,level,district,phone,stations,grids,groups,until";
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

  test("can be followed from an empty folder, command by command", async () => {
    const db = await testDatabase({ counties: ["qinghe"] });
    await enterCalendar(db, "qinghe");
    const line = await commandLine(db.url);
    try {
      await writeFixture(QINGHE, join(line.folder, "county"));
      const [, json = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
      await Promise.all([
        writeFile(join(line.folder, "rules.json"), json),
        writeFile(
          join(line.folder, "deputies.csv"),
          `${DEPUTY_COLUMNS}\nD012,新代表,township,南坡选区,,ST04,南坡-1,,\n`,
        ),
        writeFile(join(line.folder, "succession.csv"), "from,to,places\nD003,D012,\n"),
      ]);
      for (const files of ["county", "deputies.csv"])
        expect(await line.liaison("import", files)).toMatchObject({ status: 0 });
      const told: string[] = [];
      for (const [, command = ""] of page.matchAll(/npm run -s liaison -- (.+)/g)) {
        // What is corrected is a case of somebody's: test/casework/rules/suggest.test.ts has one.
        if (/^(case move|rules suggest)/.test(command)) continue;
        const { status, out, err } = await line.liaison(...command.split(" "));
        expect([command, status, err]).toEqual([command, 0, command.startsWith("succession") ? expect.anything() : ""]);
        told.push(`${command}: ${out}`);
      }
      expect(told).toContainEqual("rules draft rules.json --author 林: 1\n");
      expect(told).toContainEqual("rules take-back 1 --author 林: 3\n");
      const { out } = await line.liaison("rules", "list", "--json");
      expect(JSON.parse(out)).toMatchObject([
        { number: 3, state: "published", takesBack: 1 },
        { number: 2, state: "retired" },
        { number: 1, state: "retired" },
      ]);
    } finally {
      await line.close();
      await db.close();
    }
  });

  test("explains every kind of finding", () => {
    for (const kind of FINDING_KINDS) if (kind !== "invalid") expect(page).toContain(`\`${kind}\``);
  });
});
