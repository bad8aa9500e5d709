import { describe, expect, it } from "vitest";
import type { CountySnapshot } from "../../../src/domain/rule-trials/county-snapshot.ts";
import { coverageOf } from "../../../src/domain/rule-trials/coverage.ts";
import { snapshot, snapshotDeputy, snapshotGrid } from "../../county/snapshot.ts";
import { compiledSet, writtenRule } from "../../rule-sets.ts";

const says = (word: string) => ({ in: [word, { var: "text" }] });

const COUNTY = snapshot({
  deputies: [
    snapshotDeputy("D1", { level: "township", untilOn: "2031-12-31" }),
    snapshotDeputy("D2", { untilOn: "2030-12-31", groups: ["lifts"] }),
    snapshotDeputy("D3"),
    snapshotDeputy("D9", { untilOn: "2026-11-23" }),
  ],
  posts: [
    { deputy: "D2", at: { grid: "G1" }, role: "primary" },
    { deputy: "D1", at: { grid: "G1" }, role: "backup" },
    { deputy: "D3", at: { station: "S1" }, role: "primary" },
    { deputy: "D2", at: { grid: "G2" }, role: "primary" },
    { deputy: "D9", at: { grid: "G3" }, role: "primary" },
  ],
  grids: [snapshotGrid("G1", { station: "S1" }), snapshotGrid("G2"), snapshotGrid("G3")],
  stations: [{ code: "S1", name: "一站" }],
  categories: ["roads"],
});

const away = (county: CountySnapshot, code: string, substitute: string | null = null): CountySnapshot => ({
  ...county,
  deputies: county.deputies.map((one) =>
    one.code === code ? { ...one, awayUntil: "2026-12-01T00:00:00.000Z", substitute } : one,
  ),
});
const steps = (coverage: ReturnType<typeof coverageOf>) =>
  Object.fromEntries(coverage.grids.map(({ grid, chain }) => [grid, chain.map(({ deputy, as }) => `${deputy} ${as}`)]));

