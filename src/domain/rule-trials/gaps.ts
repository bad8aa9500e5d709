import { type CompiledRuleset, compileRuleset } from "../rules/compile.ts";
import { holds, type RuleFacts } from "../rules/condition.ts";
import { reachOf, type SharedTries } from "../rules/reach.ts";
import type { Rule, RuleTarget } from "../rules/ruleset.ts";
import type { County, SnapshotGrid } from "./county-snapshot.ts";
import { isOfficeMeant, takerOf } from "./taker.ts";

/**
 * A gap in a county's coverage: grids from which something reaches no deputy, even with nobody away, although nobody
 * meant the office.
 */
export type Gap = {
  /** Ids of the rules that take it, null standing for `otherwise`; `plain` for a plain message of every category. */
  readonly rules: "plain" | readonly (string | null)[];
  readonly grids: readonly string[];
  /** False when there may be more grids: the search was cut off. */
  readonly isCounted: boolean;
  /** A message that reaches nobody. */
  readonly example: RuleFacts;
};

type GapOfRules = Gap & { readonly rules: readonly (string | null)[] };

const NOBODY_AWAY = { away: new Set<string>() };
/** The id of the last rule that stands for `otherwise`; no rule of a county can have it. */
const OTHERWISE = "";
/** Messages tried to count the grids of each rule: some seconds. */
const MOST_TRIES = 500_000;

/** A message of which only the grid, the channel by which it came, and perhaps the category, is known. */
export function plainMessage(grid: SnapshotGrid, channel: string, category: string | null = null): RuleFacts {
  return {
    text: "",
    category,
    channel,
    language: "zh-CN",
    hour: 12,
    weekday: 1,
    hasPhoto: false,
    grid,
    resident: { openCases: 0 },
  };
}

/**
 * The gaps of a county: every grid × category × absence state that ends at nobody.
 *
 * Whatever a rule says, behind its target stand the grid's deputies and the station's: a grid that has one in office is
 * without gaps, with everybody before them away. From the other grids, a message reaches nobody when its target has nobody
 * either; so it is asked which rules with such a target any message from there can reach, as far as `reachOf` finds out.
 * Absence states need no further search: see `chainOf`. Rules with the same grids are one gap.
 * @param options.isOnce names each grid once, with the first rules that lead to nobody; never cut off
 */
export function gapsOf(
  county: County,
  compiled: CompiledRuleset,
  { isOnce = false }: { readonly isOnce?: boolean } = {},
): Gap[] {
  const empty = county.grids.filter((grid) => takerOf(county, { kind: "grid" }, grid, NOBODY_AWAY) === null);
  const [anyEmpty] = empty;
  if (anyEmpty === undefined) return [];
  // All empty grids are the same to a target: behind it stands nobody.
  const isDead = remembered(
    (target) => !isOfficeMeant(target) && takerOf(county, target, anyEmpty, NOBODY_AWAY) === null,
  );
  const { ruleset } = compiled;
  const endsAtNobody = (facts: RuleFacts) => isDead((compiled.firstMatch(facts, county.on) ?? last(ruleset)).target);
  const categories = [null, ...county.categories];
  const isWhole = (grid: SnapshotGrid) =>
    county.channels.every((channel) =>
      categories.every((category) => endsAtNobody(plainMessage(grid, channel, category))),
    );
  const whole = new Set(empty.filter(isWhole));
  const gaps: Gap[] = [];
  const [first] = whole;
  if (first !== undefined) {
    const grids = [...whole].map((grid) => grid.code);
    gaps.push({ rules: "plain", grids, isCounted: true, example: plainMessage(first, county.channels[0]) });
  }
  const partly = empty.filter((grid) => !whole.has(grid));
  return partly.length === 0 ? gaps : [...gaps, ...together(partialGaps(county, compiled, partly, { isDead, isOnce }))];
}

/** Of grids from which some messages reach somebody: the rules that lead others to nobody, each by itself. */
function partialGaps(
  county: County,
  { ruleset }: CompiledRuleset,
  grids: readonly SnapshotGrid[],
  { isDead, isOnce }: { readonly isDead: (target: RuleTarget) => boolean; readonly isOnce: boolean },
): GapOfRules[] {
  const closed = compileRuleset({ ...ruleset, rules: [...ruleset.rules, last(ruleset)] });
  const { on, categories } = county;
  const shared: SharedTries = { left: isOnce ? Number.POSITIVE_INFINITY : MOST_TRIES };
  const named = new Set<string>();
  return closed.ruleset.rules.flatMap((rule): GapOfRules[] => {
    if (!isDead(rule.target) || (rule.expires !== null && rule.expires < on)) return [];
    const pinned = fromAnyGrid(rule);
    const takes = (facts: RuleFacts) => {
      if (!holds(rule.when, facts)) return false;
      shared.left -= 1;
      return closed.firstMatch(facts, on)?.id === rule.id;
    };
    const found = new Set<string>();
    let example: RuleFacts | null = null;
    for (let left = isOnce ? grids.filter(({ code }) => !named.has(code)) : grids; left.length > 0; ) {
      const reach = reachOf(closed, pinned, left, on, { categories, shared });
      if (!reach.reached) break;
      example ??= reach.example;
      for (const grid of left) {
        if (shared.left > 0 && takes({ ...reach.example, grid })) found.add(grid.code);
      }
      if (reach.example.grid !== null) found.add(reach.example.grid.code);
      if (shared.left <= 0) break;
      left = left.filter(({ code }) => !found.has(code));
    }
    if (example === null) return [];
    for (const code of found) named.add(code);
    const codes = grids.flatMap(({ code }) => (found.has(code) ? [code] : []));
    return [{ rules: [idOf(rule)], grids: codes, isCounted: shared.left > 0, example }];
  });
}

/** Gaps of the same grids as one, for what is missing is missing once; and so all those whose grids were not counted. */
function together(gaps: readonly GapOfRules[]): Gap[] {
  const known = new Map<string, GapOfRules>();
  for (const gap of gaps) {
    const key = gap.isCounted ? JSON.stringify(gap.grids) : "";
    const same = known.get(key);
    const rules = [...(same?.rules ?? []), ...gap.rules];
    known.set(key, { ...gap, ...same, rules, grids: [...new Set([...(same?.grids ?? []), ...gap.grids])] });
  }
  return [...known.values()];
}

function idOf({ id }: Rule): string | null {
  return id === OTHERWISE ? null : id;
}

/** `otherwise` as a rule behind all others, which takes whatever reaches it. */
function last({ otherwise }: { readonly otherwise: RuleTarget }): Rule {
  const when = { kind: "constant", holds: true } as const;
  return { id: OTHERWISE, when, target: otherwise, reason: "", owner: "", expires: null };
}

/** The same rule, for messages whose grid is known. */
function fromAnyGrid(rule: Rule): Rule {
  const unplaced = { kind: "is", variable: "grid.code", oneOf: [null] } as const;
  return { ...rule, when: { kind: "all", of: [rule.when, { kind: "not", of: unplaced }] } };
}

function remembered(ask: (target: RuleTarget) => boolean): (target: RuleTarget) => boolean {
  const known = new Map<string, boolean>();
  return (target) => {
    const key = JSON.stringify(target);
    const answer = known.get(key) ?? ask(target);
    known.set(key, answer);
    return answer;
  };
}
