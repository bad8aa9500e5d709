import {
  canvas,
  control,
  map as createMap,
  type LatLngTuple,
  type Map as LeafletMap,
  latLngBounds,
  type Polygon,
  polygon,
  tileLayer,
} from "leaflet";
import type { Answered } from "../client/call.ts";
import { type Look, tileOf } from "./layers.ts";

/** The shapes of the grids, as the API gives them. */
export type Shapes = Answered<"GET /grids/shapes">;

/** A map of the county's grids on one canvas. */
export type CountyMap = {
  /** Fills each grid by its look. */
  paint(lookOf: (code: string) => Look): void;
  /** Goes to a township, or back to the whole; what is outside fades. */
  goTo(township: string | null): void;
  /** Marks a grid; null for none. */
  mark(code: string | null): void;
  remove(): void;
};

const LINE = "#5b6470";
const FADED = 0.25;

/** Draws the grids into a box. @param onChoose told the grid that somebody clicks */
export function drawCounty(
  box: HTMLElement,
  { unit, grids }: Shapes,
  options: {
    readonly tiles: string | null;
    readonly says: { readonly zoomIn: string; readonly zoomOut: string };
    readonly onChoose: (code: string) => void;
  },
): CountyMap {
  const map: LeafletMap = createMap(box, {
    renderer: canvas({ padding: 0.3 }),
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    zoomAnimation: false,
    fadeAnimation: false,
    markerZoomAnimation: false,
  });
  const { zoomIn: zoomInTitle, zoomOut: zoomOutTitle } = options.says;
  control.zoom({ zoomInTitle, zoomOutTitle }).addTo(map);
  if (options.tiles !== null) tileLayer(options.tiles, { maxZoom: 19 }).addTo(map);
  const drawn = new Map<string, { readonly shape: Polygon; readonly township: string }>();
  for (const { code, township, rings } of grids) {
    const shape = polygon(
      rings.map((ring) => cornersOf(ring, unit)),
      { color: LINE, weight: 0.6, fillOpacity: options.tiles === null ? 1 : 0.7, smoothFactor: 1 },
    );
    shape.on("click", () => options.onChoose(code));
    drawn.set(code, { shape, township });
  }
  const boundsOf = (township: string | null) => {
    const bounds = latLngBounds([]);
    for (const one of drawn.values())
      if (township === null || one.township === township) bounds.extend(one.shape.getBounds());
    return bounds;
  };
  map.fitBounds(boundsOf(null), { padding: [8, 8], animate: false });
  // Only now: each would otherwise be placed anew for every step of the view.
  for (const { shape } of drawn.values()) shape.addTo(map);
  const fills = new Map<Look, string>();
  const fillOf = (look: Look): string => {
    const known = fills.get(look);
    if (known !== undefined) return known;
    const pattern = document.createElement("canvas").getContext("2d")?.createPattern(tileOf(look), "repeat");
    // The canvas takes a pattern wherever it takes a colour, which Leaflet's types do not say.
    const fill = (pattern ?? look.ground) as string;
    fills.set(look, fill);
    return fill;
  };
  const full = options.tiles === null ? 1 : 0.7;
  let marked: string | null = null;
  return {
    paint(lookOf) {
      for (const [code, { shape }] of drawn) shape.setStyle({ fillColor: fillOf(lookOf(code)) });
    },
    goTo(township) {
      const bounds = boundsOf(township);
      if (bounds.isValid()) map.fitBounds(bounds, { padding: [8, 8], animate: false });
      for (const { shape, township: own } of drawn.values())
        shape.setStyle({ fillOpacity: township === null || own === township ? full : FADED });
    },
    mark(code) {
      const before = marked === null ? undefined : drawn.get(marked);
      before?.shape.setStyle({ color: LINE, weight: 0.6 });
      marked = code;
      const now = code === null ? undefined : drawn.get(code);
      now?.shape.setStyle({ color: "#b3261e", weight: 3 }).bringToFront();
    },
    remove: () => void map.remove(),
  };
}

function cornersOf(ring: readonly number[], unit: number): LatLngTuple[] {
  const corners: LatLngTuple[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at + 1 < ring.length; at += 2) {
    x += ring[at] ?? 0;
    y += ring[at + 1] ?? 0;
    corners.push([y * unit, x * unit]);
  }
  return corners;
}
