import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseMessages, cases } from "../../db/schema/cases.ts";
import { createVault } from "../../db/vault.ts";
import { keyPurpose } from "../../src/casework/cases/thread.ts";
import { DEFAULT_CATALOGUE } from "../../src/domain/categories/catalogue.ts";
import { fillLedger } from "../casework/audit/ledger.ts";
import { SECRET, type TestDatabase, testDatabase } from "../database.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let db: TestDatabase;
let line: CommandLine;
const vault = createVault(SECRET);
beforeAll(async () => {
  db = await testDatabase();
  line = await commandLine(db.url);
  await fillLedger(db, "east", 30);
  const east = await db.county("east");
  await db.database.inCounty(east, async (tx) => {
    for (const { id } of await tx.select({ id: cases.id }).from(cases)) {
      const keyWrapped = vault.newKey(keyPurpose(east)).wrapped;
      await tx.update(cases).set({ keyWrapped }).where(eq(cases.id, id));
      await tx.insert(caseMessages).values({
        id,
        jurisdictionId: east,
        caseId: id,
        direction: "in",
        party: "resident",
        kind: "text",
        text: "柳东村一组的轱辘车又趴窝了",
        at: new Date(),
      });
    }
  });
});
afterAll(async () => {
  await line.close();
  await db.close();
});

const category = (...args: string[]) => line.liaison("category", ...args, "--county", "east");
const numbers = async () => {
  const listed = JSON.parse((await line.liaison("cases", "--json", "--county", "east")).out);
  return listed.map((one: { number: string }) => one.number) as string[];
};

describe("liaison category", () => {
  test("lists the built-in catalogue where a county has none of its own", async () => {
    const { status, out, err } = await category("list");
    expect([status, err]).toEqual([0, ""]);
    expect(out.trim().split("\n")).toHaveLength(DEFAULT_CATALOGUE.length + 1);
    expect(out).toMatch(/^property {2}物业小区 {2}\d+ words {2}\d+ examples\n/);
    expect(out).toMatch(/Nothing learned is in use\.\n$/);
    const json = JSON.parse((await category("list", "--json")).out);
    expect(json).toMatchObject({ learnedVersion: 0, lastLearning: null });
    expect(json.categories).toEqual(DEFAULT_CATALOGUE);
  });

  test("corrects a case, and says what it was and is", async () => {
    const [number] = await numbers();
    expect(await category("correct", number!, "roads", "--by", "刘")).toEqual({
      status: 0,
      out: `${number}  none  roads\n`,
      err: "",
    });
    expect(await category("correct", number!, "none", "--by", "刘")).toMatchObject({ out: `${number}  roads  none\n` });
    const one = JSON.parse((await line.liaison("case", number!, "--json", "--county", "east")).out);
    expect(one).toMatchObject({ category: null });
    expect(one.events.at(-1)).toMatchObject({ type: "categorised", by: "office" });
    expect(await line.liaison("audit", "verify", "--county", "east")).toMatchObject({ status: 0 });
  });

  test("learns from corrections, and prints what was measured before anything takes effect", async () => {
    for (const number of await numbers()) await category("correct", number, "roads", "--by", "刘");
    const { status, out } = await category("learn", "--json");
    expect(status).toBe(0);
    const learned = JSON.parse(out);
    expect(learned).toMatchObject({ version: 1, takesEffect: false });
    expect(learned.learnedFrom + learned.measuredOn).toBe(30);
    expect(await category("learn")).toMatchObject({
      status: 0,
      out: expect.stringMatching(
        /^version 2 {2}from \d+ corrections {2}measured on \d+ held back {2}right before [\d.]+ %, after [\d.]+ % {2}does not take effect\n$/,
      ),
    });
    expect((await category("list")).out).toMatch(/Learned last: version 2 .*\n$/);
  });

  test("takes a county's own catalogue from a table, and leaves other counties theirs", async () => {
    const file = join(line.folder, "类别.csv");
    await writeFile(
      file,
      "编号,名称,词,例句\nwater,用水,停水;水压,停水三天了；没水做饭\nroads,路,路灯;路面,路灯坏了\n",
    );
    expect(await category("import", "类别.csv")).toEqual({ status: 0, out: "2 categories\n", err: "" });
    expect(JSON.parse((await category("list", "--json")).out).categories).toEqual([
      { code: "water", name: "用水", words: ["停水", "水压"], examples: ["停水三天了", "没水做饭"] },
      { code: "roads", name: "路", words: ["路灯", "路面"], examples: ["路灯坏了"] },
    ]);
    expect((await line.liaison("category", "list", "--county", "west")).out).toMatch(/^property/);
    expect(await category("import", "类别.csv")).toMatchObject({ status: 0 });
  });

  test("imports nothing where anything is wrong, and names every fault with its row", async () => {
    const file = join(line.folder, "wrong.csv");
    const rows = [
      "none,无,停水,",
      "a b,名,停水,",
      "ok,好,,",
      "ok,好,停水,",
      "long,好,一二三四五六七八九,",
      `say,好,,${"话".repeat(201)}`,
      ",,停水,",
    ];
    await writeFile(file, `code,name,words,examples\n${rows.join("\n")}\n`);
    const before = (await category("list", "--json")).out;
    const { status, out, err } = await category("import", "wrong.csv");
    expect([status, out]).toEqual([1, ""]);
    expect(err.match(/^wrong\.csv:\d: .*$/gm)).toEqual([
      expect.stringContaining(":2: the code none stands for no category"),
      expect.stringContaining(':3: the code "a b" must have'),
      expect.stringContaining(":4: has neither words nor examples"),
      expect.stringContaining(":5: the code ok stands twice"),
      expect.stringContaining(":6: the word 一二三四五六七八九 has more than 8"),
      expect.stringContaining(":7: the example"),
      expect.stringContaining(':8: the code "" must have'),
      expect.stringContaining(":8: the name must have"),
    ]);
    expect(err).toContain("Nothing was imported: 8 errors.");
    expect((await category("list", "--json")).out).toBe(before);
  });

  test("says plainly what is wrong", async () => {
    await writeFile(join(line.folder, "headers.csv"), "code,name\na,b\n");
    await writeFile(join(line.folder, "empty.csv"), "");
    await writeFile(join(line.folder, "head.csv"), "code,name,words,examples\n");
    for (const [status, wrong] of [
      [1, ["correct", "2026-999999", "roads", "--by", "刘"]],
      [1, ["correct", "1", "potholes", "--by", "刘"]],
      [1, ["correct", "1", "roads", "--by", " "]],
      [2, ["correct", "1", "roads"]],
      [2, ["correct", "1"]],
      [1, ["import", "nowhere.csv"]],
      [1, ["import", "headers.csv"]],
      [1, ["import", "empty.csv"]],
      [1, ["import", "head.csv"]],
      [2, ["import"]],
    ] as const) {
      const ended = await category(...wrong);
      expect([wrong, ended.status, ended.out]).toEqual([wrong, status, ""]);
      expect(ended.err).not.toBe("");
    }
    expect(await line.liaison("category", "learn", "--county", "west")).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^No category was corrected yet/),
    });
  });
});
