import { type Atlas, labelOf } from "./atlas.ts";
import { choicesWithin, doubtChoices, gridsWithin } from "./choices.ts";
import type { PlaceChoice, PlaceClues, PlaceFinding, Scene } from "./finding.ts";
import { type Mentions, mentionsIn } from "./mentions.ts";

/** The most places of the words that are offered beside the scanned one. */
const MOST_BESIDE = 6;
/** A name so short may be any word: 南关 is a place, 平安 may be one. */
const SHORT_NAME = 2;

/**
 * The finding by a scanned code and the words; null where no code holds.
 *
 * Codes hang where many people pass. Words that plainly name another place win; words that may mean another one are a
 * doubt, in which both are offered; words that name a part of what the code stands for make it more exact.
 */
export function byScene(atlas: Atlas, { scene, texts, homeGrid }: PlaceClues): PlaceFinding | null {
  if (scene === null) return null;
  const scanned = findingOf(atlas, scene);
  if (scanned === null) return null;
  const named = mentionsIn(atlas, texts);
  const covered = coveredBy(atlas, scene);
  if (named.grids.length > 0) {
    const inside = named.grids.filter((grid) => covered.has(grid));
    if (inside.length > 0) return moreExact(atlas, scanned, inside);
    const [only, another] = named.grids;
    if (only !== undefined && another === undefined && named.areas.length === 0 && isPlain(named)) {
      return { kind: "grid", grid: atlas.codes[only] ?? "", by: "name", evidence: named.evidence };
    }
    return bothOf(atlas, scene, named, homeGrid);
  }
  if (named.areas.length === 0) return scanned;
  const within = named.areas.flatMap((area) => gridsWithin(atlas, area));
  if (within.some((grid) => covered.has(grid))) return scanned;
  const [only, another] = within;
  if (only !== undefined && another === undefined && isPlain(named)) {
    return { kind: "grid", grid: atlas.codes[only] ?? "", by: "name", evidence: named.evidence };
  }
  return bothOf(atlas, scene, named, homeGrid);
}

/** What a code alone tells; null where it stands for nothing any more. The caller knows that a deputy is there. */
function findingOf(atlas: Atlas, { kind, code }: Scene): PlaceFinding | null {
  if (kind === "deputy") return { kind, deputy: code, by: "scene", evidence: `d:${code}` };
  if (kind === "station") {
    return atlas.stations.has(code) ? { kind, station: code, by: "scene", evidence: `s:${code}` } : null;
  }
  return atlas.byCode.has(code) ? { kind, grid: code, by: "scene", evidence: `g:${code}` } : null;
}

function coveredBy(atlas: Atlas, { kind, code, grids = [] }: Scene): ReadonlySet<number> {
  if (kind === "station") {
    const station = atlas.stationCodes.indexOf(code);
    return new Set([...atlas.stationOf.keys()].filter((grid) => station >= 0 && atlas.stationOf[grid] === station));
  }
  return new Set((kind === "grid" ? [code] : grids).flatMap((one) => atlas.byCode.get(one) ?? []));
}

/** A station or a deputy answers for many grids: the one that was named is where it is. */
function moreExact(atlas: Atlas, scanned: PlaceFinding, inside: readonly number[]): PlaceFinding {
  const [only, another] = inside;
  const grid = only === undefined || another !== undefined ? undefined : atlas.codes[only];
  if (grid === undefined) return scanned;
  if (scanned.kind === "deputy") return { ...scanned, grid };
  return scanned.kind === "station" ? { kind: "grid", grid, by: "scene", evidence: scanned.evidence } : scanned;
}

function isPlain({ evidence, isHint, isNear, isAside }: Mentions): boolean {
  const names = evidence.split("、");
  return !isHint && !isNear && !isAside && names.some((name) => name.length > SHORT_NAME && !name.endsWith(")"));
}

function bothOf(atlas: Atlas, scene: Scene, named: Mentions, homeGrid: string | null): PlaceFinding {
  const home = homeGrid === null ? null : (atlas.byCode.get(homeGrid) ?? null);
  const [area, another] = named.areas;
  const inArea =
    named.grids.length === 0 && area !== undefined && another === undefined ? choicesWithin(atlas, area) : [];
  const spoken =
    inArea.length > 0 && inArea.length <= MOST_BESIDE
      ? inArea
      : doubtChoices(atlas, named.grids, named.areas, home, named.spoken);
  return { kind: "ask", why: "scanned-or-named", choices: [choiceOf(atlas, scene), ...spoken] };
}

function choiceOf(atlas: Atlas, { kind, code, name }: Scene): PlaceChoice {
  if (kind === "grid") return { label: labelOf(atlas, atlas.byCode.get(code) ?? 0), grid: code };
  return { label: name ?? atlas.stations.get(code)?.name ?? code, scanned: { kind, code } };
}
