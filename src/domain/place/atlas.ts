import type { GridFacts } from "./finding.ts";
import { type GridPolygons, polygonsBuilder } from "./geometry.ts";
import { type NameIndex, nameIndexBuilder } from "./name-index.ts";

/**
 * The atlas of one county: all its places, ready to be searched.
 *
 * Grids, communities and townships are numbered from 0; whatever there may be a million of lies in columns.
 */
export type Atlas = {
  readonly codes: readonly string[];
  readonly names: readonly string[];
  /** Grid → community. */
  readonly communityOf: Uint32Array;
  /** Grid → index into `stationCodes`, -1 for none. */
  readonly stationOf: Int32Array;
  readonly stationCodes: readonly string[];
  readonly byCode: ReadonlyMap<string, number>;
  /** A township's grids without a community belong to one of it with an empty name. */
  readonly communities: readonly { readonly name: string; readonly township: number }[];
  readonly townships: readonly string[];
  /** Township → its communities, in the order in which they were given. */
  readonly communitiesOf: readonly (readonly number[])[];
  /** The grids of community c are `gridsByCommunity` from `communityFrom[c]` to `communityFrom[c + 1]`. */
  readonly gridsByCommunity: Uint32Array;
  readonly communityFrom: Uint32Array;
  readonly stations: ReadonlyMap<string, StationFacts>;
  readonly nameIndex: NameIndex;
  readonly polygons: GridPolygons | null;
  /** The shapes of grids that have ended, numbered by their place in `formerAreas`. */
  readonly formerPolygons: GridPolygons | null;
  /** The community of each grid that has ended, or its township where no other grid of the community is left; null where none of it is. */
  readonly formerAreas: readonly (FormerArea | null)[];
  /** Whether every grid has a shape, so that a position in none of them is outside the county. */
  readonly isMapped: boolean;
};

/** A liaison station as the atlas knows it. */
export type StationFacts = { readonly code: string; readonly name: string; readonly township: string };

/** A name, besides its own, under which residents know a grid: a village, an estate, a school, a bridge. */
export type NamedPlace = { readonly name: string; readonly grid: string };

/** A grid that has ended: what it was called is somewhere in its community or township still. */
export type FormerGrid = Pick<GridFacts, "name" | "township" | "community" | "aliases" | "shape">;

/** The community or township in which a grid was that has ended, by number. */
type FormerArea = { readonly kind: "community" | "township"; readonly index: number };

/** A grid in words and codes, for decisions and answers; `label` is the name that residents read. */
export type GridSketch = {
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly community: string;
  readonly station: string | null;
  readonly label: string;
};

/** What a name may mean. `township-short` is a township's name without its last word (东关 for 东关街道): a hint. */
const MEANINGS = ["grid", "community", "township", "township-short"] as const;
/** The kind of a place that a name stands for. */
export type Meaning = (typeof MEANINGS)[number];

/**
 * Builds the atlas of a county. Shapes must be in GCJ-02.
 *
 * Reads each iterable once and keeps no GridFacts, so that a million grids may be made or fetched one after the other.
 * A grid code that comes twice is left out the second time; so is a place in a grid that is not there.
 */
export function buildAtlas(from: {
  readonly grids: Iterable<GridFacts>;
  readonly places: Iterable<NamedPlace>;
  readonly stations: Iterable<StationFacts>;
  /** Grids that have ended, whose names may still be said; a name that another place has now means that one. */
  readonly former?: readonly FormerGrid[];
}): Atlas {
  const { former = [] } = from;
  const formerNames = new Set(former.flatMap(({ name, aliases }) => [name, ...aliases]));
  const codes: string[] = [];
  const names: string[] = [];
  const communityOf: number[] = [];
  const stationOf: number[] = [];
  const byCode = new Map<string, number>();
  const townships = numbering();
  const stationCodes = numbering();
  const communityKeys = numbering();
  const communities: { name: string; township: number }[] = [];
  const communitiesOf: number[][] = [];
  const polygons = polygonsBuilder();
  const nameIndex = nameIndexBuilder();
  let isMapped = true;

  for (const facts of from.grids) {
    if (byCode.has(facts.code)) continue;
    const grid = codes.length;
    const township = townships.of(facts.township);
    const community = communityKeys.of(`${township} ${facts.community}`);
    if (community === communities.length) {
      communities.push({ name: facts.community, township });
      communitiesOf[township] = [...(communitiesOf[township] ?? []), community];
    }
    codes.push(facts.code);
    names.push(facts.name);
    communityOf.push(community);
    stationOf.push(facts.station === null ? -1 : stationCodes.of(facts.station));
    byCode.set(facts.code, grid);
    for (const name of [facts.name, ...facts.aliases]) {
      nameIndex.add(name, refTo("grid", grid));
      formerNames.delete(name);
    }
    if (facts.shape === null) isMapped = false;
    else polygons.add(grid, facts.shape);
  }
  for (const place of from.places) {
    const grid = byCode.get(place.grid);
    if (grid === undefined) continue;
    nameIndex.add(place.name, refTo("grid", grid));
    formerNames.delete(place.name);
  }
  for (const [index, community] of communities.entries()) nameIndex.add(community.name, refTo("community", index));
  for (const [index, township] of townships.all.entries()) {
    nameIndex.add(township, refTo("township", index));
    const short = township.replace(/(街道办事处|街道|地区|镇|乡)$/u, "");
    if (short !== township) nameIndex.add(short, refTo("township-short", index));
  }
  const formerPolygons = polygonsBuilder();
  const formerAreas = former.map(({ name, township, community, aliases, shape }, at): FormerArea | null => {
    const area = areaLeft(communities, townships.all, { township, community });
    if (area !== null)
      for (const said of [name, ...aliases])
        if (formerNames.has(said)) nameIndex.add(said, refTo(area.kind, area.index));
    if (shape !== null) formerPolygons.add(at, shape);
    return area;
  });
  return {
    codes,
    names,
    formerAreas,
    formerPolygons: formerPolygons.finish(),
    communityOf: Uint32Array.from(communityOf),
    stationOf: Int32Array.from(stationOf),
    stationCodes: stationCodes.all,
    byCode,
    communities,
    townships: townships.all,
    communitiesOf,
    ...groupByCommunity(communityOf, communities.length),
    stations: new Map([...from.stations].map((station) => [station.code, station])),
    nameIndex: nameIndex.finish(),
    polygons: polygons.finish(),
    isMapped,
  };
}

