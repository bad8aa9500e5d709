import type { Position } from "./message.ts";

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

/** One numbered answer to "where?": a grid, or only a township, which narrows the next question. */
export type PlaceChoice =
  | { readonly label: string; readonly grid: string }
  | { readonly label: string; readonly township: string };