describe("the certificate of a county", () => {
  it("shows for each grid who comes after whom, with those who are in office alone", () => {
    const coverage = coverageOf(COUNTY, compiledSet([]));
    expect(steps(coverage)).toEqual({ G1: ["D1 grid", "D2 grid", "D3 station"], G2: ["D2 grid"], G3: [] });
    expect(coverage.grids.map(({ grid, now, personUntil }) => [grid, now, personUntil])).toEqual([
      ["G1", "D1", null],
      ["G2", "D2", "2030-12-31"],
      ["G3", "office", null],
    ]);
    expect(coverage).toMatchObject({ on: "2026-11-24", withoutPerson: ["G3"], officeNow: [] });
  });

  it("keeps whoever is away in the chain, and says who has it now", () => {
    const coverage = coverageOf(away(away(COUNTY, "D1"), "D2"), compiledSet([]));
    expect(steps(coverage)).toMatchObject({ G1: ["D1 grid", "D2 grid", "D3 station"], G2: ["D2 grid"] });
    expect(coverage.grids.map(({ now }) => now)).toEqual(["D3", "office", "office"]);
    expect(coverage.officeNow).toEqual(["G2"]);
    expect(coverage.grids[0]!.chain[0]).toMatchObject({ name: "代表D1", awayUntil: "2026-12-01T00:00:00.000Z" });
  });

  it("names the grids nobody of whom has bound a chat, which are no gaps: their station calls somebody", () => {
    const silent = (...codes: string[]) => ({
      ...COUNTY,
      deputies: COUNTY.deputies.map((one) => ({ ...one, hasChat: !codes.includes(one.code) })),
    });
    const some = coverageOf(silent("D1", "D2"), compiledSet([]));
    expect(some).toMatchObject({ withoutChat: ["G2"], withoutPerson: ["G3"] });
    expect(some.grids[0]!.chain.map(({ hasChat }) => hasChat)).toEqual([false, false, true]);
    expect(coverageOf(silent("D1", "D2", "D3"), compiledSet([])).withoutChat).toEqual(["G1", "G2"]);
  });

  it("names the grids from which nobody can be reached now: no chat, all away, or the term over", () => {
    const all = coverageOf(COUNTY, compiledSet([]));
    expect([all.ok, all.unreachable]).toEqual([false, ["G3"]]);
    const whole = { ...COUNTY, grids: COUNTY.grids.filter(({ code }) => code !== "G3") };
    expect(coverageOf(whole, compiledSet([]))).toMatchObject({ ok: true, unreachable: [] });
    expect(coverageOf(away(whole, "D2"), compiledSet([]))).toMatchObject({ ok: false, unreachable: ["G2"] });
    expect(coverageOf(away(whole, "D2", "D3"), compiledSet([]))).toMatchObject({ ok: true, unreachable: [] });
    const silent = {
      ...whole,
      deputies: whole.deputies.map((one) => ({ ...one, hasChat: one.code !== "D2" && one.code !== "D3" })),
    };
    expect(coverageOf(silent, compiledSet([]))).toMatchObject({ ok: false, unreachable: ["G2"], withoutPerson: [] });
    expect(coverageOf(away(silent, "D1"), compiledSet([])).unreachable).toEqual(["G1", "G2"]);
  });

  it("puts a substitute right behind whoever they stand in for", () => {
    const coverage = coverageOf(away(COUNTY, "D2", "D3"), compiledSet([]));
    expect(steps(coverage)).toMatchObject({
      G1: ["D1 grid", "D2 grid", "D3 substitute"],
      G2: ["D2 grid", "D3 substitute"],
    });
    expect(coverage.grids[1]!.now).toBe("D3");
    expect(coverage.officeNow).toEqual([]);
  });

  it("goes on to whoever stands in for one whose term is over", () => {
    const coverage = coverageOf(away(COUNTY, "D9", "D1"), compiledSet([]));
    expect(steps(coverage)).toMatchObject({ G3: ["D1 substitute"] });
    expect(coverage.withoutPerson).toEqual([]);
  });

  it("ends, even where people stand in for each other in a circle", () => {
    const coverage = coverageOf(away(away(COUNTY, "D2", "D3"), "D3", "D2"), compiledSet([]));
    expect(steps(coverage)).toMatchObject({ G2: ["D2 grid", "D3 substitute"] });
    expect(coverage.officeNow).toEqual(["G2"]);
  });

  it("goes by the rule that takes a plain message, and by what holds where none does", () => {
    const everything = coverageOf(
      COUNTY,
      compiledSet([writtenRule("all", true, { group: "lifts" })], { office: true }),
    );
    expect(steps(everything)).toEqual({
      G1: ["D2 target", "D1 grid", "D3 station"],
      G2: ["D2 target"],
      G3: ["D2 target"],
    });
    expect(everything.grids.map(({ rule }) => rule)).toEqual(["all", "all", "all"]);
    const otherwise = coverageOf(COUNTY, compiledSet([], { deputy: "D3" }));
    expect(steps(otherwise)).toMatchObject({ G2: ["D3 target", "D2 grid"], G3: ["D3 target"] });
    expect(otherwise.grids[0]!.rule).toBeNull();
  });

  it("counts a grid as without a person when a rule takes anything from there to nobody", () => {
    const compiled = compiledSet([writtenRule("lamps", says("灯"), { grid: true })], { deputy: "D3" });
    const coverage = coverageOf(COUNTY, compiled);
    expect(coverage.withoutPerson).toEqual(["G3"]);
    expect(coverage.gaps).toMatchObject([{ rules: ["lamps"], grids: ["G3"] }]);
  });

  it("has no person where the office itself answers", () => {
    const coverage = coverageOf(COUNTY, compiledSet([], { office: true }));
    expect(coverage.withoutPerson).toEqual(["G1", "G2", "G3"]);
    expect(coverage.gaps).toEqual([]);
  });
});
