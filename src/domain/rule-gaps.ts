import type { County, PictureGrid } from "./rule-check-county.ts";
import type { RuleFacts } from "./rule-condition.ts";
import { type CompiledRuleset, compileRuleset } from "./rule-index.ts";
import { reachOf, type SharedTries } from "./rule-reach.ts";
import { isOfficeMeant, takerOf } from "./rule-taker.ts";
import type { Rule, RuleTarget } from "./ruleset.ts";

/** Grids from which something reaches no deputy, even with nobody away, although nobody meant the office. */
export type Gap = {
  /** Ids of the rules that take it, null standing for `otherwise`; `all` when it is everything from there. */
  readonly rules: "all" | readonly (string | null)[];
  /** In the order of the picture. */
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
/** Messages tried in one check: some seconds. */
const MOST_TRIES = 200_000;

/** A message of which nothing but its grid, and perhaps its category, tells anything. */
export function plainMessage(grid: PictureGrid, category: string | null = null): RuleFacts {
  return {
    text: "",
    category,
    channel: "wechat-official",
    language: "zh-CN",
    hour: 12,
    weekday: 1,
    hasPhoto: false,
    grid,
    resident: { openCases: 0 },
  };
}

/**
 * Every grid × category × absence state that ends at nobody.
 *
 * Whatever a rule says, behind its target stand the grid's deputies and the station's: a grid that has one in office is
 * without gaps, with everybody before them away. From the other grids, a message reaches nobody when its target has nobody
 * either; so it is asked which rules with such a target any message from there can reach, as far as `reachOf` finds out.
 * Absence states need no further search: see `chainOf`. Rules with the same grids are one gap.
 * @param options.mostTries messages tried to count the grids of each gap; infinite for every single one
 */
export function gapsOf(
  county: County,
  compiled: CompiledRuleset,
  { mostTries = MOST_TRIES }: { readonly mostTries?: number } = {},
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
  const isWhole = (grid: PictureGrid) => categories.every((category) => endsAtNobody(plainMessage(grid, category)));
  const whole = new Set(empty.filter(isWhole));
  const gaps: Gap[] = [];
  const [first] = whole;
  if (first !== undefined) {
    const grids = [...whole].map((grid) => grid.code);
    gaps.push({ rules: "all", grids, isCounted: true, example: plainMessage(first) });
  }
  const partly = empty.filter((grid) => !whole.has(grid));
  return partly.length === 0
    ? gaps
    : [...gaps, ...together(partialGaps(county, compiled, partly, { isDead, mostTries }))];
}

/** Of grids from which some messages reach somebody: the rules that lead others to nobody, each by itself. */
function partialGaps(
  county: County,
  { ruleset }: CompiledRuleset,
  grids: readonly PictureGrid[],
  { isDead, mostTries }: { readonly isDead: (target: RuleTarget) => boolean; readonly mostTries: number },
): GapOfRules[] {
  const closed = compileRuleset({ ...ruleset, rules: [...ruleset.rules, last(ruleset)] });
  const shared: SharedTries = { left: mostTries };
  const options = { categories: county.categories, shared };
  return closed.ruleset.rules.flatMap((rule): GapOfRules[] => {
    if (!isDead(rule.target) || (rule.expires !== null && rule.expires < county.on)) return [];
    const exampleIn = (where: readonly PictureGrid[]): RuleFacts | null => {
      const reach = reachOf(closed, fromAnyGrid(rule), where, county.on, options);
      return reach.reached ? reach.example : null;
    };
    const example = exampleIn(grids);
    if (example === null) return [];
    const reaches = (grid: PictureGrid) => {
      shared.left -= 1;
      return closed.firstMatch({ ...example, grid }, county.on)?.id === rule.id || exampleIn([grid]) !== null;
    };
    const found = grids.filter((grid) => grid.code === example.grid?.code || (shared.left > 0 && reaches(grid)));
    const id = rule.id === OTHERWISE ? null : rule.id;
    return [{ rules: [id], grids: found.map(({ code }) => code), isCounted: shared.left > 0, example }];
  });
}

/** Gaps of the same grids as one: what is missing is missing once. */
function together(gaps: readonly GapOfRules[]): Gap[] {
  const known = new Map<string, GapOfRules>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.isCounted, gap.grids]);
    const same = known.get(key);
    known.set(key, same === undefined ? gap : { ...same, rules: [...same.rules, ...gap.rules] });
  }
  return [...known.values()];
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
