import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { followersOf } from "../../../src/domain/routing/followers.ts";
import { DEPUTY_LEVELS, type DeputyFacts } from "../../../src/domain/routing/nearness.ts";
import { type Neighbour, type PassedOver, type RoutingFacts, route } from "../../../src/domain/routing/route.ts";
import { deputyFacts as deputy, routingFacts as facts } from "../../county/routing-facts.ts";

const county = (code: string, change: Partial<DeputyFacts> = {}) => deputy(code, { level: "county", ...change });
const AWAY = "2026-12-01T00:00:00.000Z";

const neighbour = (gridDeputies: DeputyFacts[], stationDeputies: DeputyFacts[] = []): Neighbour => ({
  grid: { code: "G2", name: "北大街", township: "城关镇", community: "北大街社区" },
  station: { code: "S2", name: "城关镇联络站" },
  gridDeputies,
  stationDeputies,
});
const border = (...of: Parameters<typeof neighbour>) => ({ ...neighbour(...of), danger: "railing" });

const following = (given: RoutingFacts, barred: readonly PassedOver[] = []) =>
  followersOf(route(given, barred), barred).map(({ deputy, why, isAway }) =>
    [deputy, why, ...(isAway ? ["away"] : [])].join(" "),
  );

describe("who follows a case", () => {
  it.each<[string, Partial<RoutingFacts>, string[]]>([
    ["nobody where one level answers", { gridDeputies: [deputy("A"), deputy("B", { role: "backup" })] }, []],
    [
      "the grid's deputies of higher levels, nearest first",
      { gridDeputies: [deputy("N", { level: "national" }), deputy("A"), county("C")] },
      ["C higher-level", "N higher-level"],
    ],
    [
      "those above the one who has it, not those of that one's level",
      { gridDeputies: [deputy("A", { awayUntil: AWAY }), county("B"), county("C", { openCases: 2 })] },
      [],
    ],
    [
      "whoever is away too, who will find it in the list",
      { gridDeputies: [deputy("A"), county("C", { awayUntil: AWAY })] },
      ["C higher-level away"],
    ],
    ["nobody whose term is over", { gridDeputies: [deputy("A"), county("C", { untilOn: "2026-11-22" })] }, []],
    [
      "the last day of a term counts",
      { gridDeputies: [deputy("A"), county("C", { untilOn: "2026-11-23" })] },
      ["C higher-level"],
    ],
    ["nobody of the station alone", { stationDeputies: [deputy("A"), county("C")] }, []],
    ["nobody of what is with the office alone", { gridDeputies: [county("C", { awayUntil: AWAY })] }, []],
    ["nobody of what is sealed", { sealed: true, gridDeputies: [deputy("A"), county("C")] }, []],
    [
      "the levels above one whom a rule names",
      {
        gridDeputies: [deputy("A"), county("C"), deputy("P", { level: "city" })],
        target: {
          ...{ version: 1, ruleset: "R", rule: "lifts", reason: "r", name: "物业组" },
          target: { kind: "group", code: "g" },
          deputies: [county("X")],
          message: {
            ...{ category: null, channel: "c", language: "zh-CN", hour: 8, weekday: 1, hasPhoto: false, grid: null },
            resident: { openCases: 0 },
            words: [],
          },
        },
      },
      ["P higher-level"],
    ],
    [
      "the levels above one whom a person chose",
      { gridDeputies: [deputy("A"), county("C")], byHand: { by: "林", deputy: deputy("X") } },
      ["C higher-level"],
    ],
    [
      "the deputy of the home grid, where work was not paid elsewhere",
      { gridDeputies: [deputy("A")], home: neighbour([county("H2"), deputy("H")]) },
      ["H home-grid"],
    ],
    [
      "the home's station, where its grid has nobody",
      { gridDeputies: [deputy("A")], home: neighbour([], [deputy("H")]) },
      ["H home-grid"],
    ],
    [
      "somebody of the home who is there before somebody who is away",
      { gridDeputies: [deputy("A")], home: neighbour([deputy("H", { awayUntil: AWAY }), county("H2")]) },
      ["H2 home-grid"],
    ],
    ["the home grid's deputy even where nobody has it", { home: neighbour([deputy("H")]) }, ["H home-grid"]],
    [
      "nobody twice, and the stronger reason holds",
      { gridDeputies: [deputy("A"), county("C")], home: neighbour([county("C")]) },
      ["C home-grid"],
    ],
    [
      "nobody for a home that is the place itself",
      { gridDeputies: [deputy("A")], home: { ...neighbour([deputy("H")]), grid: facts().grid } },
      [],
    ],
    [
      "the other side of a border",
      { gridDeputies: [deputy("A")], border: border([deputy("B", { openCases: 1 })]) },
      ["B other-side"],
    ],
    [
      "this side, where the other one's deputy has it",
      { gridDeputies: [deputy("A", { openCases: 1 }), deputy("C", { openCases: 2 })], border: border([deputy("B")]) },
      ["A other-side"],
    ],
    ["nobody beyond a border without people", { gridDeputies: [deputy("A")], border: border([]) }, []],
  ])("%s", (_what, change, expected) => {
    expect(following(facts(change))).toEqual(expected);
  });

  it.each(["accused", "heads-accused", "related", "returned"] as const)("never who is barred as %s", (why) => {
    const all = facts({
      gridDeputies: [deputy("A"), county("C"), county("D")],
      home: neighbour([deputy("C")]),
      border: border([deputy("C", { openCases: 3 })]),
    });
    expect(following(all, [{ deputy: "C", why }])).toEqual(["D higher-level"]);
  });
});

test("nobody follows what they have, what is sealed or what they are barred from, whoever there is", () => {
  const someone = fc.record({
    code: fc.constantFrom("A", "B", "C", "D", "E"),
    level: fc.constantFrom(...DEPUTY_LEVELS),
    role: fc.constantFrom("primary" as const, "backup" as const),
    openCases: fc.nat(3),
    untilOn: fc.constantFrom(null, "2026-11-22", "2026-11-23"),
    awayUntil: fc.constantFrom(null, AWAY),
  });
  const some = fc.array(
    someone.map((one) => deputy(one.code, one)),
    { maxLength: 4 },
  );
  const all = fc.record({
    gridDeputies: some,
    stationDeputies: some,
    sealed: fc.boolean(),
    border: fc.option(some.map((there) => border(there))),
    home: fc.option(some.map((there) => neighbour(there))),
  });
  const barring = fc.array(
    fc.record({ deputy: fc.constantFrom("A", "B", "C"), why: fc.constantFrom("accused" as const, "related" as const) }),
    { maxLength: 2 },
  );
  fc.assert(
    fc.property(all, barring, (given, barred) => {
      const decision = route(facts(given), barred);
      const followers = followersOf(decision, barred);
      const codes = followers.map((one) => one.deputy);
      expect(new Set(codes).size).toBe(codes.length);
      if (given.sealed) expect(codes).toEqual([]);
      if (decision.chosen.kind === "deputy") expect(codes).not.toContain(decision.chosen.deputy);
      else expect(followers.every(({ why }) => why === "home-grid")).toBe(true);
      for (const { deputy: code } of barred) expect(codes).not.toContain(code);
      expect(followersOf(decision, barred)).toEqual(followers);
    }),
  );
});
