import { otherSide } from "./border-side.ts";
import { byNearness, type DeputyFacts, isAbove, isInOffice } from "./nearness.ts";
import type { Decision, Neighbour, PassedOver } from "./route.ts";

/**
 * The reasons in a decision for which a deputy follows a case of somebody else: they answer for its grid on a higher level, for the
 * home of whoever was not paid elsewhere, or for the other side of the border on which a danger lies.
 */
const DECIDED_REASONS = ["higher-level", "home-grid", "other-side"] as const;
/** The reason in a decision for which a deputy follows a case. */
export type DecidedReason = (typeof DECIDED_REASONS)[number];

/** The reasons, all of them, for which a deputy follows a case: also that whoever has it asked them to help. */
export const FOLLOW_REASONS = [...DECIDED_REASONS, "assistant"] as const;
/** The reason for which a deputy follows a case. */
export type FollowReason = (typeof FOLLOW_REASONS)[number];

/** A deputy who follows a case that somebody else has, with the reason. */
export type Follower = {
  readonly deputy: string;
  readonly why: DecidedReason;
  /** Finds it in the list on coming back, and is not written to meanwhile. */
  readonly isAway: boolean;
};

/**
 * The followers of a case, each once and for the strongest reason: the other side of a border, the home grid, then the higher
 * levels of the grid (contract.md).
 *
 * Nobody follows what is sealed; nor does anybody who was barred from it or handed it back, or whose term is over. What is with
 * the office alone, only the home grid's deputy follows.
 * @param barred deputies who may not have it, as they were given to `route`
 */
export function followersOf(decision: Decision, barred: readonly PassedOver[] = []): Follower[] {
  const { facts, chosen, passedOver } = decision;
  if (facts.sealed) return [];
  const out = [...barred, ...passedOver].filter(({ why }) => why !== "away").map(({ deputy }) => deputy);
  const holder = chosen.kind === "deputy" ? chosen.deputy : null;
  const maySee = (deputy: DeputyFacts) =>
    deputy.code !== holder && !out.includes(deputy.code) && isInOffice(deputy, facts.on);
  const found = new Map<string, Follower>();
  const add = (why: DecidedReason, deputies: readonly DeputyFacts[]) => {
    for (const { code, awayUntil } of deputies) {
      if (!found.has(code)) found.set(code, { deputy: code, why, isAway: awayUntil !== null });
    }
  };
  if (holder !== null && facts.border != null)
    add("other-side", firstOf(otherSide(facts, facts.border, holder), maySee));
  if (facts.home != null && facts.home.grid?.code !== facts.grid?.code) add("home-grid", firstOf(facts.home, maySee));
  const level = holder === null ? undefined : levelOf(decision, holder);
  if (level !== undefined) {
    const above = facts.gridDeputies.filter((one) => maySee(one) && isAbove(one.level, level));
    add("higher-level", byNearness(above));
  }
  return [...found.values()];
}

/** Who would answer there; somebody who is away only where nobody else is. */
function firstOf(side: Neighbour, maySee: (deputy: DeputyFacts) => boolean): DeputyFacts[] {
  const there = [...byNearness(side.gridDeputies), ...byNearness(side.stationDeputies)].filter(maySee);
  return [there.find(({ awayUntil }) => awayUntil === null) ?? there[0]].filter((one) => one !== undefined);
}

function levelOf({ facts }: Decision, code: string): DeputyFacts["level"] | undefined {
  const known = [
    ...[facts.byHand?.deputy ?? null, facts.holder ?? null, facts.scannedDeputy].filter((one) => one !== null),
    ...[...facts.gridDeputies, ...facts.stationDeputies],
    ...[...(facts.target?.deputies ?? []), ...(facts.substitutes ?? [])],
    ...[facts.border, facts.home].flatMap((side) =>
      side == null ? [] : [...side.gridDeputies, ...side.stationDeputies],
    ),
  ];
  return known.find((one) => one.code === code)?.level;
}
