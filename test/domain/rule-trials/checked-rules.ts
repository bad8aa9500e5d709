import { checkRuleset } from "../../../src/domain/rule-trials/check.ts";
import { countMatters } from "../../../src/domain/rule-trials/check-load.ts";
import type { CountySnapshot } from "../../../src/domain/rule-trials/county-snapshot.ts";
import type { CompiledRuleset } from "../../../src/domain/rules/compile.ts";
import type { RuleFacts } from "../../../src/domain/rules/condition.ts";
import { snapshot, snapshotDeputy, snapshotGrid } from "../../county/snapshot.ts";

/** The text has this word. */
export const says = (word: string) => ({ in: [word, { var: "text" }] });
/** A fact has this value. */
export const is = (name: string, value: unknown) => ({ "==": [{ var: name }, value] });

/** Two grids at one station; every place has a deputy in office. */
export const COUNTY = snapshot({
  deputies: [
    snapshotDeputy("D1"),
    snapshotDeputy("D2", { groups: ["lifts"] }),
    snapshotDeputy("D3", { groups: ["lifts"] }),
    snapshotDeputy("D9", { untilOn: "2026-11-23", groups: ["old"] }),
  ],
  posts: [
    { deputy: "D1", at: { grid: "G1" }, role: "primary" },
    { deputy: "D2", at: { grid: "G2" }, role: "primary" },
    { deputy: "D3", at: { station: "S1" }, role: "primary" },
    { deputy: "D9", at: { station: "S9" }, role: "primary" },
  ],
  grids: [snapshotGrid("G1", { station: "S1" }), snapshotGrid("G2", { station: "S1", township: "T2" })],
  stations: [
    { code: "S1", name: "一站" },
    { code: "S9", name: "九站" },
  ],
  groups: ["empty"],
  units: ["U1"],
  categories: ["roads", "water"],
});

/** What a past message was like. */
export const message = (change: Partial<RuleFacts> = {}): RuleFacts => ({
  ...{ text: "", category: null, channel: "c", language: "zh-CN", hour: 9, weekday: 2, hasPhoto: false },
  ...{ grid: null, resident: { openCases: 0 } },
  ...change,
});

/** What a check of these rules finds. */
export function check(
  compiled: CompiledRuleset,
  county: CountySnapshot = COUNTY,
  { past = [], mostShare }: { readonly past?: readonly RuleFacts[]; readonly mostShare?: number } = {},
) {
  const counted = countMatters(compiled, county.on);
  for (const facts of past) counted.add(facts);
  return checkRuleset(compiled, county, counted, { mostShare });
}

/** The rules and kinds of what it finds. */
export const kindsOf = (...given: Parameters<typeof check>) => check(...given).map(({ rule, kind }) => [rule, kind]);
