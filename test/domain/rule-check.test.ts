import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { checkRuleset } from "../../src/domain/rule-check.ts";
import type { CountyPicture, Handover } from "../../src/domain/rule-check-county.ts";
import { countMatters } from "../../src/domain/rule-check-load.ts";
import type { RuleFacts } from "../../src/domain/rule-condition.ts";
import type { CompiledRuleset } from "../../src/domain/rule-index.ts";
import { FINDING_KINDS } from "../../src/domain/ruleset.ts";
import { picture, pictured, picturedGrid } from "../county/picture.ts";
import { compiledSet, writtenRule } from "../rule-sets.ts";

const says = (word: string) => ({ in: [word, { var: "text" }] });
const is = (name: string, value: unknown) => ({ "==": [{ var: name }, value] });

/** Two grids at one station; every place has a deputy in office. */
const COUNTY = picture({
  deputies: [
    pictured("D1"),
    pictured("D2", { groups: ["lifts"] }),
    pictured("D3", { groups: ["lifts"] }),
    pictured("D9", { untilOn: "2026-11-23", groups: ["old"] }),
  ],
  posts: [
    { deputy: "D1", at: { grid: "G1" }, role: "primary" },
    { deputy: "D2", at: { grid: "G2" }, role: "primary" },
    { deputy: "D3", at: { station: "S1" }, role: "primary" },
    { deputy: "D9", at: { station: "S9" }, role: "primary" },
  ],
  grids: [picturedGrid("G1", { station: "S1" }), picturedGrid("G2", { station: "S1", township: "T2" })],
  stations: [
    { code: "S1", name: "一站" },
    { code: "S9", name: "九站" },
  ],
  groups: ["empty"],
  units: ["U1"],
  categories: ["roads", "water"],
});

const message = (change: Partial<RuleFacts> = {}): RuleFacts => ({
  ...{ text: "", category: null, channel: "c", language: "zh-CN", hour: 9, weekday: 2, hasPhoto: false },
  ...{ grid: null, resident: { openCases: 0 } },
  ...change,
});

function check(
  compiled: CompiledRuleset,
  county: CountyPicture = COUNTY,
  { past = [], mostShare }: { readonly past?: readonly RuleFacts[]; readonly mostShare?: number } = {},
) {
  const counted = countMatters(compiled, county.on);
  for (const facts of past) counted.add(facts);
  return checkRuleset(compiled, county, counted, { mostShare });
}

const kindsOf = (...given: Parameters<typeof check>) => check(...given).map(({ rule, kind }) => [rule, kind]);

it("a rule set in order has no findings", () => {
  const compiled = compiledSet([
    writtenRule("lifts", { and: [says("电梯"), is("grid.township", "T1")] }, { group: "lifts" }),
    writtenRule("roads", is("category", "roads"), { unit: "U1" }, { expires: "2026-11-24" }),
    writtenRule("night", { "<": [{ var: "hour" }, 6] }, { office: true }),
    writtenRule("photos", { var: "hasPhoto" }, { station: true }),
    writtenRule("water", says("水管"), { station: "S1" }),
    writtenRule("d1", says("李代表"), { deputy: "D1" }),
  ]);
  expect(check(compiled)).toEqual([]);
});

describe("an unknown target", () => {
  it.each([
    [{ deputy: "D7" }, "there is no deputy D7"],
    [{ deputy: "D9" }, "the term of deputy D9 ended on 2026-11-23"],
    [{ group: "nobody" }, "there is no group nobody"],
    [{ group: "empty" }, "nobody of group empty is in office"],
    [{ group: "old" }, "nobody of group old is in office"],
    [{ station: "S7" }, "there is no station S7"],
    [{ station: "S9" }, "no deputy in office serves at station S9"],
    [{ unit: "U7" }, "there is no unit U7"],
  ])("is found in %j", (target, text) => {
    expect(check(compiledSet([writtenRule("r", says("灯"), target)]))).toEqual([
      { rule: "r", kind: "unknown-target", text },
    ]);
    expect(check(compiledSet([], target))).toEqual([
      { rule: null, kind: "unknown-target", text: `otherwise: ${text}` },
    ]);
  });
});

