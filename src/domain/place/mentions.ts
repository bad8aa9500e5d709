import { normalise } from "../text/words.ts";
import { type Atlas, communityOfGrid, gridsOfCommunity, type Meaning, meaningOf, townshipOf } from "./atlas.ts";
import { meantIn } from "./meant.ts";
import { type NameHit, placeNamesIn } from "./name-index.ts";
import { nearNamesIn } from "./near-names.ts";

/** A community or a township that was named, by number. */
export type Area = { readonly kind: "community" | "township"; readonly index: number };

/**
 * The places that the names in some texts can mean.
 *
 * Found when exactly one grid or area is left; several grids or areas are a doubt that only the resident can settle.
 */
export type Mentions = {
  /** The grids that may be meant. */
  readonly grids: readonly number[];
  /** Named areas that hold none of these grids: they narrow nothing, so they contradict or stand alone. */
  readonly areas: readonly Area[];
  /** The names that were found, as folded. */
  readonly evidence: string;
  /** Only a shortened township name was found: a hint that the home grid may confirm. */
  readonly isHint: boolean;
  /** Several names tell of places that have nothing in common. */
  readonly isSeveral: boolean;
  /** The names tell first of all of who is speaking: 我是柳东村的. */
  readonly isAside: boolean;
  /** No name of the county was found, but some that are near to what was said: they may only be offered. */
  readonly isNear: boolean;
  /** What a grid is called where its own name would not be recognised. */
  readonly called: ReadonlyMap<number, string>;
  /** The name by which each grid was mentioned. */
  readonly spoken: ReadonlyMap<number, string>;
};

/** The names of some evidence as they stand in the words; behind one that is written otherwise the known one follows. */
export function namesSaid(evidence: string): string[] {
  return evidence.split("、").map((name) => name.replace(/\(.+\)$/u, ""));
}

/**
 * Reads all place names in the texts together.
 *
 * A community or township beside an ambiguous name decides it; names that share a grid mean that grid; names that share
 * none are a doubt. A name of a community is taken as the community even where a place has the same name, as long as
 * another name says more exactly where.
 */
export function mentionsIn(atlas: Atlas, texts: readonly string[]): Mentions {
  const read = texts.map((text) => {
    const said = normalise(text).toLowerCase();
    return { said, hits: placeNamesIn(atlas.nameIndex, said) };
  });
  const meant = read.map(({ said, hits }) => meantIn(said, hits));
  const exact = meant.flatMap((one) => one.hits);
  const isAside = exact.length > 0 && meant.every((one) => one.isAside);
  if (exact.some((hit) => says(hit, "grid") || says(hit, "community"))) {
    return { ...mentionsOf(atlas, exact), isAside };
  }
  const near = read.flatMap(({ said, hits }) => nearNamesIn(atlas.nameIndex, said, hits.filter(isMoreThanHint)));
  const sure = near.filter((one) => one.isSure);
  const isSure =
    sure.length > 0 && sure.length === near.length && new Set(near.map((one) => one.hit.from)).size === near.length;
  const hits = near.map(({ hit, known }) => ({ ...hit, name: `${hit.name}(${known})` }));
  const together = mentionsOf(atlas, [...exact, ...hits]);
  if (near.length === 0 || (together.areas.length > 0 && together.grids.length > 0)) return mentionsOf(atlas, exact);
  if (isSure) return together;
  const known = new Map(
    near.flatMap(({ hit, known: name }) => indexesOf(hit, "grid").map((grid): [number, string] => [grid, name])),
  );
  return { ...together, isNear: true, isHint: false, called: new Map([...known, ...together.called]) };
}

function mentionsOf(atlas: Atlas, hits: readonly NameHit[]): Mentions {
  const evidence = [...new Set(hits.map((hit) => hit.name))].join("、");
  const townships = new Set(hits.flatMap((hit) => indexesOf(hit, "township")));
  const hints = new Set(hits.flatMap((hit) => indexesOf(hit, "township-short")));
  const communities = namedCommunities(atlas, hits, townships.size > 0 ? townships : hints);
  const pointed = hits.filter((hit) => says(hit, "grid") && !isAreaName(hit));
  const soft = hits.filter((hit) => says(hit, "grid") && says(hit, "community") && !says(hit, "township"));
  const grids =
    pointed.length > 0
      ? common(pointed.map((hit) => narrowed(atlas, indexesOf(hit, "grid"), [communities, townships, hints])))
      : common(soft.map((hit) => narrowed(atlas, indexesOf(hit, "grid"), [new Set(), townships, hints])));

  const areas = uncovered(atlas, grids, communities, townships);
  const isHint = grids.length === 0 && areas.length === 0 && hints.size > 0;
  const found = isHint ? [...hints].map((index): Area => ({ kind: "township", index })) : areas;
  const isSeveral = grids.length + found.length > 1 && !hits.some((hit) => tellsAll(hit, grids, found));
  const called = calledIn(hits, grids, isSeveral);
  const names = calledIn(hits, grids, true);
  return {
    ...{ grids, areas: found, evidence, isHint, isSeveral, called },
    spoken: names,
    isAside: false,
    isNear: false,
  };
}

