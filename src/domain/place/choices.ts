import { type Atlas, communityLabel, communityOfGrid, gridsOfCommunity, labelOf, townshipOf } from "./atlas.ts";
import type { PlaceChoice } from "./finding.ts";
import type { Area } from "./mentions.ts";
import { foldName } from "./name-index.ts";

/** The most choices that a question offers: a longer list is not read on a phone. */
const MOST_CHOICES = 12;
/** The most choices of a doubt between places. */
const MOST_DOUBTS = 4;
/** The most townships that are offered when nothing else is known. */
const MOST_TOWNSHIPS = 20;

/**
 * The numbered choices for some grids, in the given order. Two grids with the same label are shown with their codes.
 */
export function gridChoices(
  atlas: Atlas,
  grids: readonly number[],
  called: ReadonlyMap<number, string> = new Map(),
): PlaceChoice[] {
  const labels = grids.map((grid) => withName(labelOf(atlas, grid), called.get(grid)));
  return grids.map((grid, index) => {
    const code = atlas.codes[grid] ?? "";
    const label = labels[index] ?? "";
    return { label: labels.filter((other) => other === label).length > 1 ? `${label}(${code})` : label, grid: code };
  });
}

function withName(label: string, name: string | undefined): string {
  return name === undefined || foldName(label).includes(foldName(name)) ? label : `${label}（${name}）`;
}

/**
 * Choices for a doubt between grids and areas.
 *
 * @param homeGrid the resident's, or null: what is near it comes first
 * @param called what the grids are called, where their own names would not be recognised
 * @returns at most four; too many grids become their communities or townships, at most twelve; else none
 */
export function doubtChoices(
  atlas: Atlas,
  grids: readonly number[],
  areas: readonly Area[],
  homeGrid: number | null,
  called: ReadonlyMap<number, string> = new Map(),
): PlaceChoice[] {
  const near = nearHome(atlas, grids, homeGrid);
  if (grids.length + areas.length <= MOST_DOUBTS)
    return [...gridChoices(atlas, near, called), ...areaChoices(atlas, areas)];
  const townships = [
    ...new Set([...near.map((grid) => townshipOf(atlas, grid)), ...areas.map((a) => townshipOfArea(atlas, a))]),
  ];
  if (townships.length > 1) return atMost(MOST_CHOICES, areaChoices(atlas, townships.map(townshipArea)));
  const communities = [
    ...new Set([
      ...near.map((grid) => communityOfGrid(atlas, grid)),
      ...areas.flatMap((area) => (area.kind === "community" ? [area.index] : [])),
    ]),
  ];
  if (grids.length <= MOST_CHOICES && areas.length === 0) return gridChoices(atlas, near, called);
  return atMost(
    MOST_CHOICES,
    communities.map((community) => communityChoice(atlas, community)),
  );
}

/** Choices of which none may be meant, so that "no" is an answer. */
export function orElsewhere(choices: readonly PlaceChoice[]): PlaceChoice[] {
  return [...choices, { label: "", elsewhere: true }];
}

/** The choices within an area: its grids where they can be listed, else the communities of a township, else none. */
export function choicesWithin(atlas: Atlas, area: Area): PlaceChoice[] {
  const grids = gridsWithin(atlas, area);
  if (grids.length <= MOST_CHOICES) return gridChoices(atlas, grids);
  if (area.kind === "community") return [];
  const communities = atlas.communitiesOf[area.index] ?? [];
  if (communities.length < 2) return [];
  return atMost(
    MOST_CHOICES,
    communities.map((community) => communityChoice(atlas, community)),
  );
}

/** The choices when nothing is known: the townships, or what lies in the only one. */
export function choicesAnywhere(atlas: Atlas): PlaceChoice[] {
  if (atlas.townships.length === 1) return choicesWithin(atlas, townshipArea(0));
  if (atlas.townships.length > MOST_TOWNSHIPS) return [];
  return areaChoices(atlas, [...atlas.townships.keys()].map(townshipArea));
}

/** The grids of a community or township, by number. */
export function gridsWithin(atlas: Atlas, area: Area): number[] {
  if (area.kind === "community") return gridsOfCommunity(atlas, area.index);
  return (atlas.communitiesOf[area.index] ?? []).flatMap((community) => gridsOfCommunity(atlas, community));
}

/** Choices for named areas: an area with a single grid is that grid. */
function areaChoices(atlas: Atlas, areas: readonly Area[]): PlaceChoice[] {
  return areas.map((area) => {
    if (area.kind === "community") return communityChoice(atlas, area.index);
    const [only, ...others] = gridsWithin(atlas, area);
    const township = atlas.townships[area.index] ?? "";
    if (only !== undefined && others.length === 0) return { label: township, grid: atlas.codes[only] ?? "" };
    return { label: township, township };
  });
}

function communityChoice(atlas: Atlas, community: number): PlaceChoice {
  const label = communityLabel(atlas, community);
  const [only, ...others] = gridsOfCommunity(atlas, community);
  if (only !== undefined && others.length === 0) return { label, grid: atlas.codes[only] ?? "" };
  const { name, township } = atlas.communities[community] ?? { name: "", township: 0 };
  return { label, township: atlas.townships[township] ?? "", community: name };
}

/** Stable: what shares the home's community first, then what shares its township, then the rest. */
function nearHome(atlas: Atlas, grids: readonly number[], home: number | null): readonly number[] {
  if (home === null) return grids;
  const farness = (grid: number): number => {
    if (grid === home) return 0;
    if (communityOfGrid(atlas, grid) === communityOfGrid(atlas, home)) return 1;
    return townshipOf(atlas, grid) === townshipOf(atlas, home) ? 2 : 3;
  };
  return [...grids].sort((a, b) => farness(a) - farness(b));
}

function townshipArea(index: number): Area {
  return { kind: "township", index };
}

function townshipOfArea(atlas: Atlas, area: Area): number {
  return area.kind === "township" ? area.index : (atlas.communities[area.index]?.township ?? 0);
}

function atMost(limit: number, choices: PlaceChoice[]): PlaceChoice[] {
  return choices.length <= limit ? choices : [];
}
