import type { CompiledRuleset } from "../rules/compile.ts";
import type { RuleTarget } from "../rules/ruleset.ts";
import { type County, type CountySnapshot, countyOf, type SnapshotGrid } from "./county-snapshot.ts";
import { type Gap, gapsOf, plainMessage } from "./gaps.ts";
import { type Taker, takerOf } from "./taker.ts";

/** A step of a chain: a deputy who gets a case when everybody before them is away. */
export type ChainStep = Taker & {
  readonly name: string;
  /** Last day of the term, YYYY-MM-DD; null while none is known. */
  readonly untilOn: string | null;
  /** ISO moment until which they are away now; null when present. */
  readonly awayUntil: string | null;
  /** Whether a message reaches them in a chat; somebody without one is reached by telephone alone. */
  readonly hasChat: boolean;
};

/**
 * The chain of a grid: the deputies who get what comes from it, in order; after the last step it is the office's queue.
 */
export type GridChain = {
  readonly grid: string;
  readonly name: string;
  readonly township: string;
  readonly station: string | null;
  /** The rule that takes a message of which nothing but its grid is known; null when none does. */
  readonly rule: string | null;
  readonly chain: readonly ChainStep[];
  /** The code of whoever would get it just now, or `office`. */
  readonly now: string;
  /** The last day on which anybody of the chain is in office; null while one has no known end, or nobody is there. */
  readonly personUntil: string | null;
};

/** The certificate of a county's coverage: every grid with its chain. */
export type Coverage = {
  /** YYYY-MM-DD */
  readonly on: string;
  readonly grids: readonly GridChain[];
  /** Grids from which some message reaches no deputy: it waits in the office's queue for whoever looks. */
  readonly withoutPerson: readonly string[];
  /** Grids that have deputies, all of whom are away now: the office answers until one is back. */
  readonly officeNow: readonly string[];
  /** Grids that have deputies, none of whom has bound a chat: what comes from there waits until the station calls one. */
  readonly withoutChat: readonly string[];
  /** Grids from which nobody can be reached just now: whoever is in office has bound no chat, or is away. */
  readonly unreachable: readonly string[];
  /** Whether every grid has somebody who can be reached, and nothing from it reaches nobody. */
  readonly ok: boolean;
  /** What reaches nobody from these grids, though the chain of some has people; each grid once. */
  readonly gaps: readonly Gap[];
};

/**
 * The people who get what comes from a grid, one after the other as those before them are away, until nobody is left.
 *
 * It asks routing itself: takes away whoever gets it, and asks again. Routing gives a case to the first of a fixed order
 * who is there, and a substitute comes right behind whoever they stand in for, so that this chain decides every absence
 * state: with any set of people away, the first of the chain who is not among them gets the case, and the office when all
 * are. It is finite, for each step takes one more person away.
 * @throws Error when routing gives a case to somebody who is away
 */
function chainOf(county: County, target: RuleTarget, grid: SnapshotGrid): ChainStep[] {
  const away = new Set<string>();
  const chain: ChainStep[] = [];
  const next = () => takerOf(county, target, grid, { away });
  for (let taker = next(); taker !== null; taker = next()) {
    const deputy = county.deputyByCode.get(taker.deputy);
    if (deputy === undefined || away.has(taker.deputy)) throw new Error(`routing chose ${taker.deputy}, who is away`);
    const { name, untilOn, awayUntil, hasChat } = deputy;
    chain.push({ ...taker, name, untilOn, awayUntil, hasChat });
    away.add(taker.deputy);
  }
  return chain;
}

/** The chain behind a grid for a plain message; where channels are treated differently, the one that ends first. */
function shortestChain(county: County, compiled: CompiledRuleset, grid: SnapshotGrid) {
  const chains = county.channels.map((channel) => {
    const rule = compiled.firstMatch(plainMessage(grid, channel), county.on);
    const target = rule?.target ?? compiled.ruleset.otherwise;
    return { rule, target, chain: chainOf(county, target, grid) };
  });
  const [first, ...others] = chains;
  if (first === undefined) throw new Error("a county without a channel");
  return others.reduce((shortest, one) => (one.chain.length < shortest.chain.length ? one : shortest), first);
}

/**
 * Certifies a county's coverage: for each grid the chain of people behind it.
 *
 * The office's queue stands at the end of every chain and is an answer, but not a person: a grid is without a person when
 * its chain has no deputy in office, or when the rules send anything from there to nobody. A station counts by its
 * deputies alone, for nothing is ever given to a building.
 */
export function coverageOf(snapshot: CountySnapshot, compiled: CompiledRuleset): Coverage {
  const county = countyOf(snapshot);
  const grids = snapshot.grids.map((grid): GridChain => {
    const { rule, target, chain } = shortestChain(county, compiled, grid);
    const { code, name, township, station } = grid;
    return {
      ...{ grid: code, name, township, station, rule: rule?.id ?? null, chain },
      now: takerOf(county, target, grid, {})?.deputy ?? "office",
      personUntil: lastDay(chain),
    };
  });
  const gaps = gapsOf(county, compiled, { isOnce: true });
  const open = new Set(gaps.flatMap((gap) => gap.grids));
  const codes = (which: (grid: GridChain) => boolean) => grids.filter(which).map(({ grid }) => grid);
  const withoutPerson = codes(({ grid, chain }) => chain.length === 0 || open.has(grid));
  const unreachable = codes(({ chain }) => !chain.some((step) => step.hasChat && step.awayUntil === null));
  return {
    ok: withoutPerson.length === 0 && unreachable.length === 0,
    on: snapshot.on,
    grids,
    withoutPerson,
    unreachable,
    officeNow: codes(({ chain, now }) => chain.length > 0 && now === "office"),
    withoutChat: codes(({ chain }) => chain.length > 0 && chain.every((step) => !step.hasChat)),
    gaps,
  };
}

function lastDay(chain: readonly ChainStep[]): string | null {
  const days = chain.map((step) => step.untilOn);
  return days.some((day) => day === null) ? null : (days.toSorted().at(-1) ?? null);
}
