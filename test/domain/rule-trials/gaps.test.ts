import fc from "fast-check";
import { expect, it } from "vitest";
import type { DeputyFacts } from "../../../src/domain/routing/nearness.ts";
import { type RoutingFacts, route } from "../../../src/domain/routing/route.ts";
import { type CountySnapshot, countyOf, type SnapshotPost } from "../../../src/domain/rule-trials/county-snapshot.ts";
import { coverageOf } from "../../../src/domain/rule-trials/coverage.ts";
import { gapsOf } from "../../../src/domain/rule-trials/gaps.ts";
import type { CompiledRuleset } from "../../../src/domain/rules/compile.ts";
import type { RuleFacts } from "../../../src/domain/rules/condition.ts";
import type { RuleTarget } from "../../../src/domain/rules/ruleset.ts";
import { snapshot, snapshotDeputy, snapshotGrid } from "../../county/snapshot.ts";
import { compiledSet, writtenRule } from "../../rule-sets.ts";

const GRIDS = [
  snapshotGrid("G1", { station: "S1" }),
  snapshotGrid("G2", { station: "S2", township: "T2" }),
  snapshotGrid("G3", { station: null, township: "T2" }),
];
const CODES = ["D1", "D2", "D3", "D4"];
const WORDS = ["电梯", "梯", "路灯"];

const deputies = fc
  .tuple(
    ...CODES.map((code) =>
      fc.record({
        code: fc.constant(code),
        level: fc.constantFrom("township" as const, "county" as const),
        untilOn: fc.constantFrom(null, "2026-11-23", "2026-11-24"),
        groups: fc.subarray(["P1"]),
        openCases: fc.nat(2),
        awayUntil: fc.option(fc.constant("2026-12-01T00:00:00Z")),
        substitute: fc.option(fc.constantFrom(...CODES)),
      }),
    ),
  )
  .map((all) => all.map((one) => snapshotDeputy(one.code, one)));
const posts: fc.Arbitrary<SnapshotPost[]> = fc.array(
  fc.record({
    deputy: fc.constantFrom(...CODES),
    at: fc.constantFrom({ grid: "G1" }, { grid: "G2" }, { grid: "G3" }, { station: "S1" }, { station: "S2" }),
    role: fc.constantFrom("primary" as const, "backup" as const),
  }),
  { maxLength: 3 },
);
const stations = ["S1", "S2"].map((code) => ({ code, name: code }));
const county = fc
  .record({ deputies, posts })
  .map((people): CountySnapshot => snapshot({ ...people, stations, grids: GRIDS, categories: ["A", "B"] }));

const condition: fc.Arbitrary<unknown> = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...WORDS).map((word) => ({ in: [word, { var: "text" }] })),
    fc.constantFrom("A", "B", null).map((value) => ({ "==": [{ var: "category" }, value] })),
    fc.constantFrom("G1", "G2", "G3").map((value) => ({ "==": [{ var: "grid.code" }, value] })),
    fc.constantFrom("T1", "T2").map((value) => ({ "!=": [{ var: "grid.township" }, value] })),
    fc.constantFrom(9, 10).map((hour) => ({ "<": [{ var: "hour" }, hour] })),
    fc.constantFrom({ var: "hasPhoto" }, true),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((of) => ({ and: of })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((of) => ({ or: of })),
    tie("condition").map((of) => ({ "!": of })),
  ),
})).condition;
const target = fc.constantFrom<Record<string, unknown>>(
  ...[{ grid: true }, { station: true }, { station: "S1" }, { deputy: "D1" }, { deputy: "D2" }],
  ...[{ group: "P1" }, { office: true }, { unit: "U1" }],
);
const ruleset = fc.tuple(fc.array(fc.tuple(condition, target), { maxLength: 4 }), target).map(([rules, otherwise]) =>
  compiledSet(
    rules.map(([when, assign], index) => writtenRule(`r${index}`, when, assign)),
    otherwise,
  ),
);

/** One message of each kind that these conditions can tell apart. */
const MESSAGES = GRIDS.flatMap((grid) =>
  Array.from({ length: 2 ** WORDS.length }, (_, set) =>
    WORDS.filter((_word, index) => (set >> index) % 2 === 1).join("。"),
  ).flatMap((text) =>
    ["A", "B", null].flatMap((category) =>
      [8, 9, 10].flatMap((hour) =>
        [true, false].map((hasPhoto) => ({
          grid,
          facts: {
            ...{ text, category, hour, hasPhoto, grid, channel: "c", language: "zh-CN", weekday: 1 },
            resident: { openCases: 0 },
          } satisfies RuleFacts,
        })),
      ),
    ),
  ),
);

const ABSENCE_STATES = Array.from(
  { length: 2 ** CODES.length },
  (_, set) => new Set(CODES.filter((_code, index) => (set >> index) % 2 === 1)),
);

