import type { Position } from "../messages/message.ts";
import { type Atlas, labelOf, townshipOf } from "./atlas.ts";
import { choicesAnywhere, choicesWithin, doubtChoices, gridChoices, gridsWithin, orElsewhere } from "./choices.ts";
import type { NamedArea, PlaceChoice, PlaceClues, PlaceFinding } from "./finding.ts";
import { gridsNear } from "./geometry.ts";
import { type Area, mentionsIn } from "./mentions.ts";
import { byScene } from "./scanned.ts";

const BORDER_METRES = 30;

/** The distance up to which a position in no grid lies in a gap of the map, rather than in another county. */
const GAP_METRES = 200;

const MOST_NEIGHBOURS = 4;

/**
 * Locates a matter: the grid that is meant by all clues together.
 *
 * The first clue that tells anything decides: the position, the names in the words, the scanned code, the home grid.
 * A scanned code and words that speak of different places are a doubt, unless the words are plain. A clue that leaves a doubt becomes a question; nothing is guessed. Never throws; an empty atlas asks without choices.
 * The caller checks that a scanned deputy exists.
 */
export function locate(atlas: Atlas, clues: PlaceClues): PlaceFinding {
  return (
    byPosition(atlas, clues) ??
    byScene(atlas, clues) ??
    byNames(atlas, clues) ??
    byHome(atlas, clues.homeGrid) ??
    nothingKnown(atlas)
  );
}

/** The finding where nothing is known: the townships are offered. */
export function nothingKnown(atlas: Atlas): PlaceFinding {
  return { kind: "ask", why: "nothing", choices: choicesAnywhere(atlas) };
}

/**
 * The question whether a matter without a place lies where the last one did, or at the resident's home.
 *
 * @param last.name by which the resident called the place; null where they did not
 */
export function askAboutLast(
  atlas: Atlas,
  last: { readonly grid: string; readonly name: string | null },
  homeGrid: string | null,
): PlaceFinding | null {
  const grid = atlas.byCode.get(last.grid);
  if (grid === undefined) return null;
  const home = homeGrid === null ? [] : gridChoices(atlas, [atlas.byCode.get(homeGrid) ?? []].flat());
  const choices = [{ label: last.name ?? labelOf(atlas, grid), grid: last.grid }, ...home];
  return { kind: "ask", why: "same-as-last", choices: orElsewhere(choices) };
}

/**
 * The finding after a resident chose a township or community: its only grid, or the next question.
 *
 * Names that the resident said before (`texts`) count again within the chosen area.
 */
export function narrow(atlas: Atlas, chosen: NamedArea, texts: readonly string[] = []): PlaceFinding {
  const area = areaOf(atlas, chosen);
  if (area === null) return nothingKnown(atlas);
  const within = gridsWithin(atlas, area);
  const inside = new Set(within);
  const named = mentionsIn(atlas, texts).grids.filter((grid) => inside.has(grid));
  const [only, ...others] = named.length > 0 ? named : within;
  if (only !== undefined && others.length === 0) return gridByName(atlas, only, labelOf(atlas, only));
  if (named.length > 0) return { kind: "ask", why: "name-in-several", choices: doubtChoices(atlas, named, [], null) };
  return inArea(atlas, area);
}

/** The finding where an area is known and no more: what lies in it is offered, where that can be read on a phone. */
function inArea(atlas: Atlas, area: Area): PlaceFinding {
  return { kind: "ask", why: "township-only", choices: choicesWithin(atlas, area), within: nameOf(atlas, area) };
}

function nameOf(atlas: Atlas, { kind, index }: Area): NamedArea {
  if (kind === "township") return { township: atlas.townships[index] ?? "" };
  const { name, township } = atlas.communities[index] ?? { name: "", township: 0 };
  return { township: atlas.townships[township] ?? "", community: name };
}

/**
 * The code of the grid that a choice stands for; null for an area with several grids, or a grid that no longer exists.
 */
export function gridOfAnswer(atlas: Atlas, choice: PlaceChoice): string | null {
  if ("grid" in choice) return atlas.byCode.has(choice.grid) ? choice.grid : null;
  if ("scanned" in choice || "elsewhere" in choice) return null;
  const finding = narrow(atlas, choice);
  return finding.kind === "grid" ? finding.grid : null;
}

