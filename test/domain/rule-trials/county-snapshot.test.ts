import { describe, expect, it } from "vitest";
import { snapshot, snapshotDeputy, snapshotGrid } from "../../county/snapshot.ts";
import { compiledSet, writtenRule } from "../../rule-sets.ts";
import { COUNTY, check, is, kindsOf, message, says } from "./checked-rules.ts";

describe("an overload", () => {
  const deputies = Array.from({ length: 10 }, (_, index) => snapshotDeputy(`D${index}`, { groups: ["all"] }));
  const grids = deputies.map(({ code }) => snapshotGrid(`G${code}`));
  const posts = deputies.map(({ code }) => ({ deputy: code, at: { grid: `G${code}` }, role: "primary" as const }));
  const county = snapshot({ deputies, grids, posts });
  const from = (index: number, text = "") => message({ text, grid: grids[index]! });
  const evenly = (count: number, text = "") => Array.from({ length: count }, (_, index) => from(index % 10, text));

  it("is more than a fifth of the past for one person, with the rule that does it", () => {
    const compiled = compiledSet([writtenRule("lamps", says("灯"), { deputy: "D4" })]);
    const past = [...evenly(160), ...evenly(40, "灯")];
    expect(check(compiled, county, { past })).toMatchObject([
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
    snapshotGrid(`E${index}`, { station: index % 2 === 0 ? "S9" : null, township: "T3" }),
  );
  const county = { ...COUNTY, grids: [...COUNTY.grids, ...empty] };

  it("is every grid without anybody, as one finding with their number and a few of them", () => {
    const compiled = compiledSet([
      writtenRule("roads", is("category", "roads"), { grid: true }),
      writtenRule("lifts", says("电梯"), { group: "lifts" }),
    ]);
    expect(check(compiled, county)).toMatchObject([
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
    expect(check(compiled, county).filter(({ kind }) => kind === "gap")).toMatchObject([
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
