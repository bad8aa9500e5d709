import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MOST_BYTES } from "../../../src/domain/rules/ruleset.ts";
import { onDay } from "../../clock-offset.ts";
import { BAISHI } from "../../county/baishi.ts";
import { writeFixture } from "../../county/county.ts";
import { enterCalendar } from "../../county/holidays.ts";
import { QINGHE } from "../../county/qinghe.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { writtenRule, writtenSet } from "../../rule-sets.ts";
import { type CommandLine, commandLine } from "../liaison.ts";

let db: TestDatabase;
let shell: CommandLine;
beforeAll(async () => {
  db = await testDatabase({ counties: ["qinghe", "baishi"] });
  shell = await commandLine(db.url);
  for (const county of [QINGHE, BAISHI]) {
    await writeFixture(county, join(shell.folder, county.code));
    const { status, err } = await shell.liaison("import", county.code, "--county", county.code);
    expect([status, err]).toEqual([0, ""]);
  }
});
afterAll(async () => {
  await shell.close();
  await db.close();
});

const says = (word: string) => ({ in: [word, { var: "text" }] });
const HILL = writtenRule("hill", { "==": [{ var: "grid.code" }, "南坡-1"] }, { deputy: "D001" });

async function check(content: string | Uint8Array, ...options: string[]) {
  await writeFile(join(shell.folder, "set.json"), content);
  return shell.liaison("rules", "check", "set.json", "--county", "qinghe", ...options);
}

describe("liaison rules check", () => {
  it("ends with 0 where nothing is wrong, and says so", async () => {
    const set = JSON.stringify(writtenSet([HILL]));
    expect(await check(set)).toEqual({ status: 0, out: "Nothing is wrong with this rule set.\n", err: "" });
    const { status, out } = await check(set, "--json", "--most-share", "12.5");
    expect([status, JSON.parse(out)]).toEqual([0, { ok: true, findings: [] }]);
    expect((await check(`\uFEFF${set}`)).status).toBe(0);
  });

  it("prints each finding as the contract says, and ends with 1", async () => {
    const set = JSON.stringify(writtenSet([writtenRule("lifts", says("电梯"), { group: "lifts" })]));
    const { status, out, err } = await check(set, "--json");
    expect([status, err]).toEqual([1, ""]);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      findings: [
        {
          ...{ rule: "lifts", at: null, kind: "unknown-target", text: "there is no group lifts" },
          ...{ code: "no-group", values: { code: "lifts" } },
        },
        { rule: null, kind: "gap", text: expect.stringContaining("南坡-1") },
      ],
    });
    const told = await check(set);
    expect([told.status, told.out.split("\n")[0]]).toEqual([1, "unknown-target  lifts  there is no group lifts"]);
  });

  it.each<[string, string | Uint8Array]>([
    ["no JSON", "{"],
    ["nothing", ""],
    ["not UTF-8", new Uint8Array([0x7b, 0xff, 0x7d])],
    ["too large", " ".repeat(MOST_BYTES + 1)],
    ["no rule set", "[]"],
    ["a condition that nobody knows", JSON.stringify(writtenSet([writtenRule("r", { eval: 1 }, { office: true })]))],
  ])("calls a file invalid that is %s", async (_what, content) => {
    const { status, out, err } = await check(content, "--json");
    expect([status, err]).toEqual([1, ""]);
    const { ok, findings } = JSON.parse(out);
    expect([ok, findings.length > 0]).toEqual([false, true]);
    for (const { kind, text } of findings) expect([kind, text]).toEqual(["invalid", expect.stringMatching(/\w+/)]);
    expect((await check(content)).out).toMatch(/^invalid {2}/);
  });

  it("says what is wrong with its use", async () => {
    const missing = await shell.liaison("rules", "check", "nowhere.json", "--county", "qinghe");
    expect([missing.status, missing.out]).toEqual([1, ""]);
    expect(missing.err).toMatch(/^nowhere\.json cannot be read: .*\n$/);
    for (const share of ["0", "101", "x", "-5"]) {
      const { status, out, err } = await check("{}", "--most-share", share);
      expect([status, out]).toEqual([2, ""]);
      expect(err).toMatch(/percent/);
    }
    expect((await shell.liaison("rules", "check", "set.json")).status).toBe(2);
  });
});

describe("liaison coverage", () => {
  beforeAll(async () => {
    for (const code of ["qinghe", "baishi"]) await enterCalendar(db, code);
  });

  it("warns on stderr of a year that the calendar lacks, and ends as without", async () => {
    const later = await commandLine(db.url, onDay("2045-12-01"));
    const { status, err } = await later.liaison("coverage", "--county", "qinghe");
    const json = JSON.parse((await later.liaison("coverage", "--json", "--county", "qinghe")).out);
    await later.close();
    expect(status).toBe(1);
    expect(err).toMatch(/^The days off and make-up days of \d{4} are not entered: now nobody is promised a day, .*\n$/);
    expect(json.calendar).toMatchObject({ warning: err.trim(), missing: expect.stringMatching(/^\d{4}$/) });
  });

  it("prints the sum, then each grid with its chain, and ends with 1 while a grid is without a person", async () => {
    const { status, out, err } = await shell.liaison("coverage", "--county", "qinghe");
    expect([status, err]).toEqual([1, ""]);
    const [sum, ...lines] = out.trim().split("\n");
    expect(sum).toMatch(
      /^\d{4}-\d\d-\d\d, no published rules\. 10 grids: 9 with a person, 1 without, 0 with only the office now, 9 whose people have bound no chat, 10 with nobody who can be reached\.$/,
    );
    expect(lines).toHaveLength(10);
    expect(lines).toContain(
      "柳西-1  柳河镇柳西村一组  D002 王建国 (grid, no chat) → D001 李秀兰 (station, no chat) → D003 赵德明 (station, no chat) → office  until 2031-12-31",
    );
    expect(lines).toContain("南坡-1  南坡乡南坡村一组  office  WITHOUT A PERSON");
  });

  it("is JSON on request, of one county alone", async () => {
    const { status, out } = await shell.liaison("coverage", "--json", "--county", "baishi");
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ...{ ok: false, ruleset: null, withoutPerson: ["枣林-2"], officeNow: [] },
      counts: { grids: 8, withPerson: 7, withoutPerson: 1, officeNow: 0, withoutChat: 7, unreachable: 8 },
    });
  });

  it("ends with 0 when everybody has a person", async () => {
    await writeFile(
      join(shell.folder, "deputies.csv"),
      "code,name,level,district,phone,stations,grids,groups,until\nD008,新代表,township,枣林第二选区,10000001008,ST03,枣林-2,,\n",
    );
    const imported = await shell.liaison("import", "deputies.csv", "--county", "baishi");
    expect([imported.status, imported.err]).toEqual([0, ""]);
    const { status, out } = await shell.liaison("coverage", "--county", "baishi");
    expect(status).toBe(0);
    expect(out).toContain(
      "8 grids: 8 with a person, 0 without, 0 with only the office now, 8 whose people have bound no chat, 8 with nobody who can be reached.",
    );
    expect(out).toContain("枣林-2  枣林乡枣林村二组  D008 新代表 (grid, no chat) → office\n");
    const json = JSON.parse((await shell.liaison("coverage", "--json", "--county", "baishi")).out);
    expect(json).toMatchObject({ ok: false, withoutPerson: [], counts: { withPerson: 8, unreachable: 8 } });
    expect(json.unreachable).toHaveLength(8);
  });
});