/** What is left of the area of a grid that has ended: its community, its township, or nothing. */
function areaLeft(
  communities: Atlas["communities"],
  townships: readonly string[],
  grid: { readonly township: string; readonly community: string },
): FormerArea | null {
  const township = townships.indexOf(grid.township);
  if (township < 0) return null;
  const index = communities.findIndex((one) => one.township === township && one.name === grid.community);
  return grid.community === "" || index < 0 ? { kind: "township", index: township } : { kind: "community", index };
}

/** The grid with this code, or null when there is none (any more). */
export function sketchOf(atlas: Atlas, code: string): GridSketch | null {
  const grid = atlas.byCode.get(code);
  if (grid === undefined) return null;
  const station = atlas.stationOf[grid] ?? -1;
  return {
    code,
    name: atlas.names[grid] ?? "",
    township: atlas.townships[townshipOf(atlas, grid)] ?? "",
    community: communityAt(atlas, communityOfGrid(atlas, grid)).name,
    station: atlas.stationCodes[station] ?? null,
    label: labelOf(atlas, grid),
  };
}

/** The label of a grid that residents read: township, community and name, without saying anything twice. */
export function labelOf(atlas: Atlas, grid: number): string {
  const community = communityOfGrid(atlas, grid);
  const withinTownship = joined(communityAt(atlas, community).name, atlas.names[grid] ?? "");
  return joined(townshipName(atlas, community), withinTownship);
}

/** The label of a community that residents read; the township alone for grids without one. */
export function communityLabel(atlas: Atlas, community: number): string {
  return joined(townshipName(atlas, community), communityAt(atlas, community).name);
}

/** The community of a grid, by number. */
export function communityOfGrid(atlas: Atlas, grid: number): number {
  return atlas.communityOf[grid] ?? 0;
}

/** The township of a grid, by number. */
export function townshipOf(atlas: Atlas, grid: number): number {
  return communityAt(atlas, communityOfGrid(atlas, grid)).township;
}

/** The grids of a community, by number. */
export function gridsOfCommunity(atlas: Atlas, community: number): number[] {
  return [
    ...atlas.gridsByCommunity.subarray(atlas.communityFrom[community] ?? 0, atlas.communityFrom[community + 1] ?? 0),
  ];
}

/** The kind and number of the place that a reference of the name index stands for. */
export function meaningOf(ref: number): { readonly meaning: Meaning; readonly index: number } {
  return { meaning: MEANINGS[ref % MEANINGS.length] ?? "grid", index: Math.floor(ref / MEANINGS.length) };
}

function refTo(meaning: Meaning, index: number): number {
  return index * MEANINGS.length + MEANINGS.indexOf(meaning);
}

function communityAt(atlas: Atlas, community: number): { readonly name: string; readonly township: number } {
  return atlas.communities[community] ?? { name: "", township: 0 };
}

function townshipName(atlas: Atlas, community: number): string {
  return atlas.townships[communityAt(atlas, community).township] ?? "";
}

function joined(wider: string, narrower: string): string {
  if (narrower.startsWith(wider)) return narrower;
  return wider.endsWith(narrower) ? wider : wider + narrower;
}

function groupByCommunity(
  communityOf: readonly number[],
  communities: number,
): { gridsByCommunity: Uint32Array; communityFrom: Uint32Array } {
  const communityFrom = new Uint32Array(communities + 1);
  for (const community of communityOf) communityFrom[community + 1] = (communityFrom[community + 1] ?? 0) + 1;
  for (let i = 1; i <= communities; i++) communityFrom[i] = (communityFrom[i] ?? 0) + (communityFrom[i - 1] ?? 0);
  const next = communityFrom.slice();
  const gridsByCommunity = new Uint32Array(communityOf.length);
  for (const [grid, community] of communityOf.entries()) {
    const at = next[community] ?? 0;
    gridsByCommunity[at] = grid;
    next[community] = at + 1;
  }
  return { gridsByCommunity, communityFrom };
}

function numbering(): { of(name: string): number; readonly all: string[] } {
  const numbers = new Map<string, number>();
  const all: string[] = [];
  return {
    all,
    of(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, all.length);
      return all.push(name) - 1;
    },
  };
}
