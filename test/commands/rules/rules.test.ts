import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MOST_BYTES } from "../../../src/domain/rules/ruleset.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { rule, ruleset } from "../../domain/rules/rule-sets.ts";
import { type CommandLine, commandLine } from "../liaison.ts";

let db: TestDatabase;
let line: CommandLine;
beforeAll(async () => {
  db = await testDatabase({ counties: ["east", "west", "north"] });
  line = await commandLine(db.url);
  await Promise.all([
    file("first.json", JSON.stringify(ruleset("first"))),
    file("second.json", JSON.stringify(ruleset("second", [rule("lifts", { expires: "2027-06-30" })]))),
  ]);
});
afterAll(async () => {
  await line.close();
  await db.close();
});

const file = (name: string, text: string) => writeFile(join(line.folder, name), text);
const rules = (...args: readonly string[]) => line.liaison("rules", ...args, "--county", "east");
const people = ["--author", "Wang", "--reviewer", "Li"];
const states = async () =>
  JSON.parse((await rules("list", "--json")).out).map(
    ({ number, state }: { number: number; state: string }) => `${number} ${state}`,
  );

describe("liaison rules", () => {
  it("publishes a file in one step and prints its number alone", async () => {
    await file("plain.json", JSON.stringify({ ...ruleset("plain", []), otherwise: { assign: { office: true } } }));
    expect(await line.liaison("rules", "publish", "plain.json", ...people, "--county", "west")).toEqual({
      status: 0,
      out: "1\n",
      err: "",
    });
    expect(await rules("publish", "first.json", ...people)).toMatchObject({ status: 0, out: "1\n" });
    expect(await rules("publish", join(line.folder, "second.json"), ...people)).toMatchObject({
      status: 0,
      out: "2\n",
    });
    expect(await states()).toEqual(["2 published", "1 retired"]);
    expect((await rules("list")).out).toBe(
      "2  published  second  by Wang  reviewed by Li\n1  retired  first  by Wang  reviewed by Li\n",
    );
    expect(JSON.parse((await line.liaison("rules", "list", "--json", "--county", "west")).out)).toHaveLength(1);
  });

  it("publishes all the same what a check finds fault with, and says each finding beside the number", async () => {
    const faulty = ruleset("faulty", [
      rule("lifts"),
      rule("lifts-again"),
      rule("old", { when: { in: ["灯", { var: "text" }] }, expires: "2020-01-01" }),
    ]);
    await file("faulty.json", JSON.stringify(faulty));
    const { status, out, err } = await line.liaison("rules", "publish", "faulty.json", ...people, "--county", "north");
    expect([status, out]).toEqual([0, "1\n"]);
    expect(err.split("\n")).toEqual([
      "Rule set 1 is published. `liaison rules check` finds in it:",
      ...[
        /^lifts \(unknown-target\): there is no group property\.$/,
        /^lifts-again \(unknown-target\): /,
        /^old \(unknown-target\): /,
        /^old \(expired\): its last day was 2020-01-01: /,
        /^lifts-again \(duplicate\): /,
      ].map((sentence) => expect.stringMatching(sentence)),
      "",
    ]);
    const found = JSON.parse((await line.liaison("rules", "check", "faulty.json", "--json", "--county", "north")).out);
    expect(found.findings).toHaveLength(5);
  });

  it("shows a version with its rules in order and what happened to it", async () => {
    const shown = JSON.parse((await rules("show", "2", "--json")).out);
    expect(shown).toMatchObject({
      number: 2,
      state: "published",
      content: { name: "second", otherwise: { assign: { grid: true } } },
      events: [
        { type: "drafted", by: "Wang" },
        { type: "submitted", by: "Wang" },
        { type: "published", by: "Li" },
      ],
    });
    expect(shown).not.toHaveProperty("id");
    expect((await rules("show", "2")).out.split("\n").slice(-3)).toEqual([
      "1. lifts  to group property  sector group handles lifts (office, until 2027-06-30)",
      "otherwise  to grid",
      "",
    ]);
  });

  it("takes a draft through each step by itself", async () => {
    expect(await rules("draft", "first.json", "--author", "Wang")).toEqual({ status: 0, out: "3\n", err: "" });
    expect(await rules("draft", "second.json", "--author", "Zhao", "--replace", "3")).toMatchObject({ out: "3\n" });
    expect(await rules("submit", "3", "--author", "Wang")).toEqual({ status: 0, out: "3\n", err: "" });
    expect(await rules("draft", "first.json", "--author", "Wang", "--replace", "3")).toEqual({
      status: 1,
      out: "",
      err: "Rule set 3 is in review and cannot be changed: only a draft can.\n",
    });
    expect(await rules("review", "3", "--reviewer", "Zhao")).toMatchObject({ status: 2, out: "" });
    expect(await rules("review", "3", "--reviewer", "Li", "--turn-down", "--note", "Too early.")).toMatchObject({
      status: 0,
      out: "3\n",
    });
    expect(JSON.parse((await rules("show", "3", "--json")).out)).toMatchObject({
      state: "retired",
      reviewNote: "Too early.",
      publishedAt: null,
    });
  });

  it("takes an older version back with a review of its own", async () => {
    expect(await rules("take-back", "1", "--author", "Wang")).toEqual({ status: 0, out: "4\n", err: "" });
    expect((await rules("list")).out).toMatch(/^4 {2}in-review {2}first {2}by Wang {2}brings back 1\n/);
    expect(await rules("review", "4", "--reviewer", "wang")).toMatchObject({ status: 2 });
    expect(await rules("review", "4", "--reviewer", "Li")).toEqual({
      status: 0,
      out: "4\n",
      err: expect.stringContaining("lifts (unknown-target): there is no group property."),
    });
    expect(await states()).toEqual(["4 published", "3 retired", "2 retired", "1 retired"]);
  });

  it("refuses a rule set with every mistake named, and stores nothing", async () => {
    const before = await states();
    await file(
      "bad.json",
      JSON.stringify(
        ruleset("bad", [rule("a", { when: { "==": [{ var: "mood" }, "bad"] } }), rule("b", { owner: "" })]),
      ),
    );
    for (const args of [
      ["publish", "bad.json", ...people],
      ["draft", "bad.json", "--author", "Wang"],
    ]) {
      const { status, out, err } = await rules(...args);
      expect([status, out]).toEqual([1, ""]);
      expect(err.split("\n")).toEqual([
        expect.stringMatching(/^a: rules\[0\]\.when\.==: there is no variable "mood"/),
        expect.stringMatching(/^b: rules\[1\]\.owner: /),
        "The rule set cannot be taken as it is. Nothing was stored.",
        "",
      ]);
    }
    expect(await states()).toEqual(before);
  });

  it.each([
    ["is no JSON", '{"name": ', /^the set: is no JSON: /],
    ["is too large", " ".repeat(MOST_BYTES + 1), /^the set: has more than 8388608 bytes\n$/],
    ["has 100,000 rules", JSON.stringify(ruleset("x", Array(100_000).fill({}))), /^rules: has 100000 rules/],
  ])("refuses a file that %s", async (_what, text, expected) => {
    await file("wrong.json", text);
    const { status, out, err } = await rules("publish", "wrong.json", ...people);
    expect([status, out]).toEqual([1, ""]);
    expect(err).toMatch(expected);
  });

  it("says plainly that there is no such file, or that it is a folder", async () => {
    for (const path of ["nowhere.json", "."]) {
      const { status, out, err } = await rules("publish", path, ...people);
      expect([status, out, err.trim().split("\n").length]).toEqual([1, "", 1]);
      expect(err).toContain(`${path} cannot be read: `);
    }
  });

  it.each([
    ["the author as the reviewer", ["publish", "first.json", "--author", "Wang", "--reviewer", " WANG"], 2],
    ["an author without a name", ["publish", "first.json", "--author", " ", "--reviewer", "Li"], 2],
    ["no reviewer", ["publish", "first.json", "--author", "Wang"], 2],
    ["no author", ["draft", "first.json"], 2],
    ["no number", ["submit", "--author", "Wang"], 2],
    ["a number that is none", ["submit", "one", "--author", "Wang"], 2],
    ["a number that is too large", ["show", "99999999999"], 2],
    ["a version that there is not", ["submit", "99", "--author", "Wang"], 1],
    ["a version to show that there is not", ["show", "99"], 1],
    ["a published version to submit", ["submit", "4", "--author", "Wang"], 1],
    ["a published version to take back", ["take-back", "4", "--author", "Wang"], 1],
  ])("answers %s with one plain sentence", async (_what, args, expected) => {
    const before = await states();
    const { status, out, err } = await rules(...args);
    expect([status, out]).toEqual([expected, ""]);
    expect(err).toMatch(/^[^\n]+\.\n$/);
    expect(await states()).toEqual(before);
  });
});
