import { type Decision, type TargetFacts, type Way, wayOf } from "../../routing/route.ts";
import { isPassedOn, isTaken, type Tellable, tellable } from "../../routing/tellable.ts";
import type { RuleTarget } from "../../rules/ruleset.ts";
import type { Holder } from "../who-answers.ts";

const PLACE_BY: Readonly<Record<Decision["facts"]["placeBy"], (evidence: string) => string>> = {
  scene: () => "we went by the code you scanned",
  position: () => "we went by the location you shared",
  name: (evidence) => (evidence === "" ? "we went by the place you named" : `we went by your words "${evidence}"`),
  home: () => "you named no place, so we took the one you usually mean",
  answer: (evidence) => (evidence === "" ? "we went by your answer" : `we went by your answer "${evidence}"`),
  office: () => "the office said where it is",
  none: () => "we do not know yet where it is",
};

/** Why somebody was passed over, as others may know it. */
const PASSED_OVER: Readonly<Record<Tellable["passedOver"][number]["why"], string>> = {
  away: "away",
  "term-ended": "term has ended",
  returned: "handed it back",
};

/** The English explanation of a decision: its rule and its facts; of other deputies only what everybody may know. */
export function enWhy(number: string, decision: Decision, holder: Holder): string {
  const { facts } = decision;
  const way = wayOf(decision);
  if (way === "sealed" || facts.sealed) {
    return `No. ${number}: by rule such matters go past all deputies, straight to the county congress's deputies' affairs office.`;
  }
  const told = tellable(decision);
  const inGrid = told.gridDeputies.map((name) => `Deputy ${name}`);
  const passed = told.passedOver.map((one) => `Deputy ${one.deputy} (${PASSED_OVER[one.why]})`);
  const place = facts.grid === null ? "" : `; that is grid "${facts.grid.name}" of ${facts.grid.township}`;
  return [
    `No. ${number}: ${PLACE_BY[facts.placeBy](facts.placeEvidence)}${place}.`,
    ...(facts.target == null ? [] : [countyRule(facts.target, decision)]),
    ...(way === "target" && facts.target != null ? [] : [LADDER]),
    ...(inGrid.length === 0 ? [] : [`Deputies of this grid: ${inGrid.join(", ")}.`]),
    ...(passed.length === 0 ? [] : [`Passed over: ${passed.join(", ")}.`]),
    result(way, decision, holder),
    'If the place is wrong, reply "change place".',
  ].join("\n");
}

const LADDER =
  "The rule: first the deputies of the grid, then those of the liaison station, then the county congress's deputies' affairs office assigns it; the nearest level first, then who has fewer cases.";

/** The county's own rule in its words, and whom it names. */
function countyRule({ ruleset, version, reason, target, name }: TargetFacts, { rule }: Decision): string {
  const why = reason === null ? "no special rule holds" : `the rule "${reason}" (${rule}) holds`;
  return `The county's rules, version ${version}, "${ruleset}": ${why}: ${whom(target, name)}.`;
}

function whom(target: RuleTarget, name: string | null): string {
  switch (target.kind) {
    case "grid":
      return "the place decides";
    case "station":
      return `the deputies of ${name ?? "the local liaison station"}`;
    case "deputy":
      return "a deputy who is named for it";
    case "group":
      return `the deputies of the group "${name ?? target.code}"`;
    case "unit":
      return `the county congress's deputies' affairs office passes it to ${name ?? target.code}`;
    case "office":
      return "the county congress's deputies' affairs office itself";
  }
}

function result(way: Way, decision: Decision, holder: Holder): string {
  if (holder === null) return "So it is for the county congress's deputies' affairs office to assign.";
  switch (way) {
    case "scanned-deputy":
      return `You scanned the deputy's own code, so it is with Deputy ${holder.deputy}.`;
    case "by-hand":
      if (isTaken(decision)) {
        return `It is a danger on the border of two places: deputies of both were told, and Deputy ${holder.deputy} answered first.`;
      }
      return isPassedOn(decision)
        ? `The deputy who had it passed it on to Deputy ${holder.deputy}.`
        : `The deputies' affairs office looked at it and gave it to Deputy ${holder.deputy}.`;
    case "stand-in":
      return `Whoever had it is not there, so it is with Deputy ${holder.deputy}, who stands in.`;
    case "border":
      return `It is a danger on the border of two places: deputies of both are told, and Deputy ${holder.deputy} has it for now.`;
    case "station":
      return `So it is with Deputy ${holder.deputy} of ${decision.facts.station?.name ?? "the liaison station"}.`;
    default:
      return `So it is with Deputy ${holder.deputy}.`;
  }
}
