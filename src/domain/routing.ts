export const DEPUTY_LEVELS = ["township", "county", "city", "provincial", "national"] as const;
export type DeputyLevel = (typeof DEPUTY_LEVELS)[number];

/** What the ranking looks at: a moment's picture of one deputy. */
export type DeputyFacts = {
  readonly code: string;
  readonly name: string;
  readonly level: DeputyLevel;
  readonly role: "primary" | "backup";
  readonly openCases: number;
  /** Last day of the term, YYYY-MM-DD. */
  readonly untilOn: string | null;
  /** ISO moment until which the deputy is away; null when present. */
  readonly awayUntil: string | null;
};

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
  readonly placeBy: "scene" | "position" | "name" | "home" | "answer" | "none";
  readonly placeEvidence: string;
  /** The deputy whose own code the resident scanned. */
  readonly scannedDeputy: DeputyFacts | null;
  readonly gridDeputies: readonly DeputyFacts[];
  readonly stationDeputies: readonly DeputyFacts[];
  /** The day of the decision, YYYY-MM-DD in the county's time zone. */
  readonly on: string;
  /** A matter that no deputy may see: it goes to the county office, whatever else is known. */
  readonly sealed: boolean;
};

export type PassedOver = {
  readonly deputy: string;
  readonly why: "away" | "term-ended" | "returned" | "accused";
};

/** Who got the case and why; kept whole, so that it can be explained and recomputed. */
export type Decision = {
  readonly ruleset: string;
  readonly rule: "sealed" | "scanned-deputy" | "grid" | "station" | "office";
  readonly facts: RoutingFacts;
  /** Deputy codes, best first. */
  readonly candidates: readonly string[];
  readonly passedOver: readonly PassedOver[];
  readonly chosen: { readonly kind: "deputy"; readonly deputy: string } | { readonly kind: "office" };
};

/** Bears the name of the rule that holds while a county has published none of its own. */
const DEFAULT_RULESET = "default";

/**
 * Who is responsible, and why.
 *
 * Nearest to the people first: the deputy whose code was scanned, then the grid's deputies (lowest level, primary before
 * backup, fewest open cases, then code), then the station's in the same order, then the office.
 * @param barred deputies who may not get it, with the reason, whatever their rank
 */
export function route(facts: RoutingFacts, barred: readonly PassedOver[] = []): Decision {
  if (facts.sealed) {
    return decide("sealed", facts, [], [...barred], { kind: "office" });
  }
  const tiers = [
    { rule: "scanned-deputy" as const, deputies: facts.scannedDeputy === null ? [] : [facts.scannedDeputy] },
    { rule: "grid" as const, deputies: byNearness(facts.gridDeputies) },
    { rule: "station" as const, deputies: byNearness(facts.stationDeputies) },
  ];
  const candidates = [...new Set(tiers.flatMap((tier) => tier.deputies.map((deputy) => deputy.code)))];
  const passedOver: PassedOver[] = [];
  for (const tier of tiers) {
    for (const deputy of tier.deputies) {
      const obstacle = obstacleOf(deputy, facts.on, barred);
      if (obstacle === null) {
        return decide(tier.rule, facts, candidates, passedOver, { kind: "deputy", deputy: deputy.code });
      }
      if (!passedOver.some((passed) => passed.deputy === deputy.code)) {
        passedOver.push({ deputy: deputy.code, why: obstacle });
      }
    }
  }
  return decide("office", facts, candidates, passedOver, { kind: "office" });
}

function decide(
  rule: Decision["rule"],
  facts: RoutingFacts,
  candidates: readonly string[],
  passedOver: readonly PassedOver[],
  chosen: Decision["chosen"],
): Decision {
  return { ruleset: DEFAULT_RULESET, rule, facts, candidates, passedOver, chosen };
}

function byNearness(deputies: readonly DeputyFacts[]): DeputyFacts[] {
  return [...deputies].sort(
    (a, b) =>
      DEPUTY_LEVELS.indexOf(a.level) - DEPUTY_LEVELS.indexOf(b.level) ||
      Number(a.role === "backup") - Number(b.role === "backup") ||
      a.openCases - b.openCases ||
      (a.code < b.code ? -1 : 1),
  );
}

function obstacleOf(deputy: DeputyFacts, on: string, barred: readonly PassedOver[]): PassedOver["why"] | null {
  const bar = barred.find((passed) => passed.deputy === deputy.code);
  if (bar !== undefined) return bar.why;
  if (deputy.untilOn !== null && deputy.untilOn < on) return "term-ended";
  if (deputy.awayUntil !== null) return "away";
  return null;
}
