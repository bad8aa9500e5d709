import type { RuleFacts } from "../rules/condition.ts";
import type { RuleTarget } from "../rules/ruleset.ts";
import { byNearness, type DeputyFacts, isInOffice, isPresent } from "./nearness.ts";

/** The target that the published rule set names for a message, with the people it stands for. */
export type TargetFacts = {
  /** The version and name of the set. */
  readonly version: number;
  readonly ruleset: string;
  /** The first rule that held; null when none did, and `otherwise` was taken. */
  readonly rule: string | null;
  /** Why the office made this rule, in its words; null for `otherwise`. */
  readonly reason: string | null;
  readonly target: RuleTarget;
  /** The people whom the target names: one deputy, a group's members or a named station's deputies. */
  readonly deputies: readonly DeputyFacts[];
  /** The group, station or unit as people know it; null for the other targets. */
  readonly name: string | null;
  /** What the rules looked at: of the text only which of their words it has. */
  readonly message: Omit<RuleFacts, "text"> & { readonly words: readonly string[] };
};

/** A second place that a matter concerns, with the deputies who answer there. */
export type Neighbour = Pick<RoutingFacts, "grid" | "station" | "gridDeputies" | "stationDeputies">;

/** The facts of a routing decision, as they were when it was made. */
export type RoutingFacts = {
  readonly grid: {
    readonly code: string;
    readonly name: string;
    readonly township: string;
    readonly community: string;
  } | null;
  readonly station: { readonly code: string; readonly name: string } | null;
  /** How the place was found, and the words, position or code that told it. */
  readonly placeBy: "scene" | "position" | "name" | "home" | "answer" | "office" | "none";
  readonly placeEvidence: string;
  /** The deputy whose own code the resident scanned. */
  readonly scannedDeputy: DeputyFacts | null;
  readonly gridDeputies: readonly DeputyFacts[];
  readonly stationDeputies: readonly DeputyFacts[];
  /** The day of the decision, YYYY-MM-DD in the county's time zone. */
  readonly on: string;
  /** A matter that no deputy may see: it goes to the county office, whatever else is known. */
  readonly sealed: boolean;
  /** Of what kinds an accusation was taken to be, heaviest first, never its words; left out for what is none. */
  readonly sealedFor?: readonly string[];
  /** Null, or left out, while the county has published no rules, and for what does not wait for them. */
  readonly target?: TargetFacts | null;
  /** Who has had it until now, where it moves because that deputy is away or has left office. */
  readonly holder?: DeputyFacts | null;
  /** What a person at the office decided instead of all rules; null for the office itself. */
  readonly byHand?: { readonly by: string; readonly deputy: DeputyFacts | null } | null;
  /** What it was filed under, and how sure that was, 0 to 1; null for none, and for one that a person gave. */
  readonly category?: string | null;
  readonly categoryConfidence?: number | null;
  /** Those who stand in for somebody above, and for them. */
  readonly substitutes?: readonly DeputyFacts[];
  /** A danger on the border to this other place, where people may answer for it as well; what it was taken for. */
  readonly border?: (Neighbour & { readonly danger: string }) | null;
  /** Where work was not paid: where who worked lives. Its own place is where they worked. */
  readonly home?: Neighbour | null;
};

/** A deputy who is passed over for a case although it would be their turn, with the reason. */
export type PassedOver = {
  readonly deputy: string;
  /** The last three are about an accusation: against this deputy, a deputy of their station, or somebody close. */
  readonly why: "away" | "term-ended" | "returned" | "accused" | "heads-accused" | "related";
};

/** The ways by which somebody gets a case: a rule of the county, or a step of the ladder that everybody knows. */
export const WAYS = [
  "sealed",
  "by-hand",
  "stand-in",
  "scanned-deputy",
  "target",
  "border",
  "grid",
  "station",
  "office",
] as const;
/** The way by which a decision finds whoever has the case; stored with the decision. */
export type Way = (typeof WAYS)[number];

/**
 * A routing decision: the one who got the case, and why. It is kept whole, so that it can be explained and recomputed.
 */
export type Decision = {
  /** The name of the county's set, or `default`. */
  readonly ruleset: string;
  /** Its version; null, or left out, for `default`. */
  readonly version?: number | null;
  /** The id of the county's rule, or `otherwise`; without a set of its own the way. */
  readonly rule: string;
  /** Left out in decisions without a set: the rule says it. */
  readonly way?: Way;
  readonly facts: RoutingFacts;
  /** Deputy codes, best first. */
  readonly candidates: readonly string[];
  readonly passedOver: readonly PassedOver[];
  readonly chosen: { readonly kind: "deputy"; readonly deputy: string } | { readonly kind: "office" };
};

/** The name of the rule set that applies while a county has published none of its own. */
export const DEFAULT_RULESET = "default";

/**
 * Routes a matter: the decision who is responsible for it, and why.
 *
 * What is sealed goes to the office, and the deputy whose code was scanned comes first, whatever a rule says. Then those
 * whom the county's rule names; then nearest to the people first: the grid's deputies (lowest level, primary before backup,
 * fewest open cases, then code), then the station's in the same order, then the office. Whoever is away hands over to their
 * substitute, if that one may have it. For a danger on a border the people of both places stand in one order.
 * @param barred deputies who may not get it, with the reason, whatever their rank
 */