describe("an expired rule", () => {
  it("is one whose last day is over, and nothing else is said of it", () => {
    const compiled = compiledSet([
      writtenRule("old", says("灯"), { grid: true }, { expires: "2026-11-23" }),
      writtenRule("new", says("灯"), { office: true }, { expires: "2026-11-24" }),
      writtenRule("older", says("灯"), { office: true }, { expires: "2025-01-01" }),
    ]);
    expect(check(compiled)).toEqual([
      { rule: "old", kind: "expired", text: "its last day was 2026-11-23: office renews it or takes it out" },
      { rule: "older", kind: "expired", text: "its last day was 2025-01-01: office renews it or takes it out" },
    ]);
  });
});

describe("a shadowed rule", () => {
  it("is one that earlier ones take everything from, and they are named", () => {
    const compiled = compiledSet([
      writtenRule("morning", { "<": [{ var: "hour" }, 12] }, { grid: true }),
      writtenRule("afternoon", { ">=": [{ var: "hour" }, 12] }, { grid: true }),
      writtenRule("lifts", says("电梯"), { group: "lifts" }),
    ]);
    const text = expect.stringMatching(
      /^nothing ever reaches it \(proven\): before it .*(morning|afternoon).* take all/,
    );
    expect(check(compiled)).toEqual([{ rule: "lifts", kind: "shadowed", text }]);
  });

  it("is one whose condition no message of this county can meet", () => {
    const compiled = compiledSet([
      writtenRule("township", is("grid.township", "T7"), { grid: true }),
      writtenRule("category", is("category", "lifts"), { grid: true }),
      writtenRule("both", { and: [is("grid.code", "G1"), is("grid.township", "T2")] }, { grid: true }),
      writtenRule("hour", { ">": [{ var: "hour" }, 23] }, { grid: true }),
    ]);
    const text = "no message can meet its condition in this county (proven)";
    expect(check(compiled)).toEqual(
      ["township", "category", "both", "hour"].map((rule) => ({ rule, kind: "shadowed", text })),
    );
  });

  it("is not one that outlives those before it, and is one that does not", () => {
    const before = [
      writtenRule("summer", { "<": [{ var: "hour" }, 12] }, { grid: true }, { expires: "2027-06-30" }),
      writtenRule("autumn", { ">=": [{ var: "hour" }, 12] }, { grid: true }, { expires: "2027-09-30" }),
    ];
    expect(kindsOf(compiledSet([...before, writtenRule("always", says("灯"), { grid: true })]))).toEqual([]);
    const until = (expires: string) => [...before, writtenRule("r", says("灯"), { grid: true }, { expires })];
    expect(kindsOf(compiledSet(until("2027-07-01")))).toEqual([]);
    expect(kindsOf(compiledSet(until("2027-06-30")))).toEqual([["r", "shadowed"]]);
  });

  it("is said to be only searched for where the search was cut off", () => {
    const words = Array.from({ length: 9 }, (_, index) => ["甲", "乙", "丙"].map((word) => says(`${word}${index}`)));
    const pairs = words.flatMap(([a, b, c]) => [{ and: [a, b] }, { and: [b, c] }, { and: [a, c] }]);
    const twice = { and: [...words.map((one) => ({ or: one })), { or: pairs }] };
    const compiled = compiledSet([
      ...pairs.map((when, index) => writtenRule(`pair${index}`, when, { grid: true })),
      writtenRule("twice", twice, { grid: true }),
    ]);
    expect(check(compiled)).toEqual([
      { rule: "twice", kind: "shadowed", text: expect.stringMatching(/\(searched, not proven\).* and \d+ more took/) },
    ]);
  });
});

