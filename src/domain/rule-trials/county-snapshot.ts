import { type DeputyFacts, type DeputyLevel, isPresent } from "../routing/nearness.ts";
import type { RoutingFacts, TargetFacts } from "../routing/route.ts";
import type { RuleGrid } from "../rules/reach.ts";
import type { RuleTarget } from "../rules/ruleset.ts";

/** A deputy on the day of the snapshot, by code. */
export type SnapshotDeputy = {
  readonly code: string;
  readonly name: string;
  readonly level: DeputyLevel;
  /** Last day of the term, YYYY-MM-DD; null while none is known. */
  readonly untilOn: string | null;
  readonly groups: readonly string[];
  readonly openCases: number;
  /** ISO moment until which the deputy is away now; null when present. */
  readonly awayUntil: string | null;
  /** The code of whoever stands in while this absence lasts, or the term is over; null when nobody does. */
  readonly substitute: string | null;
  /** Whether they have bound a chat in which they can be written to. */
  readonly hasChat: boolean;
};

/** A post: a deputy who serves at a grid or station on the day of the snapshot. */
export type SnapshotPost = {
  readonly deputy: string;
  readonly at: { readonly grid: string } | { readonly station: string };
  readonly role: "primary" | "backup";
};

/** A planned substitution: from one day to another, both included, what would reach `of` goes to `by`. */
export type Handover = {
  readonly of: string;
  readonly by: string;
  /** YYYY-MM-DD */
  readonly fromOn: string;
  /** YYYY-MM-DD; null for ever. */
  readonly untilOn: string | null;
};

/** A grid on the day of the snapshot, by code. */
export type SnapshotGrid = RuleGrid & { readonly name: string };

/** A snapshot of a county: everything that decides whether its rules lead to somebody, by code, on one day. */
export type CountySnapshot = {
  /** YYYY-MM-DD in the county's time zone. */
  readonly on: string;
  readonly deputies: readonly SnapshotDeputy[];
  readonly posts: readonly SnapshotPost[];
  readonly grids: readonly SnapshotGrid[];
  readonly stations: readonly { readonly code: string; readonly name: string }[];
  readonly groups: readonly string[];
  /** Those that still take matters. */
  readonly units: readonly string[];
  readonly categories: readonly string[];
  /** The kinds of channels by which residents write; at least one. */
  readonly channels: readonly [string, ...string[]];
  /** Substitutes of absences that are not over, and planned successions. */
  readonly handovers: readonly Handover[];
};

/** A snapshot of a county with its indexes, ready to be asked. */
export type County = CountySnapshot & {
  readonly deputyByCode: ReadonlyMap<string, SnapshotDeputy>;
  readonly stationByCode: ReadonlyMap<string, { readonly code: string; readonly name: string }>;
  readonly gridByCode: ReadonlyMap<string, SnapshotGrid>;
  readonly postsOfGrid: ReadonlyMap<string, readonly SnapshotPost[]>;
  readonly postsOfStation: ReadonlyMap<string, readonly SnapshotPost[]>;
  readonly membersOf: ReadonlyMap<string, readonly SnapshotDeputy[]>;
};

/** A supposition about people, under which routing is asked; what is left out is as in the snapshot. */
export type Supposed = {
  /** Codes of those who are away; nobody else is. Whoever is not in office is not there anyway. */
  readonly away?: ReadonlySet<string>;
  /** How many open cases each has, by code; 0 for the others. */
  readonly openCases?: ReadonlyMap<string, number>;
};

/** Far behind every day that anybody asks about. */
const FOR_EVER = "9999-12-31T00:00:00.000Z";
/** Routing keeps what the rules looked at, and never looks at it itself. */
const ANY_MESSAGE: TargetFacts["message"] = {
  words: [],
  category: null,
  channel: "",
  language: "",
  hour: 0,
  weekday: 1,
  hasPhoto: false,
  grid: null,
  resident: { openCases: 0 },
};

