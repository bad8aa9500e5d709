import { describe, expect, it } from "vitest";
import { sayFinding } from "../../../src/console/parts/naming/say-finding.ts";
import { en } from "../../../src/console/words/en.ts";
import { zhCN } from "../../../src/console/words/zh-CN.ts";
import { checkRuleset } from "../../../src/domain/rule-trials/check.ts";
import { countMatters } from "../../../src/domain/rule-trials/check-load.ts";
import type { CountySnapshot } from "../../../src/domain/rule-trials/county-snapshot.ts";
import { readContent } from "../../../src/domain/rules/content.ts";
import type { Finding } from "../../../src/domain/rules/finding.ts";
import { FINDING_CODES } from "../../../src/domain/rules/finding-values.ts";
import { compiledSet, writtenRule, writtenSet } from "../../rule-sets.ts";

const LIFTS = { in: ["电梯", { var: "text" }] };
const ON = "2026-11-24";
const deputy = (code: string, more: object = {}) =>
  ({
    ...{ code, name: `代表${code}`, level: "county", untilOn: null, groups: [], openCases: 0 },
    ...{ awayUntil: null, substitute: null, hasChat: true },
    ...more,
  }) as CountySnapshot["deputies"][number];
const COUNTY: CountySnapshot = {
  on: ON,
  deputies: [deputy("D1"), deputy("D2", { untilOn: "2026-01-31", groups: ["old"] }), deputy("D3")],
  posts: [{ deputy: "D1", role: "primary", at: { grid: "G1" } }],
  grids: [
    { code: "G1", name: "一网格", township: "东关街道", community: "", station: "ST1" },
    { code: "G2", name: "二网格", township: "东关街道", community: "", station: null },
  ],
  stations: [{ code: "ST1", name: "一站" }],
  groups: ["empty"],
  units: [],
  categories: ["roads"],
  channels: ["wechat-official"],
  handovers: [
    { of: "D1", by: "D3", fromOn: ON, untilOn: null },
    { of: "D3", by: "D1", fromOn: ON, untilOn: null },
  ],
};
const office = { office: true };
const SET = [
  writtenRule("gone", LIFTS, office, { expires: "2026-01-31" }),
  writtenRule("all", { or: [LIFTS, { in: ["停水", { var: "text" }] }] }, { deputy: "D1" }),
  writtenRule("covered", { and: [LIFTS, { var: "hasPhoto" }] }, { deputy: "NO" }),
  writtenRule("again", { or: [LIFTS, { in: ["停水", { var: "text" }] }] }, { deputy: "D1" }),
  writtenRule("against", { or: [LIFTS, { in: ["停水", { var: "text" }] }] }, { unit: "U9" }),
  writtenRule("never", { and: [{ "<": [{ var: "hour" }, 3] }, { ">": [{ var: "hour" }, 9] }] }, { group: "none" }),
  writtenRule("term", { in: ["路", { var: "text" }] }, { deputy: "D2" }),
  writtenRule("group", { in: ["水管", { var: "text" }] }, { group: "empty" }),
  writtenRule("old", { in: ["暖气", { var: "text" }] }, { group: "old" }),
  writtenRule("station", { in: ["桥", { var: "text" }] }, { station: "ST9" }),
  writtenRule("bare", { in: ["灯", { var: "text" }] }, { station: "ST1" }),
];

function found(): readonly Finding[] {
  const compiled = compiledSet(SET);
  const past = countMatters(compiled, ON);
  for (let count = 0; count < 60; count += 1) {
    past.add({
      ...{ text: "电梯坏了", category: null, channel: "w", language: "zh-CN", hour: 9, weekday: 2, hasPhoto: false },
      ...{ grid: { code: "G1", township: "东关街道", community: "", station: null }, resident: { openCases: 0 } },
    });
  }
  return checkRuleset(compiled, COUNTY, past);
}

describe("what a check finds, in the language of the page", () => {
  it("is a sentence of its own for every finding that there is", () => {
    const findings = found();
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(
      new Set(["unknown-target", "expired", "shadowed", "duplicate", "loop", "overload", "gap"]),
    );
    for (const one of findings) {
      const said = sayFinding(one, zhCN);
      expect([one.text, said === zhCN.findings.other[one.kind]]).toEqual([one.text, false]);
      expect(said.replaceAll(/[A-Z]\w*|all|covered|again|against|never|none|empty|old|office/g, "")).not.toMatch(
        /[a-z]{3}/,
      );
      expect(sayFinding(one, en)).not.toMatch(/\p{Script=Han}{3}/u);
    }
  });

  it("names rules as people call them", () => {
    const covered = found().find(({ rule }) => rule === "covered" || rule === "against");
    expect(covered).toBeDefined();
    const names: Record<string, string> = { all: "2 电梯停水" };
    const said = found().map((one) => sayFinding(one, zhCN, (id) => names[id] ?? id));
    expect(said.some((one) => one.includes("前面的 2 电梯停水 都先拿走了"))).toBe(true);
    expect(said.some((one) => one.includes("和前面的「2 电梯停水」说的是一样的"))).toBe(true);
  });

  it.each<readonly [unknown, string]>([
    [writtenRule("a b", LIFTS, office), "编号只能用"],
    [writtenRule("a", { and: [] }, office), "还没有条件"],
    [writtenRule("a", { in: ["", { var: "text" }] }, office), "空的"],
    [writtenRule("a", { "==": [{ var: "street" }, "x"] }, office), '没有 "street" 这个变量'],
    [writtenRule("a", { map: [1] }, office), "不认识"],
    [writtenRule("a", LIFTS, { nobody: true }), "没有写交给谁"],
    [writtenRule("a", LIFTS, office, { expires: "soon" }), "2027-06-30"],
    [{ ...writtenRule("a", LIFTS, office), more: 1 }, "不认识的一项"],
  ])("says what is wrong with %j", (rule, said) => {
    const read = readContent(writtenSet([rule]));
    if (read.ok) throw new Error("it was read");
    expect(read.findings.map((one) => sayFinding(one, zhCN)).join(" ")).toContain(said);
  });

  it("is said by its kind alone where it was kept before findings had codes, or by a newer version", () => {
    const kept = {
      kind: "shadowed",
      rule: "a",
      text: "nothing ever reaches it (proven): before it b takes all",
    } as const;
    expect(sayFinding(kept, zhCN)).toBe(zhCN.findings.other.shadowed);
    const newer = { ...kept, code: "from-tomorrow", values: { x: 1 } } as never;
    expect(sayFinding(newer, en)).toBe(en.findings.other.shadowed);
  });

  it("has a sentence in both languages and in the API's English for every code there is", () => {
    for (const code of FINDING_CODES) {
      expect([code, Object.hasOwn(zhCN.findings.sentences, code)]).toEqual([code, true]);
      expect([code, Object.hasOwn(en.findings.sentences, code)]).toEqual([code, true]);
    }
  });
});