describe("a duplicate", () => {
  const first = { and: [says("电梯"), { or: [is("grid.code", "G1"), is("grid.code", "G2")] }] };

  it.each<[string, unknown]>([
    ["in another order", { and: [{ or: [is("grid.code", "G2"), is("grid.code", "G1")] }, says("电梯")] }],
    ["with something said twice", { and: [says("电梯"), first, says("电梯")] }],
    ["in other brackets", { and: [{ and: [says("电梯")] }, { or: [first.and[1], { or: [is("grid.code", "G1")] }] }] }],
    ["denied twice", { "!": { or: [{ "!": says("电梯") }, { "!": first.and[1] }] } }],
    ["with a part that always holds", { and: [true, says("电梯"), { or: [false, first.and[1]] }] }],
    ["with a word in other characters", { and: [says("電梯"), first.and[1]] }],
  ])("is found %s: with the same target needless, with another a contradiction", (_how, again) => {
    const set = (target: unknown) =>
      compiledSet([writtenRule("one", first, { grid: true }), writtenRule("two", again, target)]);
    expect(check(set({ grid: true }))).toEqual([
      { rule: "two", kind: "duplicate", text: "it says again what one says before it: one of the two is enough" },
    ]);
    expect(check(set({ unit: "U1" }))).toEqual([
      { rule: "two", kind: "duplicate", text: expect.stringContaining("it contradicts one") },
    ]);
  });

  it("counts the order of a list as little", () => {
    const among = (...codes: unknown[]) => ({ in: [{ var: "grid.code" }, codes] });
    const compiled = compiledSet([
      writtenRule("one", among("G1", "G2"), { grid: true }),
      writtenRule("two", among("G2", "G1", "G2"), { office: true }),
    ]);
    expect(kindsOf(compiled)).toEqual([["two", "duplicate"]]);
  });

  it("is no rule that differs in anything, nor the successor of one that ends", () => {
    const compiled = compiledSet([
      writtenRule("one", first, { grid: true }, { expires: "2027-06-30" }),
      writtenRule("and", { and: [says("路灯"), says("坏")] }, { grid: true }),
      writtenRule("or", { or: [says("路灯"), says("坏")] }, { grid: true }),
      writtenRule("not", { "!": { or: [says("路灯"), says("坏"), says("电梯")] } }, { grid: true }),
      writtenRule("next", first, { office: true }),
    ]);
    expect(check(compiled)).toEqual([]);
  });
});

describe("a loop", () => {
  const handover = (of: string, by: string, fromOn: string, untilOn: string | null): Handover => ({
    ...{ of, by, fromOn, untilOn },
  });
  const loops = (...handovers: Handover[]) => check(compiledSet([]), { ...COUNTY, handovers });

  it("is people who stand in for each other on the same day, told once with its first day", () => {
    expect(
      loops(
        handover("D2", "D3", "2026-11-20", "2026-12-31"),
        handover("D3", "D1", "2026-12-01", null),
        handover("D1", "D2", "2026-11-01", "2026-12-05"),
      ),
    ).toEqual([
      {
        rule: null,
        kind: "loop",
        text: "from 2026-12-01 on they stand in for each other in a circle: D1 → D2 → D3 → D1",
      },
    ]);
  });

  it("may be one person's own", () => {
    expect(loops(handover("D1", "D1", "2026-11-01", null))).toMatchObject([
      { kind: "loop", text: expect.stringContaining("D1 → D1") },
    ]);
  });

  it("is not a chain, nor one on days that do not meet, nor one that is over", () => {
    expect(loops(handover("D1", "D2", "2026-11-01", null), handover("D2", "D3", "2026-11-01", null))).toEqual([]);
    expect(loops(handover("D1", "D2", "2026-11-01", "2026-11-30"), handover("D2", "D1", "2026-12-01", null))).toEqual(
      [],
    );
    expect(loops(handover("D1", "D2", "2026-11-01", "2026-11-23"), handover("D2", "D1", "2026-11-01", null))).toEqual(
      [],
    );
  });
});