/** Builds the indexes of a snapshot. */
export function countyOf(snapshot: CountySnapshot): County {
  const postsOfGrid = new Map<string, SnapshotPost[]>();
  const postsOfStation = new Map<string, SnapshotPost[]>();
  for (const post of snapshot.posts) {
    if ("grid" in post.at) addTo(postsOfGrid, post.at.grid, post);
    else addTo(postsOfStation, post.at.station, post);
  }
  const membersOf = new Map<string, SnapshotDeputy[]>();
  for (const deputy of snapshot.deputies) {
    for (const group of new Set(deputy.groups)) addTo(membersOf, group, deputy);
  }
  return {
    ...snapshot,
    deputyByCode: new Map(snapshot.deputies.map((deputy) => [deputy.code, deputy])),
    stationByCode: new Map(snapshot.stations.map((station) => [station.code, station])),
    gridByCode: new Map(snapshot.grids.map((grid) => [grid.code, grid])),
    postsOfGrid,
    postsOfStation,
    membersOf,
  };
}

/**
 * The routing facts of a message from a grid that the rules send to this target; null stands for a message of no grid.
 */
export function factsAt(
  county: County,
  target: RuleTarget,
  grid: SnapshotGrid | null,
  supposed: Supposed,
): RoutingFacts {
  const station = grid?.station == null ? null : (county.stationByCode.get(grid.station) ?? null);
  const ofPosts = (posts: readonly SnapshotPost[] = []) =>
    posts.flatMap((post) => {
      const deputy = county.deputyByCode.get(post.deputy);
      return deputy === undefined ? [] : [deputyFacts(deputy, post.role, supposed)];
    });
  const gridDeputies = grid === null ? [] : ofPosts(county.postsOfGrid.get(grid.code));
  const stationDeputies = station === null ? [] : ofPosts(county.postsOfStation.get(station.code));
  const named =
    target.kind === "station" && target.code !== null
      ? ofPosts(county.postsOfStation.get(target.code))
      : membersNamed(county, target).map((deputy) => deputyFacts(deputy, "primary", supposed));
  return {
    grid:
      grid === null ? null : { code: grid.code, name: grid.name, township: grid.township, community: grid.community },
    station,
    placeBy: grid === null ? "none" : "scene",
    placeEvidence: grid?.code ?? "",
    scannedDeputy: null,
    gridDeputies,
    stationDeputies,
    on: county.on,
    sealed: false,
    target: {
      ...{ version: 0, ruleset: "", rule: null, reason: null, target },
      ...{ deputies: named, name: null, message: ANY_MESSAGE },
    },
    substitutes: standInsFor(county, [...named, ...gridDeputies, ...stationDeputies], supposed),
  };
}

function membersNamed(county: County, target: RuleTarget): readonly SnapshotDeputy[] {
  if (target.kind === "group") return county.membersOf.get(target.code) ?? [];
  const deputy = target.kind === "deputy" ? county.deputyByCode.get(target.code) : undefined;
  return deputy === undefined ? [] : [deputy];
}

/** Those who stand in for whoever of these is not there, and for them in turn. */
function standInsFor(county: County, deputies: readonly DeputyFacts[], supposed: Supposed): readonly DeputyFacts[] {
  const found = new Map<string, DeputyFacts>();
  const wanted = (one: DeputyFacts) => (isPresent(one, county.on) || one.substitute == null ? [] : [one.substitute]);
  const waiting = deputies.flatMap(wanted);
  for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
    const deputy = county.deputyByCode.get(code);
    if (deputy === undefined || found.has(code)) continue;
    const facts = deputyFacts(deputy, "primary", supposed);
    found.set(code, facts);
    waiting.push(...wanted(facts));
  }
  return [...found.values()];
}

function deputyFacts(deputy: SnapshotDeputy, role: SnapshotPost["role"], supposed: Supposed): DeputyFacts {
  const { code, name, level, untilOn, substitute } = deputy;
  const isAway = supposed.away?.has(code) === true;
  const awayUntil = supposed.away === undefined ? deputy.awayUntil : isAway ? FOR_EVER : null;
  const openCases = supposed.openCases === undefined ? deputy.openCases : (supposed.openCases.get(code) ?? 0);
  return { code, name, level, role, openCases, untilOn, awayUntil, substitute };
}

function addTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
