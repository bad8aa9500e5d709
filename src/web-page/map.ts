import {
  circleMarker,
  map as createMap,
  type LatLngExpression,
  type Map as LeafletMap,
  polygon,
  tileLayer,
} from "leaflet";
import { base, words } from "./words.ts";

/** A point, in the datum of whoever gave it: maps are drawn in GCJ-02, satellites speak WGS-84. */
export type MapPoint = { readonly lat: number; readonly lng: number; readonly datum: "gcj02" | "wgs84" };

/** The grids as they travel: the corners of each ring in steps of a unit. */
type Grids = {
  readonly unit: number;
  readonly grids: readonly { readonly name: string; readonly rings: readonly number[][] }[];
};

const GRID = { color: "#5b6b7a", weight: 1, fillColor: "#e8eef2", fillOpacity: 0.6, interactive: false } as const;

/** Opens the map of the county, on which a point is chosen by touch or, with the keyboard, as the middle. */
export async function openMap(
  box: HTMLElement,
  choice: {
    readonly near: MapPoint | null;
    readonly onChosen: (point: MapPoint) => void;
    readonly onClosed: () => void;
  },
): Promise<void> {
  const { near, onChosen, onClosed } = choice;
  const frame = document.createElement("div");
  frame.className = "map";
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", words.map ?? "");
  const row = document.createElement("div");
  row.className = "row";
  const [use, centre, close] = (["use", "centre", "close"] as const).map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.id = `map-${name}`;
    button.textContent = words[name] ?? "";
    row.append(button);
    return button;
  });
  box.replaceChildren(frame, row);
  const map = createMap(frame, { preferCanvas: true, attributionControl: false, zoomAnimation: false, zoomSnap: 0.5 });
  map.setView([36, 119.4], 10);
  const tiles = document.body.dataset.tiles;
  if (tiles !== undefined && tiles !== "") tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  const mark = circleMarker([0, 0], { radius: 9, color: "#ffffff", weight: 3, fillColor: "#b3261e", fillOpacity: 1 });
  let chosen: MapPoint | null = null;
  const choose = (at: LatLngExpression): void => {
    mark.setLatLng(at).addTo(map).bringToFront();
    const { lat, lng } = mark.getLatLng();
    chosen = { lat, lng, datum: "gcj02" };
    if (use !== undefined) use.disabled = false;
  };
  if (use !== undefined) use.disabled = true;
  map.on("click", ({ latlng }) => choose(latlng));
  centre?.addEventListener("click", () => choose(map.getCenter()));
  use?.addEventListener("click", () => {
    if (chosen !== null) onChosen(chosen);
  });
  close?.addEventListener("click", onClosed);
  await drawGrids(map);
  if (near !== null) map.setView([near.lat, near.lng], 15);
  frame.dataset.ready = "true";
  frame.focus();
}

async function drawGrids(map: LeafletMap): Promise<void> {
  const response = await fetch(`${base}/grids`);
  const { unit, grids }: Grids = await response.json();
  const shapes = grids.flatMap(({ rings }) => rings.map((ring) => polygon(cornersOf(ring, unit), GRID).addTo(map)));
  const [first, ...others] = shapes.map((shape) => shape.getBounds());
  if (first === undefined) return;
  for (const bounds of others) first.extend(bounds);
  map.fitBounds(first, { padding: [8, 8] });
}

function cornersOf(steps: readonly number[], unit: number): [number, number][] {
  let [x, y] = [0, 0];
  const corners: [number, number][] = [];
  for (let at = 0; at + 1 < steps.length; at += 2) {
    x += steps[at] ?? 0;
    y += steps[at + 1] ?? 0;
    corners.push([y * unit, x * unit]);
  }
  return corners;
}