describe("an overload", () => {
  const deputies = Array.from({ length: 10 }, (_, index) => pictured(`D${index}`, { groups: ["all"] }));
  const grids = deputies.map(({ code }) => picturedGrid(`G${code}`));
  const posts = deputies.map(({ code }) => ({ deputy: code, at: { grid: `G${code}` }, role: "primary" as const }));
  const county = picture({ deputies, grids, posts });
  const from = (index: number, text = "") => message({ text, grid: grids[index]! });
  const evenly = (count: number, text = "") => Array.from({ length: count }, (_, index) => from(index % 10, text));

  it("is more than a fifth of the past for one person, with the rule that does it", () => {
    const compiled = compiledSet([writtenRule("lamps", says("灯"), { deputy: "D4" })]);
    const past = [...evenly(160), ...evenly(40, "灯")];
    expect(check(compiled, county, { past })).toEqual([
      {
        rule: "lamps",
        kind: "overload",
        text: "deputy D4 (代表D4) would get 56 of the last 200 matters, 28 %, where 20 % is the most: 40 by lamps, 16 by otherwise",
      },
    ]);
    expect(check(compiled, county, { past, mostShare: 0.28 })).toEqual([]);
    expect(kindsOf(compiled, county, { past: [...evenly(190), ...evenly(10, "灯")] })).toEqual([]);
  });

  it("is said of no rule when many do it together", () => {
    const compiled = compiledSet(["灯", "路", "水"].map((word) => writtenRule(word, says(word), { deputy: "D4" })));
    const past = [...evenly(100), ...evenly(30, "灯"), ...evenly(30, "路"), ...evenly(30, "水")];
    expect(kindsOf(compiled, county, { past })).toEqual([[null, "overload"]]);
  });

  it("is not what a group divides among itself", () => {
    const compiled = compiledSet([writtenRule("lamps", says("灯"), { group: "all" })]);
    expect(check(compiled, county, { past: Array.from({ length: 500 }, () => from(3, "灯")) })).toEqual([]);
    expect(check(compiled, county, { past: Array.from({ length: 23 }, () => from(3, "灯")) })).toEqual([]);
  });

  it("is not a few matters, nor those that the office or a unit gets, nor those of no grid", () => {
    const few = Array.from({ length: 19 }, () => from(3));
    expect(check(compiledSet([]), county, { past: few })).toEqual([]);
    expect(kindsOf(compiledSet([]), county, { past: [...few, from(3)] })).toEqual([[null, "overload"]]);
    const many = Array.from({ length: 500 }, () => from(3));
    expect(check(compiledSet([], { office: true }), county, { past: many })).toEqual([]);
    expect(check(compiledSet([]), county, { past: many.map((one) => ({ ...one, grid: null })) })).toEqual([]);
  });

  it("is not an equal share in a county of few, and counts as everybody was there", () => {
    const few = { ...county, deputies: deputies.slice(0, 4).map((one) => ({ ...one, awayUntil: "2027-01-01" })) };
    const past = Array.from({ length: 400 }, (_, index) => from(index % 4));
    expect(check(compiledSet([]), few, { past }).filter(({ kind }) => kind === "overload")).toEqual([]);
    const uneven = past.map((_one, index) => from(index % 2 === 0 ? 0 : index % 4));
    expect(kindsOf(compiledSet([]), few, { past: uneven }).filter(([, kind]) => kind === "overload")).toEqual([
      [null, "overload"],
    ]);
  });
});

