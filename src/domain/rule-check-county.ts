import type { DeputyFacts, DeputyLevel, RoutingFacts } from "./routing.ts";
import type { RuleGrid } from "./rule-reach.ts";

/** A deputy as a check of rules sees them, on one day. */
export type PictureDeputy = {
  readonly code: string;
  readonly name: string;
  readonly level: DeputyLevel;
  /** Last day of the term, YYYY-MM-DD; null while none is known. */
  readonly untilOn: string | null;
  readonly groups: readonly string[];
  readonly openCases: number;
  /** ISO moment until which the deputy is away now; null when present. */
  readonly awayUntil: string | null;
};

/** Who answers where on the day of the picture. */
export type PicturePost = {
  readonly deputy: string;
  readonly at: { readonly grid: string } | { readonly station: string };
  readonly role: "primary" | "backup";
};

/** From one day to another, both included, what would reach `of` goes to `by`. */
export type Handover = {
  readonly of: string;
  readonly by: string;
  /** YYYY-MM-DD */
  readonly fromOn: string;
  /** YYYY-MM-DD; null for ever. */
  readonly untilOn: string | null;
  readonly why: "absence" | "succession";
};

export type PictureGrid = RuleGrid & { readonly name: string };

/** Everything about a county that decides whether its rules lead to somebody; all of it by code, on one day. */
export type CountyPicture = {
  /** YYYY-MM-DD in the county's time zone. */
  readonly on: string;
  readonly deputies: readonly PictureDeputy[];
  readonly posts: readonly PicturePost[];
  readonly grids: readonly PictureGrid[];
  readonly stations: readonly { readonly code: string; readonly name: string }[];
  readonly groups: readonly string[];
  readonly units: readonly string[];
  readonly categories: readonly string[];
  readonly handovers: readonly Handover[];
};

/** A picture that is ready to be asked. */
export type County = CountyPicture & {
  readonly deputyByCode: ReadonlyMap<string, PictureDeputy>;
  readonly stationByCode: ReadonlyMap<string, { readonly code: string; readonly name: string }>;
  readonly postsOfGrid: ReadonlyMap<string, readonly PicturePost[]>;
  readonly postsOfStation: ReadonlyMap<string, readonly PicturePost[]>;
  readonly membersOf: ReadonlyMap<string, readonly PictureDeputy[]>;
};

/** Makes a picture ready to be asked. */
export function countyOf(picture: CountyPicture): County {
  const postsOfGrid = new Map<string, PicturePost[]>();
  const postsOfStation = new Map<string, PicturePost[]>();
  for (const post of picture.posts) {
    if ("grid" in post.at) addTo(postsOfGrid, post.at.grid, post);
    else addTo(postsOfStation, post.at.station, post);
  }
  const membersOf = new Map<string, PictureDeputy[]>();
  for (const deputy of picture.deputies) {
    for (const group of new Set(deputy.groups)) addTo(membersOf, group, deputy);
  }
  return {
    ...picture,
    deputyByCode: new Map(picture.deputies.map((deputy) => [deputy.code, deputy])),
    stationByCode: new Map(picture.stations.map((station) => [station.code, station])),
    postsOfGrid,
    postsOfStation,
    membersOf,
  };
}

/** Whether a deputy's term covers the day of the picture. */
export function isInOffice(county: CountyPicture, deputy: PictureDeputy): boolean {
  return deputy.untilOn === null || deputy.untilOn >= county.on;
}

/**
 * What routing would know of a message from a grid.
 * @param away codes of those who are away; who is away now does not count
 */
export function factsAt(county: County, grid: PictureGrid, away: ReadonlySet<string>): RoutingFacts {
  const { code, name, township, community } = grid;
  return {
    grid: { code, name, township, community },
    station: grid.station === null ? null : (county.stationByCode.get(grid.station) ?? null),
    placeBy: "scene",
    placeEvidence: code,
    scannedDeputy: null,
    gridDeputies: deputiesOf(county, county.postsOfGrid.get(code), away),
    stationDeputies: grid.station === null ? [] : stationDeputies(county, grid.station, away),
    on: county.on,
    sealed: false,
  };
}

/** A station's deputies as routing would know them. */
export function stationDeputies(county: County, station: string, away: ReadonlySet<string>): DeputyFacts[] {
  return deputiesOf(county, county.postsOfStation.get(station), away);
}

/** One deputy as routing would know them. */
export function deputyFacts(deputy: PictureDeputy, role: PicturePost["role"], away: ReadonlySet<string>): DeputyFacts {
  const { code, name, level, openCases, untilOn } = deputy;
  return { code, name, level, role, openCases, untilOn, awayUntil: away.has(code) ? "9999-12-31T00:00:00Z" : null };
}

function deputiesOf(county: County, posts: readonly PicturePost[] = [], away: ReadonlySet<string>): DeputyFacts[] {
  return posts.flatMap((post) => {
    const deputy = county.deputyByCode.get(post.deputy);
    return deputy === undefined ? [] : [deputyFacts(deputy, post.role, away)];
  });
}

function addTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
