import { type Decision, type RoutingFacts, route } from "./routing.ts";
import {
  type County,
  type CountyPicture,
  countyOf,
  deputyFacts,
  factsAt,
  type PictureGrid,
  stationDeputies,
} from "./rule-check-county.ts";
import type { RuleTarget } from "./ruleset.ts";

/** Somebody who gets a case when everybody before them is away. */
export type ChainStep = {
  readonly deputy: string;
  readonly name: string;
  /** Why it is their turn: the rule's target names them, or they answer for the grid or for its station. */
  readonly as: "target" | "grid" | "station";
  /** Last day of the term, YYYY-MM-DD; null while none is known. */
  readonly untilOn: string | null;
  /** ISO moment until which they are away now; null when present. */
  readonly awayUntil: string | null;
};

/** Who gets what comes from a grid, to the end: after the last step it is the office's queue. */
export type GridChain = {
  readonly grid: string;
  readonly name: string;
  readonly township: string;
  readonly station: string | null;
  readonly chain: readonly ChainStep[];
  /** Who would get it just now. */
  readonly now: string | "office";
  /** The last day on which anybody of the chain is in office; null while one has no known end, or nobody is there. */
  readonly personUntil: string | null;
};

/** The certificate: every grid with its chain. */
export type Coverage = {
  /** YYYY-MM-DD */
  readonly on: string;
  readonly grids: readonly GridChain[];
  /** Grids whose chain has no deputy: what comes from there waits in the office's queue for whoever looks. */
  readonly withoutPerson: readonly string[];
  /** Grids that have deputies, all of whom are away now: the office answers until one is back. */
  readonly officeNow: readonly string[];
};

/**
 * Who would get a message, with some people away.
 *
 * @returns the deputy and why it was their turn; null for the office's queue
 */
export function takerOf(
  county: County,
  target: RuleTarget,
  grid: PictureGrid,
  away: ReadonlySet<string>,
): { readonly deputy: string; readonly as: ChainStep["as"] } | null {
  if (target.kind === "office" || target.kind === "unit") return null;
  const facts = factsAt(county, grid, away);
  if (target.kind !== "grid") {
    const named = chosenOf(route(narrowed(county, target, facts, away)));
    if (named !== null) return { deputy: named.deputy, as: "target" };
  }
  return chosenOf(route(facts));
}

/**
 * The people who get what comes from a grid, one after the other as those before them are away, until nobody is left.
 *
 * It asks routing itself: takes away whoever gets it, and asks again. Routing gives a case to the first of a fixed order
 * who is there, so that this chain decides every absence state: with any set of people away, the first of the chain who is
 * not among them gets the case, and the office when all are. It is finite, for each step takes one more person away.
 * @throws Error when routing gives a case to somebody who is away
 */
export function chainOf(county: County, target: RuleTarget, grid: PictureGrid): ChainStep[] {
  const away = new Set<string>();
  const chain: ChainStep[] = [];
  for (let taker = takerOf(county, target, grid, away); taker !== null; taker = takerOf(county, target, grid, away)) {
    const deputy = county.deputyByCode.get(taker.deputy);
    if (deputy === undefined || away.has(taker.deputy)) throw new Error(`routing chose ${taker.deputy}, who is away`);
    const { code, name, untilOn, awayUntil } = deputy;
    chain.push({ deputy: code, name, as: taker.as, untilOn, awayUntil });
    away.add(code);
  }
  return chain;
}

/**
 * The certificate of a county: for each grid the chain of people behind it.
 *
 * The office's queue stands at the end of every chain and is an answer, but not a person: a grid is without a person when
 * its chain has no deputy in office. A station counts by its deputies alone, for nothing is ever given to a building.
 * @param target what holds where no rule does: `otherwise` of the published rule set
 */
export function coverageOf(picture: CountyPicture, target: RuleTarget = { kind: "grid" }): Coverage {
  const county = countyOf(picture);
  const grids = picture.grids.map((grid): GridChain => {
    const chain = chainOf(county, target, grid);
    const { code, name, township, station } = grid;
    return {
      ...{ grid: code, name, township, station, chain },
      now: chain.find((step) => step.awayUntil === null)?.deputy ?? "office",
      personUntil: lastDay(chain),
    };
  });
  const codes = (which: (grid: GridChain) => boolean) => grids.filter(which).map(({ grid }) => grid);
  return {
    on: picture.on,
    grids,
    withoutPerson: codes(({ chain }) => chain.length === 0),
    officeNow: codes(({ chain, now }) => chain.length > 0 && now === "office"),
  };
}

/** The facts as they would be if only the people of the target answered. */
function narrowed(
  county: County,
  target: Extract<RuleTarget, { kind: "deputy" | "group" | "station" }>,
  facts: RoutingFacts,
  away: ReadonlySet<string>,
): RoutingFacts {
  const none = { ...facts, gridDeputies: [], stationDeputies: [] };
  switch (target.kind) {
    case "deputy": {
      const deputy = county.deputyByCode.get(target.code);
      return deputy === undefined ? none : { ...none, gridDeputies: [deputyFacts(deputy, "primary", away)] };
    }
    case "group": {
      const members = county.membersOf.get(target.code) ?? [];
      return { ...none, gridDeputies: members.map((deputy) => deputyFacts(deputy, "primary", away)) };
    }
    case "station":
      return target.code === null
        ? { ...none, stationDeputies: facts.stationDeputies }
        : { ...none, stationDeputies: stationDeputies(county, target.code, away) };
  }
}

function chosenOf({ chosen, rule }: Decision): { readonly deputy: string; readonly as: "grid" | "station" } | null {
  if (chosen.kind === "office") return null;
  return { deputy: chosen.deputy, as: rule === "station" ? "station" : "grid" };
}

function lastDay(chain: readonly ChainStep[]): string | null {
  const days = chain.map((step) => step.untilOn);
  return days.some((day) => day === null) ? null : (days.toSorted().at(-1) ?? null);
}
