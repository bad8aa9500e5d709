import { sketchOf } from "../../domain/place/atlas.ts";
import { convertDatum } from "../../domain/place/datum.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import { gridsNear } from "../../domain/place/geometry.ts";
import { gridOfAnswer } from "../../domain/place/locate.ts";
import { findPlaceOfNew } from "../routing/find-place.ts";
import type { Turn } from "../turn/turn.ts";

/** The place of a matter as somebody at a desk says it: a grid of the list, where their telephone is (WGS-84), or names. */
export type GivenPlace =
  | { readonly grid: string }
  | { readonly latitude: number; readonly longitude: number }
  | { readonly words: string };

/** A grid that may be meant, as it is read in a list. */
export type PlaceOffer = { readonly grid: string; readonly label: string };

/** The place that was given, found; what may be meant instead where it is not clear. */
export type FoundPlace = {
  readonly finding: PlaceFinding;
  readonly offers: readonly PlaceOffer[];
  /** The grids in which the same matter may have been told: this one, and those that are within 300 m. */
  readonly around: ReadonlyMap<string, number>;
};

/** So near two matters may be one. */
const NEAR_METRES = 300;

/** Finds the place of a matter that is taken down; null where a grid was named that there is not. */
export async function findGivenPlace(turn: Turn, place: GivenPlace | null, text: string): Promise<FoundPlace | null> {
  const atlas = await turn.lookups.atlas();
  if (place !== null && "grid" in place) {
    const sketch = sketchOf(atlas, place.grid);
    if (sketch === null) return null;
    const finding = { kind: "grid", grid: place.grid, by: "name", evidence: sketch.label } as const;
    return { finding, offers: [], around: new Map([[place.grid, 0]]) };
  }
  const position = place !== null && "latitude" in place ? gcj(place) : null;
  const texts = place !== null && "words" in place ? [place.words, text] : [text];
  const found = await findPlaceOfNew(turn, { texts, position });
  // Where they live is a guess, and they are here to be asked.
  const isGuess = found.kind === "grid" && found.by === "home";
  const finding: PlaceFinding = isGuess ? { kind: "ask", why: "nothing", choices: [] } : found;
  const choices = found.kind === "ask" ? found.choices.flatMap((one) => gridOfAnswer(atlas, one) ?? []) : [];
  const guessed = isGuess ? [found.grid] : choices;
  const offers = guessed.map((grid) => ({ grid, label: sketchOf(atlas, grid)?.label ?? grid }));
  const near =
    position === null || atlas.polygons === null
      ? []
      : gridsNear(atlas.polygons, position, NEAR_METRES).map(
          ({ grid, metres }) => [atlas.codes[grid] ?? "", Math.round(metres)] as const,
        );
  const around = new Map([...near, ...(finding.kind === "grid" ? ([[finding.grid, 0]] as const) : [])]);
  return { finding, offers, around };
}

function gcj({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }) {
  const [x, y] = convertDatum([longitude, latitude], "wgs84", "gcj02");
  return { longitude: x, latitude: y };
}
