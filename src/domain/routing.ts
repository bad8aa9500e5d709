/** What the default rule looks at when it ranks deputies; a moment's picture of one deputy. */
export type DeputyFacts = {
  readonly code: string;
  readonly name: string;
  readonly level: DeputyLevel;
  readonly role: "primary" | "backup";
  readonly openCases: number;
  /** Last day of the term, YYYY-MM-DD. */
  readonly untilOn: string | null;
  readonly awayUntil: Date | null;
};

export const DEPUTY_LEVELS = ["township", "county", "city", "provincial", "national"] as const;
export type DeputyLevel = (typeof DEPUTY_LEVELS)[number];

/** The facts of a routing decision, as they were when it was made. */
export type RoutingFacts = {
  readonly grid: { code: string; name: string; township: string; community: string } | null;
  readonly station: { code: string; name: string } | null;
  /** How the place was found, with the words, position or code that told it. */
  readonly placeBy: "scene" | "position" | "name" | "home" | "answer" | "none";
  readonly placeEvidence: string;
  /** The deputy whose own code the resident scanned. */
  readonly scannedDeputy: string | null;
  readonly gridDeputies: readonly DeputyFacts[];
  readonly stationDeputies: readonly DeputyFacts[];
  readonly on: string;
};

export type PassedOver = { readonly deputy: string; readonly why: "away" | "term-ended" | "returned" | "accused" };

/** Who got the case and why; kept whole, so that it can be explained and recomputed. */
export type Decision = {
  readonly ruleset: string;
  readonly rule: "scanned-deputy" | "grid" | "station" | "office";
  readonly facts: RoutingFacts;
  readonly candidates: readonly string[];
  readonly passedOver: readonly PassedOver[];
  readonly chosen: { readonly kind: "deputy"; readonly deputy: string } | { readonly kind: "office" };
};
