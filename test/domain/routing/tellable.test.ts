import { expect, test } from "vitest";
import type { Decision, PassedOver } from "../../../src/domain/routing/route.ts";
import { tellable } from "../../../src/domain/routing/tellable.ts";

const deputy = (code: string, name: string) => ({ code, name }) as Decision["facts"]["gridDeputies"][number];
const decision = (passedOver: readonly PassedOver[]): Decision => ({
  ruleset: "default",
  rule: "sealed",
  way: "sealed",
  facts: {
    ...{
      grid: null,
      station: null,
      placeBy: "none",
      placeEvidence: "",
      scannedDeputy: null,
      on: "2026-11-24",
      sealed: true,
    },
    gridDeputies: [deputy("D1", "罗平"), deputy("D2", "何丽")],
    stationDeputies: [deputy("D3", "邵文")],
  },
  candidates: ["D1", "D2", "D3"],
  passedOver,
  chosen: { kind: "office" },
});

test("nothing is told of who is accused, heads a station of the accused or is close to them, not even that they are there", () => {
  for (const why of ["accused", "heads-accused", "related"] as const) {
    const told = tellable(decision([{ deputy: "D1", why }]));
    expect(told).toEqual({ gridDeputies: ["何丽"], passedOver: [] });
  }
});

test("nothing is told of them either where they are away as well", () => {
  const told = tellable(
    decision([
      { deputy: "D1", why: "away" },
      { deputy: "D1", why: "accused" },
      { deputy: "D3", why: "term-ended" },
    ]),
  );
  expect(told).toEqual({ gridDeputies: ["何丽"], passedOver: [{ deputy: "邵文", why: "term-ended" }] });
});

test("who is away, out of office or returned it is told by name", () => {
  const told = tellable(
    decision([
      { deputy: "D2", why: "returned" },
      { deputy: "D9", why: "away" },
    ]),
  );
  expect(told).toEqual({ gridDeputies: ["罗平", "何丽"], passedOver: [{ deputy: "何丽", why: "returned" }] });
});