describe("a gap", () => {
  const empty = Array.from({ length: 300 }, (_, index) =>
    picturedGrid(`E${index}`, { station: index % 2 === 0 ? "S9" : null, township: "T3" }),
  );
  const county = { ...COUNTY, grids: [...COUNTY.grids, ...empty] };

  it("is every grid without anybody, as one finding with their number and a few of them", () => {
    const compiled = compiledSet([
      writtenRule("roads", is("category", "roads"), { grid: true }),
      writtenRule("lifts", says("电梯"), { group: "lifts" }),
    ]);
    expect(check(compiled, county)).toEqual([
      {
        rule: null,
        kind: "gap",
        text: "an ordinary message from 300 grids (E0, E1, E2, E3, E4 and 295 more) reaches no deputy, whatever its category: neither the grid nor its station has a deputy in office",
      },
    ]);
  });

  it("is a rule that leads to nobody where others would find somebody", () => {
    const compiled = compiledSet(
      [
        writtenRule("lamps", { and: [says("灯"), is("category", "roads")] }, { grid: true }),
        writtenRule("e7", { and: [says("水"), is("grid.code", "E7")] }, { station: true }),
        writtenRule("gone", says("路"), { deputy: "D9" }),
      ],
      { deputy: "D1" },
    );
    expect(check(compiled, county).filter(({ kind }) => kind === "gap")).toEqual([
      {
        rule: null,
        kind: "gap",
        text: expect.stringMatching(
          /^what lamps, gone take from 300 grids \(E0, .*\) reaches no deputy: .* with the words "灯" in the category roads$/,
        ),
      },
      { rule: "e7", kind: "gap", text: expect.stringMatching(/^what it takes from 1 grid \(E7\) reaches no deputy/) },
    ]);
  });

  it("is what no rule takes where the rules are what finds somebody", () => {
    const compiled = compiledSet([writtenRule("roads", is("category", "roads"), { deputy: "D1" })]);
    expect(check(compiled, county)).toMatchObject([
      { rule: null, kind: "gap", text: expect.stringMatching(/^what otherwise takes from 300 grids/) },
    ]);
  });

  it("is not what the office or a unit is meant to get, nor what a deputy gets from anywhere", () => {
    for (const otherwise of [{ office: true }, { unit: "U1" }, { deputy: "D1" }, { group: "lifts" }, { station: "S1" }])
      expect(check(compiledSet([], otherwise), county)).toEqual([]);
  });
});

test("a set of 10,000 rules in a county of 1,690 grids is checked in seconds", () => {
  const grids = Array.from({ length: 1690 }, (_, index) =>
    picturedGrid(`G${index}`, { township: `T${index % 18}`, community: `C${index % 300}`, station: `S${index % 40}` }),
  );
  const deputies = Array.from({ length: 900 }, (_, index) => pictured(`D${index}`, { groups: [`P${index % 20}`] }));
  const staffed = grids.filter((_, index) => index % 100 !== 98);
  const posts = staffed.map((grid, index) => ({
    ...{ deputy: `D${index % 900}`, at: { grid: grid.code }, role: "primary" as const },
  }));
  const categories = Array.from({ length: 15 }, (_, index) => `c${index}`);
  const compiled = compiledSet(
    Array.from({ length: 10_000 }, (_, index) =>
      index % 2 === 0
        ? writtenRule(
            `r${index}`,
            { and: [says(`甲${index}乙`), is("grid.township", `T${index % 18}`)] },
            { grid: true },
          )
        : writtenRule(`r${index}`, { and: [is("category", `c${index % 15}`), says(`丙${index}丁`)] }, { deputy: "D0" }),
    ),
    { office: true },
  );
  const past = Array.from({ length: 20_000 }, (_, index) =>
    message({ text: `甲${index % 10_000}乙`, grid: grids[index % 1690]! }),
  );
  const started = performance.now();
  const found = check(compiled, picture({ grids, deputies, posts, categories }), { past });
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`10,000 rules × 1,690 grids, 20,000 past matters: checked in ${seconds.toFixed(1)} s\n`);
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(["gap"]));
  expect(seconds).toBeLessThan(30);
});

it("says nothing of a kind that the contract does not name", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("D1", "D7", "D9"), { maxLength: 4 }), (codes) => {
      const rules = codes.map((code, index) => writtenRule(`r${index}`, says("灯"), { deputy: code }));
      for (const { kind, text } of check(compiledSet(rules))) {
        expect(FINDING_KINDS).toContain(kind);
        expect(text).toMatch(/\S.*\S/);
      }
    }),
  );
});