function byPosition(atlas: Atlas, clues: PlaceClues): PlaceFinding | null {
  const { position, borderMetres = BORDER_METRES } = clues;
  if (position === null || atlas.polygons === null || !isOnEarth(position)) return null;
  const close = gridsNear(atlas.polygons, position, borderMetres).map((near) => near.grid);
  const around = close.length > 0 ? close : gridsNear(atlas.polygons, position, GAP_METRES).map((near) => near.grid);
  const evidence = rounded(position);
  const [nearest, ...others] = around;
  if (nearest === undefined) {
    const former = byFormerGrid(atlas, position, evidence);
    if (former !== undefined) return former;
    return atlas.isMapped && clues.scene === null ? { kind: "outside", evidence } : null;
  }
  if (others.length === 0) return { kind: "grid", grid: atlas.codes[nearest] ?? "", by: "position", evidence };
  const named = new Set(mentionsIn(atlas, clues.texts).grids);
  const [agreed, ...alsoAgreed] = around.filter((grid) => named.has(grid));
  if (agreed !== undefined && alsoAgreed.length === 0) {
    return { kind: "grid", grid: atlas.codes[agreed] ?? "", by: "position", evidence };
  }
  return { kind: "ask", why: "border", choices: gridChoices(atlas, around.slice(0, MOST_NEIGHBOURS)) };
}

/** A position in a grid that has ended lies in what is left of its community or township; undefined where it is in none. */
function byFormerGrid(atlas: Atlas, position: Position, evidence: string): PlaceFinding | null | undefined {
  if (atlas.formerPolygons === null) return undefined;
  const [former] = gridsNear(atlas.formerPolygons, position, BORDER_METRES);
  if (former === undefined) return undefined;
  const area = atlas.formerAreas[former.grid] ?? null;
  if (area === null) return null;
  const [only, ...others] = gridsWithin(atlas, area);
  if (only !== undefined && others.length === 0)
    return { kind: "grid", grid: atlas.codes[only] ?? "", by: "position", evidence };
  return inArea(atlas, area);
}

function byNames(atlas: Atlas, clues: PlaceClues): PlaceFinding | null {
  const { grids, areas, evidence, isHint, isSeveral, isNear, called } = mentionsIn(atlas, clues.texts);
  const home = clues.homeGrid === null ? null : (atlas.byCode.get(clues.homeGrid) ?? null);
  const [grid, ...otherGrids] = grids;
  const [area, ...otherAreas] = areas;
  if (grid === undefined && area === undefined) return null;
  if (isNear) {
    return { kind: "ask", why: "near-name", choices: orElsewhere(doubtChoices(atlas, grids, areas, home, called)) };
  }
  if (grid !== undefined && otherGrids.length === 0 && area === undefined) return gridByName(atlas, grid, evidence);
  if (isHint && home !== null && areas.some((hinted) => hinted.index === townshipOf(atlas, home))) return null;
  if (grid === undefined && area !== undefined && otherAreas.length === 0) {
    const [only, ...others] = gridsWithin(atlas, area);
    if (only !== undefined && others.length === 0) return gridByName(atlas, only, evidence);
    return inArea(atlas, area);
  }
  const why = isSeveral ? "several-places" : called.size > 0 ? "part-of-estate" : "name-in-several";
  return { kind: "ask", why, choices: doubtChoices(atlas, grids, areas, home, called) };
}

function byHome(atlas: Atlas, homeGrid: string | null): PlaceFinding | null {
  const grid = homeGrid === null ? undefined : atlas.byCode.get(homeGrid);
  if (grid === undefined || homeGrid === null) return null;
  return { kind: "grid", grid: homeGrid, by: "home", evidence: labelOf(atlas, grid) };
}

function gridByName(atlas: Atlas, grid: number, evidence: string): PlaceFinding {
  return { kind: "grid", grid: atlas.codes[grid] ?? "", by: "name", evidence };
}

/** The area of this name; null where there is none. */
export function areaOf(atlas: Atlas, chosen: NamedArea): Area | null {
  const township = atlas.townships.indexOf(chosen.township);
  if (township < 0) return null;
  if (chosen.community === undefined) return { kind: "township", index: township };
  const community = atlas.communities.findIndex((one) => one.township === township && one.name === chosen.community);
  return community < 0 ? null : { kind: "community", index: community };
}

function isOnEarth({ latitude, longitude }: Position): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

/** To some ten metres: a decision is kept for years, and must not keep a track (PIPL art. 28). */
function rounded({ latitude, longitude }: Position): string {
  return `${latitude.toFixed(4)},${longitude.toFixed(4)}`;
}
