import type { Answered } from "../client/call.ts";
import type { Layer } from "./params.ts";

/** A grid with its figures. */
export type Counted = Answered<"GET /grids/figures">["grids"][number];

/** The steps of a layer: each holds the values up to its end, the last one all above. */
const ENDS: Readonly<Record<Layer, readonly number[]>> = {
  answering: [0, 1, 2, 3],
  open: [0, 2, 5, 10],
  medianDays: [1, 3, 5, 10],
  isSilent: [0],
  reopenedShare: [0, 0.05, 0.1, 0.2],
};

/** The number of a grid in a layer; null where there is none, or it is not shown. */
export function numberOf(grid: Counted, layer: Layer): number | null {
  if (layer === "isSilent") return grid.isSilent === null ? null : Number(grid.isSilent);
  return grid[layer];
}

/** The step of a value, from 0; null where there is no value. */
export function stepOf(value: number | null, layer: Layer): number | null {
  if (value === null) return null;
  const step = ENDS[layer].findIndex((end) => value <= end);
  return step === -1 ? ENDS[layer].length : step;
}

/** The number of steps of a layer. */
export const stepsOf = (layer: Layer): number => ENDS[layer].length + 1;

/** The look of a step: steps differ in lightness and in pattern, so that neither colour nor a screen decides. */
export type Look = { readonly ground: string; readonly ink: string; readonly pattern: Pattern };
type Pattern = "plain" | "dots" | "lines" | "crossed" | "dense" | "alarm";

const RISING: readonly Look[] = [
  { ground: "#f4f7fb", ink: "#f4f7fb", pattern: "plain" },
  { ground: "#cfe0f5", ink: "#6f97c9", pattern: "dots" },
  { ground: "#9cbfe8", ink: "#3f72b5", pattern: "lines" },
  { ground: "#5b8fd0", ink: "#1f4f93", pattern: "crossed" },
  { ground: "#16386b", ink: "#0b2247", pattern: "dense" },
];
const ALARM: Look = { ground: "#ffe3e0", ink: "#a8071a", pattern: "alarm" };
/** The look of a grid without a number. */
export const NO_VALUE: Look = { ground: "#ffffff", ink: "#c2c8d0", pattern: "lines" };

/** The look of a step of a layer: nobody who answers, and no word at all, stand out in red. */
export function lookOf(layer: Layer, step: number | null): Look {
  if (step === null) return NO_VALUE;
  if (layer === "answering") return step === 0 ? ALARM : (RISING[step] ?? NO_VALUE);
  if (layer === "isSilent") return step === 1 ? ALARM : (RISING[1] ?? NO_VALUE);
  return RISING[step] ?? NO_VALUE;
}

const TILE = 8;

/** Draws one tile of a look; repeated, it fills a grid or a field of the legend. */
export function tileOf({ ground, ink, pattern }: Look): HTMLCanvasElement {
  const tile = document.createElement("canvas");
  tile.width = TILE;
  tile.height = TILE;
  const draw = tile.getContext("2d");
  if (draw === null) return tile;
  draw.fillStyle = ground;
  draw.fillRect(0, 0, TILE, TILE);
  draw.fillStyle = ink;
  draw.strokeStyle = ink;
  const line = (fromX: number, fromY: number, toX: number, toY: number, width: number) => {
    draw.lineWidth = width;
    draw.beginPath();
    draw.moveTo(fromX, fromY);
    draw.lineTo(toX, toY);
    draw.stroke();
  };
  const falling = (width: number) => {
    for (const x of [-TILE, 0, TILE]) line(x, 0, x + TILE, TILE, width);
  };
  const rising = (width: number) => {
    for (const x of [-TILE, 0, TILE]) line(x, TILE, x + TILE, 0, width);
  };
  if (pattern === "dots") draw.fillRect(3, 3, 2, 2);
  if (pattern === "lines") rising(1.2);
  if (pattern === "crossed") {
    rising(1.2);
    falling(1.2);
  }
  if (pattern === "dense") draw.fillRect(0, 0, TILE, TILE / 2);
  if (pattern === "alarm") falling(2);
  return tile;
}
