import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Handover } from "../../../src/domain/rule-trials/county-snapshot.ts";
import { FINDING_KINDS } from "../../../src/domain/rules/finding-values.ts";
import { snapshot, snapshotDeputy, snapshotGrid } from "../../county/snapshot.ts";
import { computingMsOf } from "../../quiet-time.ts";
import { compiledSet, writtenRule } from "../../rule-sets.ts";
import { COUNTY, check, is, kindsOf, message, says } from "./checked-rules.ts";

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
    expect(check(compiledSet([writtenRule("r", says("灯"), target)]))).toMatchObject([
      { rule: "r", kind: "unknown-target", text },
    ]);
    expect(check(compiledSet([], target))).toMatchObject([
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
    expect(check(compiled)).toMatchObject([
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
    expect(check(compiled)).toMatchObject([{ rule: "lifts", kind: "shadowed", text }]);
  });

  it("is one whose condition no message of this county can meet", () => {
    const compiled = compiledSet([
      writtenRule("township", is("grid.township", "T7"), { grid: true }),
      writtenRule("category", is("category", "lifts"), { grid: true }),
      writtenRule("both", { and: [is("grid.code", "G1"), is("grid.township", "T2")] }, { grid: true }),
      writtenRule("hour", { ">": [{ var: "hour" }, 23] }, { grid: true }),
    ]);
    const text = "no message can meet its condition in this county (proven)";
    expect(check(compiled)).toMatchObject(
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
    expect(check(compiled)).toMatchObject([
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
    expect(check(set({ grid: true }))).toMatchObject([
      { rule: "two", kind: "duplicate", text: "it says again what one says before it: one of the two is enough" },
    ]);
    expect(check(set({ unit: "U1" }))).toMatchObject([
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
    ).toMatchObject([
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

test("a set of 10,000 rules in a county of 1,690 grids is checked in seconds", () => {
  const grids = Array.from({ length: 1690 }, (_, index) =>
    snapshotGrid(`G${index}`, { township: `T${index % 18}`, community: `C${index % 300}`, station: `S${index % 40}` }),
  );
  const deputies = Array.from({ length: 900 }, (_, index) =>
    snapshotDeputy(`D${index}`, { groups: [`P${index % 20}`] }),
  );
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
  let found: ReturnType<typeof check> = [];
  const ms = computingMsOf(() => {
    found = check(compiled, snapshot({ grids, deputies, posts, categories }), { past });
  });
  const seconds = ms / 1000;
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