/** Whether one name alone may mean all of these places. */
function tellsAll(hit: NameHit, grids: readonly number[], areas: readonly Area[]): boolean {
  const [ofGrid, ofCommunity, ofTownship] = [
    new Set(indexesOf(hit, "grid")),
    new Set(indexesOf(hit, "community")),
    new Set([...indexesOf(hit, "township"), ...indexesOf(hit, "township-short")]),
  ];
  return (
    grids.every((grid) => ofGrid.has(grid)) &&
    areas.every(({ kind, index }) => (kind === "community" ? ofCommunity : ofTownship).has(index))
  );
}

/** What grids are called: the phases of an estate by their full names, and of several places each as it was said. */
function calledIn(hits: readonly NameHit[], grids: readonly number[], isSeveral: boolean): Map<number, string> {
  const called = new Map<number, string>();
  for (const hit of hits) {
    for (const ref of hit.refs) {
      const { meaning, index } = meaningOf(ref);
      if (meaning !== "grid" || !grids.includes(index)) continue;
      const name = hit.called?.get(ref) ?? (isSeveral ? hit.name : undefined);
      if (name !== undefined) called.set(index, name);
    }
  }
  return called;
}

function namedCommunities(atlas: Atlas, hits: readonly NameHit[], townships: ReadonlySet<number>): Set<number> {
  const named = new Set<number>();
  for (const hit of hits) {
    const all = indexesOf(hit, "community");
    const fitting = all.filter((community) => townships.has(atlas.communities[community]?.township ?? -1));
    for (const community of fitting.length > 0 ? fitting : all) named.add(community);
  }
  return named;
}

/** The grids that lie in the named areas, the most exact kind of area first; all of them where none does. */
function narrowed(
  atlas: Atlas,
  grids: readonly number[],
  [communities, townships, hints]: readonly [ReadonlySet<number>, ReadonlySet<number>, ReadonlySet<number>],
): readonly number[] {
  if (grids.length < 2) return grids;
  const inCommunity = grids.filter((grid) => communities.has(communityOfGrid(atlas, grid)));
  if (inCommunity.length > 0) return inCommunity;
  const inTownship = grids.filter((grid) => townships.has(townshipOf(atlas, grid)));
  if (inTownship.length > 0) return inTownship;
  const hinted = grids.filter((grid) => hints.has(townshipOf(atlas, grid)));
  return hinted.length > 0 ? hinted : grids;
}

/** What all sets share; where they share nothing, everything in them. */
function common(sets: readonly (readonly number[])[]): number[] {
  const [first = [], ...others] = sets.map((set) => new Set(set));
  const shared = [...first].filter((grid) => others.every((other) => other.has(grid)));
  return shared.length > 0 ? shared : [...new Set(sets.flat())];
}

/** The named areas that explain none of the grids, without the townships of named communities. */
function uncovered(
  atlas: Atlas,
  grids: readonly number[],
  communities: ReadonlySet<number>,
  townships: ReadonlySet<number>,
): Area[] {
  const explained = new Set(grids.map((grid) => communityOfGrid(atlas, grid)));
  const open = [...communities].filter((community) => !explained.has(community));
  const seen = new Set([...grids.map((grid) => townshipOf(atlas, grid)), ...open.map((c) => townshipAt(atlas, c))]);
  return [
    ...open
      .filter((community) => gridsOfCommunity(atlas, community).length > 0)
      .map((index): Area => ({ kind: "community", index })),
    ...[...townships].filter((township) => !seen.has(township)).map((index): Area => ({ kind: "township", index })),
  ];
}

function townshipAt(atlas: Atlas, community: number): number {
  return atlas.communities[community]?.township ?? -1;
}

function indexesOf(hit: NameHit, meaning: Meaning): number[] {
  return hit.refs.map(meaningOf).flatMap((ref) => (ref.meaning === meaning ? [ref.index] : []));
}

function says(hit: NameHit, meaning: Meaning): boolean {
  return hit.refs.some((ref) => meaningOf(ref).meaning === meaning);
}

/** Whether a name is more than a township's without its last word, with which longer names begin. */
function isMoreThanHint(hit: NameHit): boolean {
  return hit.refs.some((ref) => meaningOf(ref).meaning !== "township-short");
}

function isAreaName(hit: NameHit): boolean {
  return says(hit, "community") || says(hit, "township");
}
