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

/** A numbered answer to "where?": a grid, or only a township or community, which narrows the next question. */
export type PlaceChoice =
  | { readonly label: string; readonly grid: string }
  | { readonly label: string; readonly township: string; readonly community?: string };

/** The clues to where a matter lies: the scanned code, the shared position, the words, and where the resident lives. */
export type PlaceClues = {
  readonly scene: { readonly kind: "grid" | "station" | "deputy"; readonly code: string } | null;
  readonly position: Position | null;
  readonly texts: readonly string[];
  /** Code of the resident's home grid. */
  readonly homeGrid: string | null;
  /** A position this near to another grid is a doubt; 30 metres when left out. */
  readonly borderMetres?: number;
};

/** The reason for which the resident must be asked where something is. */
export type AskWhy = "nothing" | "border" | "name-in-several" | "township-only";

/** The result of locating a matter: where it lies and how that is known, or what to ask. */
export type PlaceFinding =
  | {
      readonly kind: "grid";
      readonly grid: string;
      readonly by: "scene" | "position" | "name" | "home";
      readonly evidence: string;
    }
  | { readonly kind: "station"; readonly station: string; readonly by: "scene"; readonly evidence: string }
  | { readonly kind: "deputy"; readonly deputy: string; readonly by: "scene"; readonly evidence: string }
  | { readonly kind: "ask"; readonly why: AskWhy; readonly choices: readonly PlaceChoice[] }
  | { readonly kind: "outside"; readonly evidence: string }
  /** A danger on the border of two places, whose people are all told at once: nobody is asked. */
  | (Border & { readonly kind: "border"; readonly by: "name"; readonly danger: string });
