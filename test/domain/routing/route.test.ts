import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEPUTY_LEVELS, type DeputyFacts } from "../../../src/domain/routing/nearness.ts";
import { type RoutingFacts, route } from "../../../src/domain/routing/route.ts";
import { deputyFacts, routingFacts as facts } from "../../county/routing-facts.ts";

const deputy = (code: string, change: Partial<DeputyFacts> = {}) => deputyFacts(code, { level: "county", ...change });

const chosenBy = (given: RoutingFacts) => {
  const { chosen } = route(given);
  return chosen.kind === "deputy" ? chosen.deputy : "office";
};

describe("who is responsible", () => {
  it.each<[string, Partial<RoutingFacts>, string, string]>([
    [
      "the lowest level first",
      { gridDeputies: [deputy("A", { level: "city" }), deputy("B", { level: "township" })] },
      "B",
      "grid",
    ],
    ["primary before backup", { gridDeputies: [deputy("A", { role: "backup" }), deputy("B")] }, "B", "grid"],
    [
      "a backup of a lower level before a primary of a higher one",
      { gridDeputies: [deputy("A", { level: "county" }), deputy("B", { level: "township", role: "backup" })] },
      "B",
      "grid",
    ],
    [
      "then the fewest open cases",
      { gridDeputies: [deputy("A", { openCases: 3 }), deputy("B", { openCases: 1 })] },
      "B",
      "grid",
    ],
    [
      "then the code, so that the same facts give the same deputy",
      { gridDeputies: [deputy("B"), deputy("A")] },
      "A",
      "grid",
    ],
    [
      "somebody of the grid before anybody of the station",
      { gridDeputies: [deputy("A", { level: "national" })], stationDeputies: [deputy("B", { level: "township" })] },
      "A",
      "grid",
    ],
    ["the station where the grid has nobody", { stationDeputies: [deputy("B")] }, "B", "station"],
    ["the office where nobody is", {}, "office", "office"],
    [
      "the deputy whose code was scanned",
      { scannedDeputy: deputy("Z"), gridDeputies: [deputy("A")] },
      "Z",
      "scanned-deputy",
    ],
    [
      "never one who is away",
      { gridDeputies: [deputy("A", { awayUntil: "2026-12-01T00:00:00.000Z" })], stationDeputies: [deputy("B")] },
      "B",
      "station",
    ],
    ["never one whose term has ended", { gridDeputies: [deputy("A", { untilOn: "2026-11-22" })] }, "office", "office"],
    ["one on the last day of the term", { gridDeputies: [deputy("A", { untilOn: "2026-11-23" })] }, "A", "grid"],
    [
      "the office for what is sealed, whoever answers there",
      { sealed: true, gridDeputies: [deputy("A")] },
      "office",
      "sealed",
    ],
  ])("is %s", (_name, given, expected, rule) => {
    expect(chosenBy(facts(given))).toBe(expected);
    expect(route(facts(given)).rule).toBe(rule);
  });

  it("says who was passed over and why", () => {
    const given = facts({
      gridDeputies: [
        deputy("A", { awayUntil: "2026-12-01T00:00:00.000Z" }),
        deputy("B"),
        deputy("C", { level: "township" }),
      ],
    });
    const decision = route(given, [{ deputy: "C", why: "returned" }]);
    expect(decision.chosen).toEqual({ kind: "deputy", deputy: "B" });
    expect(decision.passedOver).toEqual([
      { deputy: "C", why: "returned" },
      { deputy: "A", why: "away" },
    ]);
  });

  it("can be recomputed from its own record, and never chooses anybody who may not have it", () => {
    const anyDeputy = fc.record({
      code: fc.constantFrom("A", "B", "C", "D", "E"),
      name: fc.constant("某代表"),
      level: fc.constantFrom(...DEPUTY_LEVELS),
      role: fc.constantFrom("primary" as const, "backup" as const),
      openCases: fc.nat(9),
      untilOn: fc.option(fc.constantFrom("2026-01-01", "2030-01-01")),
      awayUntil: fc.option(fc.constant("2026-12-01T00:00:00.000Z")),
    });
    const someDeputies = fc.uniqueArray(anyDeputy, { selector: (one) => one.code });
    fc.assert(
      fc.property(someDeputies, someDeputies, fc.subarray(["A", "B", "C"]), (ofGrid, ofStation, barredCodes) => {
        const barred = barredCodes.map((code) => ({ deputy: code, why: "accused" as const }));
        const decision = route(facts({ gridDeputies: ofGrid, stationDeputies: ofStation }), barred);
        expect(route(decision.facts, barred)).toEqual(decision);
        if (decision.chosen.kind === "office") return;
        const { deputy: chosen } = decision.chosen;
        expect(barredCodes).not.toContain(chosen);
        const picked = [...ofGrid, ...ofStation].filter((one) => one.code === chosen);
        expect(picked.some((one) => one.awayUntil === null && one.untilOn !== "2026-01-01")).toBe(true);
      }),
    );
  });
});