export function route(facts: RoutingFacts, barred: readonly PassedOver[] = []): Decision {
  if (facts.sealed) return decide("sealed", facts, [], [...barred], { kind: "office" });
  if (facts.byHand != null) return decideByHand(facts, facts.byHand.deputy);
  const standIns = new Map((facts.substitutes ?? []).map((one) => [one.code, one]));
  const tiers = tiersOf(facts).map(({ way, deputies }) => ({
    way,
    deputies: withStandIns(deputies, standIns, facts.on),
  }));
  const candidates = [...new Set(tiers.flatMap((tier) => tier.deputies.map((deputy) => deputy.code)))];
  const passedOver: PassedOver[] = [];
  for (const { way, deputies } of tiers) {
    for (const deputy of deputies) {
      const obstacle = obstacleOf(deputy, facts.on, barred);
      if (obstacle === null) {
        return decide(way, facts, candidates, passedOver, { kind: "deputy", deputy: deputy.code });
      }
      if (!passedOver.some((passed) => passed.deputy === deputy.code)) {
        passedOver.push({ deputy: deputy.code, why: obstacle });
      }
    }
  }
  return decide(isForOffice(facts) ? "target" : "office", facts, candidates, passedOver, { kind: "office" });
}

/** The way by which a decision found whoever has the case. */
export function wayOf({ way, rule }: Pick<Decision, "way" | "rule">): Way {
  return way ?? WAYS.find((known) => known === rule) ?? "office";
}

/** A step of the way, and the people whom it asks in their order. */
type Tier = { readonly way: Way; readonly deputies: readonly DeputyFacts[] };

function tiersOf(facts: RoutingFacts): readonly Tier[] {
  const scanned = {
    way: "scanned-deputy" as const,
    deputies: facts.scannedDeputy === null ? [] : [facts.scannedDeputy],
  };
  const held = { way: "stand-in" as const, deputies: facts.holder == null ? [] : [facts.holder] };
  if (isForOffice(facts)) return [held, scanned];
  if (facts.border != null) return [held, scanned, ...tiersOfBoth(facts, facts.border)];
  const { target, deputies: named = [] } = facts.target ?? {};
  const isOwnStation = target?.kind === "station" && target.code === null;
  return [
    held,
    scanned,
    { way: "target", deputies: byNearness(isOwnStation ? facts.stationDeputies : named) },
    { way: "grid", deputies: byNearness(facts.gridDeputies) },
    { way: "station", deputies: byNearness(facts.stationDeputies) },
  ];
}

/** A side without a grid of its own has its station's people beside those of the other's grid. */
function tiersOfBoth(here: Neighbour, beyond: Neighbour): readonly Tier[] {
  const nearest = (side: Neighbour) => (side.grid === null ? side.stationDeputies : side.gridDeputies);
  return [
    { way: "border", deputies: byNearness([...nearest(here), ...nearest(beyond)]) },
    { way: "border", deputies: byNearness([...here.stationDeputies, ...beyond.stationDeputies]) },
  ];
}

/** A unit is asked by the office, which answers for what becomes of it. */
function isForOffice({ target }: RoutingFacts): boolean {
  return target?.target.kind === "office" || target?.target.kind === "unit";
}

/** The same people, each who is away or out of office followed by whoever stands in, and by those who stand in for them. */
function withStandIns(
  deputies: readonly DeputyFacts[],
  known: ReadonlyMap<string, DeputyFacts>,
  on: string,
): readonly DeputyFacts[] {
  if (known.size === 0) return deputies;
  return deputies.flatMap((deputy) => {
    const chain: DeputyFacts[] = [];
    for (
      let at: DeputyFacts | undefined = deputy;
      at !== undefined && !chain.includes(at);
      at = standInOf(at, known, on)
    ) {
      chain.push(at);
    }
    return chain;
  });
}

function standInOf(deputy: DeputyFacts, known: ReadonlyMap<string, DeputyFacts>, on: string): DeputyFacts | undefined {
  return isPresent(deputy, on) || deputy.substitute == null ? undefined : known.get(deputy.substitute);
}

function decideByHand(facts: RoutingFacts, deputy: DeputyFacts | null): Decision {
  const chosen = deputy === null ? { kind: "office" as const } : { kind: "deputy" as const, deputy: deputy.code };
  const candidates = deputy === null ? [] : [deputy.code];
  return { ruleset: DEFAULT_RULESET, rule: "by-hand", way: "by-hand", facts, candidates, passedOver: [], chosen };
}

function decide(
  way: Way,
  facts: RoutingFacts,
  candidates: readonly string[],
  passedOver: readonly PassedOver[],
  chosen: Decision["chosen"],
): Decision {
  const { target } = facts;
  if (target == null || facts.sealed)
    return { ruleset: DEFAULT_RULESET, rule: way, facts, candidates, passedOver, chosen };
  const { ruleset, version, rule } = target;
  return { ruleset, version, rule: rule ?? "otherwise", way, facts, candidates, passedOver, chosen };
}

function obstacleOf(deputy: DeputyFacts, on: string, barred: readonly PassedOver[]): PassedOver["why"] | null {
  const bar = barred.find((passed) => passed.deputy === deputy.code);
  if (bar !== undefined) return bar.why;
  if (!isInOffice(deputy, on)) return "term-ended";
  if (deputy.awayUntil !== null) return "away";
  return null;
}
