import type { Position } from "../messages/message.ts";

/** A side of a border between two places: a grid, or where only a wider area was named, its station. */
export type Side = { readonly grid: string | null; readonly station: string | null };

/** A border of two named places on which something lies, with the names that told. */
export type Border = { readonly sides: readonly [Side, Side]; readonly evidence: string };

/** A grid as the atlas knows it. Rings are [longitude, latitude] in GCJ-02. */
export type GridFacts = {
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly community: string;
  readonly station: string | null;
  readonly aliases: readonly string[];
  readonly shape: number[][][][] | null;
};

/**
 * A numbered answer to "where?": a grid, or only a township or community, which narrows the next question; the station or
 * deputy whose code was scanned.
 */
export type PlaceChoice =
  | { readonly label: string; readonly grid: string }
  | { readonly label: string; readonly township: string; readonly community?: string }
  | { readonly label: string; readonly scanned: { readonly kind: "station" | "deputy"; readonly code: string } }
  /** None of the places that were offered. */
  | { readonly label: ""; readonly elsewhere: true };

/** A township, or a community in one, by name. */
export type NamedArea = { readonly township: string; readonly community?: string };

/** A scanned code, with what it stands for. */
export type Scene = {
  readonly kind: "grid" | "station" | "deputy";
  readonly code: string;
  /** The name that the resident read when it was scanned; for a deputy, whom the atlas does not know. */
  readonly name?: string;
  /** Codes of the grids for which a scanned deputy answers. */
  readonly grids?: readonly string[];
};

/** The clues to where a matter lies: the scanned code, the shared position, the words, and where the resident lives. */
export type PlaceClues = {
  readonly scene: Scene | null;
  readonly position: Position | null;
  readonly texts: readonly string[];
  /** Code of the resident's home grid. */
  readonly homeGrid: string | null;
  /** A position this near to another grid is a doubt; 30 metres when left out. */
  readonly borderMetres?: number;
};

/** The reason for which the resident must be asked where something is. */
export type AskWhy =
  | "nothing"
  | "border"
  /** One name that several places have. */
  | "name-in-several"
  /** Several names of places that have nothing in common. */
  | "several-places"
  /** An estate or a village of which only the parts are known. */
  | "part-of-estate"
  /** No name that is known, but one that is near. */
  | "near-name"
  /** No place was named: whether it is where the resident's last matter was. */
  | "same-as-last"
  | "township-only"
  | "scanned-or-named";

/** The result of locating a matter: where it lies and how that is known, or what to ask. */
export type PlaceFinding =
  | {
      readonly kind: "grid";
      readonly grid: string;
      readonly by: "scene" | "position" | "name" | "home";
      readonly evidence: string;
    }
  | { readonly kind: "station"; readonly station: string; readonly by: "scene"; readonly evidence: string }
  | {
      readonly kind: "deputy";
      readonly deputy: string;
      /** Named in the words, and one of those for which the deputy answers. */
      readonly grid?: string;
      readonly by: "scene";
      readonly evidence: string;
    }
  | {
      readonly kind: "ask";
      readonly why: AskWhy;
      /** None where there are too many to be read. */
      readonly choices: readonly PlaceChoice[];
      /** The area in which it lies, where that much is known. */
      readonly within?: NamedArea;
    }
  | { readonly kind: "outside"; readonly evidence: string }
  /** A danger on the border of two places, whose people are all told at once: nobody is asked. */
  | (Border & { readonly kind: "border"; readonly by: "name"; readonly danger: string });