/** Who gets a message when these people are away: routing's own answer, on facts put together here. */
function takerWith(where: CountySnapshot, to: RuleTarget, grid: (typeof GRIDS)[number], away: ReadonlySet<string>) {
  const known = where.deputies.map((one): DeputyFacts => {
    return { ...one, role: "primary", awayUntil: away.has(one.code) ? "2027-01-01T00:00:00Z" : null };
  });
  const who = (codes: readonly string[]) => known.filter(({ code }) => codes.includes(code));
  const at = (place: object) =>
    where.posts
      .filter((post) => JSON.stringify(post.at) === JSON.stringify(place))
      .flatMap(({ deputy, role }) => who([deputy]).map((one) => ({ ...one, role })));
  const facts: RoutingFacts = {
    ...{ grid, station: null, placeBy: "scene", placeEvidence: "", scannedDeputy: null, on: where.on, sealed: false },
    gridDeputies: at({ grid: grid.code }),
    stationDeputies: at({ station: grid.station }),
    target: {
      ...{ version: 1, ruleset: "s", rule: null, reason: null, target: to, name: null },
      deputies:
        to.kind === "deputy"
          ? who([to.code])
          : to.kind === "group"
            ? known.filter((_one, index) => where.deputies[index]!.groups.includes(to.code))
            : to.kind === "station" && to.code !== null
              ? at({ station: to.code })
              : [],
      message: { ...MESSAGES[0]!.facts, words: [] },
    },
    substitutes: known,
  };
  const { chosen } = route(facts);
  return chosen.kind === "office" ? null : chosen.deputy;
}

/** Every pair of a grid and a rule by which some message ends at the office in every absence state, unmeant. */
function lostIn(where: CountySnapshot, compiled: CompiledRuleset): Set<string> {
  const dead = new Map<string, boolean>();
  const isDead = (to: RuleTarget, grid: (typeof GRIDS)[number]) => {
    if (to.kind === "office" || to.kind === "unit") return false;
    const key = JSON.stringify([to, grid.code]);
    const answer = dead.get(key) ?? ABSENCE_STATES.every((away) => takerWith(where, to, grid, away) === null);
    dead.set(key, answer);
    return answer;
  };
  const lost = MESSAGES.flatMap(({ grid, facts }) => {
    const rule = compiled.firstMatch(facts, where.on);
    return isDead(rule?.target ?? compiled.ruleset.otherwise, grid) ? [`${grid.code} ${rule?.id ?? "-"}`] : [];
  });
  return new Set(lost);
}

it("a gap is said exactly where every absence state of some message ends at nobody", () => {
  fc.assert(
    fc.property(county, ruleset, (where, compiled) => {
      const lost = lostIn(where, compiled);
      const gaps = gapsOf(countyOf(where), compiled);
      const plain = new Set(gaps.filter(({ rules }) => rules === "plain").flatMap(({ grids }) => grids));
      const said = gaps.flatMap(({ rules, grids }) =>
        rules === "plain" ? [] : rules.flatMap((rule) => grids.map((grid) => `${grid} ${rule ?? "-"}`)),
      );
      const [gridsLost, gridsSaid] = [[...lost].map((pair) => pair.slice(0, 2)), gaps.flatMap(({ grids }) => grids)];
      expect(new Set(gridsSaid)).toEqual(new Set(gridsLost));
      expect(new Set(said)).toEqual(new Set([...lost].filter((pair) => !plain.has(pair.slice(0, 2)))));
      for (const { example, rules } of gaps) {
        const id = compiled.firstMatch(example, where.on)?.id ?? null;
        if (rules !== "plain") expect(rules).toContain(id);
        expect(lost).toContain(`${example.grid!.code} ${id ?? "-"}`);
      }
    }),
    { numRuns: 400 },
  );
});

it("the certificate knows the same grids, and its chains decide every absence state", () => {
  fc.assert(
    fc.property(county, ruleset, (where, compiled) => {
      const { grids, withoutPerson, gaps } = coverageOf(where, compiled);
      const lost = [...lostIn(where, compiled)].map((pair) => pair.slice(0, 2));
      const bare = grids.filter(({ chain }) => chain.length === 0).map(({ grid }) => grid);
      expect(new Set(withoutPerson)).toEqual(new Set([...lost, ...bare]));
      expect(gaps.flatMap((gap) => gap.grids).sort()).toEqual([...new Set(lost)].sort());
      for (const { grid: code, rule, chain } of grids) {
        const grid = GRIDS.find((one) => one.code === code)!;
        const to = compiled.ruleset.rules.find(({ id }) => id === rule)?.target ?? compiled.ruleset.otherwise;
        for (const away of ABSENCE_STATES) {
          const first = chain.find(({ deputy }) => !away.has(deputy))?.deputy ?? null;
          expect(takerWith(where, to, grid, away)).toBe(first);
        }
      }
    }),
    { numRuns: 200 },
  );
});
