import type { Decision } from "./routing.ts";
import { type Tellable, tellable } from "./tellable.ts";
import type { Holder } from "./wording.ts";

const PLACE_BY: Readonly<Record<Decision["facts"]["placeBy"], (evidence: string) => string>> = {
  scene: () => "we went by the code you scanned",
  position: () => "we went by the location you shared",
  name: (evidence) => (evidence === "" ? "we went by the place you named" : `we went by your words "${evidence}"`),
  home: () => "you named no place, so we took the one you usually mean",
  answer: (evidence) => (evidence === "" ? "we went by your answer" : `we went by your answer "${evidence}"`),
  none: () => "we do not know yet where it is",
};

/** Why somebody was passed over, as others may know it. */
const PASSED_OVER: Readonly<Record<Tellable["passedOver"][number]["why"], string>> = {
  away: "away",
  "term-ended": "term has ended",
  returned: "handed it back",
};

/** The rule and the facts of a decision in plain words; of other deputies only what everybody may know. */
export function enWhy(number: string, decision: Decision, holder: Holder): string {
  const { facts, rule } = decision;
  if (rule === "sealed" || facts.sealed) {
    return `No. ${number}: by rule such matters go past all deputies, straight to the county congress's deputies' affairs office.`;
  }
  const told = tellable(decision);
  const inGrid = told.gridDeputies.map((name) => `Deputy ${name}`);
  const passed = told.passedOver.map((one) => `Deputy ${one.deputy} (${PASSED_OVER[one.why]})`);
  const place = facts.grid === null ? "" : `; that is grid "${facts.grid.name}" of ${facts.grid.township}`;
  return [
    `No. ${number}: ${PLACE_BY[facts.placeBy](facts.placeEvidence)}${place}.`,
    "The rule: first the deputies of the grid, then those of the liaison station, then the county congress's deputies' affairs office assigns it; the nearest level first, then who has fewer cases.",
    ...(inGrid.length === 0 ? [] : [`Deputies of this grid: ${inGrid.join(", ")}.`]),
    ...(passed.length === 0 ? [] : [`Passed over: ${passed.join(", ")}.`]),
    result(rule, decision, holder),
    'If the place is wrong, reply "change place".',
  ].join("\n");
}

function result(rule: Decision["rule"], decision: Decision, holder: Holder): string {
  if (holder === null) return "So it is for the county congress's deputies' affairs office to assign.";
  switch (rule) {
    case "scanned-deputy":
      return `You scanned the deputy's own code, so it is with Deputy ${holder.deputy}.`;
    case "station":
      return `So it is with Deputy ${holder.deputy} of ${decision.facts.station?.name ?? "the liaison station"}.`;
    default:
      return `So it is with Deputy ${holder.deputy}.`;
  }
}
