import { expect, it } from "vitest";
import {
  type Offices,
  previewSuccession,
  type SuccessionStep,
  sayMistake,
} from "../../../src/domain/routing/succession.ts";

const deputy = (name: string, untilOn: string | null = null, openAt: Record<string, number> = {}) => ({
  ...{ name, untilOn },
  openAt: new Map(Object.entries(openAt)),
});
const OFFICES: Offices = {
  deputies: new Map([
    ["D1", deputy("甲", "2026-12-31", { G1: 2, "": 1 })],
    ["D2", deputy("乙", "2031-12-31")],
    ["D3", deputy("丙", "2026-11-30")],
    ["D4", deputy("丁")],
  ]),
  placesOf: new Map([
    ["D1", ["G1", "G2", "S1"]],
    ["D2", ["G3"]],
  ]),
};
const TIME = { effectiveOn: "2027-01-01", today: "2026-11-24" };
const preview = (steps: readonly SuccessionStep[], time = TIME) => previewSuccession(steps, OFFICES, time);

it("shows who follows where, how many cases move, and where nobody follows", () => {
  expect(preview([{ from: "D1", to: "D4" }])).toEqual({
    ok: true,
    steps: [{ from: "D1", to: "D4", names: "甲 → 丁", places: ["G1", "G2", "S1"], left: [], openCases: 3 }],
  });
  const divided = preview([
    { from: "D1", to: "D4", places: ["G1"] },
    { from: "D1", to: "D2", places: ["S1"] },
  ]);
  expect(divided.ok && divided.steps.map(({ left, openCases }) => [left, openCases])).toEqual([
    [["G2"], 2],
    [["G2"], 0],
  ]);
});

it.each<[string, SuccessionStep[], string]>([
  ["an unknown predecessor", [{ from: "D9", to: "D4" }], "row 1: there is no deputy D9"],
  ["an unknown successor", [{ from: "D1", to: "D9" }], "row 1: there is no deputy D9: import the new deputies first"],
  ["somebody who follows themselves", [{ from: "D1", to: "D1" }], "row 1: D1 cannot follow themselves"],
  [
    "a successor whose term is over",
    [{ from: "D1", to: "D3" }],
    "row 1: the term of D3 ends on 2026-11-30, before that day",
  ],
  ["a place where nobody served", [{ from: "D1", to: "D4", places: ["G3"] }], "row 1: D1 does not serve at G3"],
  [
    "two successors at one place",
    [
      { from: "D1", to: "D4", places: ["G1"] },
      { from: "D1", to: "D2" },
    ],
    "D4 and D2 both follow D1 at G1",
  ],
  [
    "a successor who leaves on the same day",
    [
      { from: "D1", to: "D2" },
      { from: "D2", to: "D4" },
    ],
    "D2 follows D1 and leaves on the same day",
  ],
  ["no row at all", [], "There is no row in it."],
])("refuses %s", (_what, steps, problem) => {
  const result = preview(steps);
  expect(result.ok ? [] : result.mistakes.map(sayMistake)).toContain(problem);
});

it("is planned ahead", () => {
  const result = preview([{ from: "D1", to: "D4" }], { effectiveOn: "2026-11-24", today: "2026-11-24" });
  expect(result.ok ? [] : result.mistakes.map(sayMistake)).toEqual([
    "2026-11-24 is not after today: a succession is planned ahead.",
  ]);
});
