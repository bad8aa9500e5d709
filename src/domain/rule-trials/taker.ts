import { route, wayOf } from "../routing/route.ts";
import type { RuleTarget } from "../rules/ruleset.ts";
import { type County, factsAt, type SnapshotGrid, type Supposed } from "./county-snapshot.ts";

/** The deputy who would get a message, with the way by which. */
export type Taker = {
  readonly deputy: string;
  /** Why it is their turn: the target names them, they answer for the grid or its station, or they stand in for who does. */
  readonly as: "target" | "grid" | "station" | "substitute";
};

/**
 * Routes a message from a grid that the rules send to this target.
 *
 * @param grid null for a message of no grid
 * @returns null for the office's queue
 * @throws Error when routing goes a way that these facts do not open
 */
export function takerOf(
  county: County,
  target: RuleTarget,
  grid: SnapshotGrid | null,
  supposed: Supposed,
): Taker | null {
  const facts = factsAt(county, target, grid, supposed);
  const decision = route(facts);
  if (decision.chosen.kind === "office") return null;
  const { deputy } = decision.chosen;
  const way = wayOf(decision);
  if (way !== "target" && way !== "grid" && way !== "station") {
    throw new Error(`routing took the way ${way} without a scanned code or a seal`);
  }
  const ofStation = way === "station" || (target.kind === "station" && target.code === null);
  const own = way === "grid" ? facts.gridDeputies : ofStation ? facts.stationDeputies : facts.target?.deputies;
  return { deputy, as: own?.some(({ code }) => code === deputy) ? way : "substitute" };
}

/** Whether a target means the office itself, which is then an answer and no gap. */
export function isOfficeMeant(target: RuleTarget): boolean {
  return target.kind === "office" || target.kind === "unit";
}
