import { circleMarker, map as createMap, geoJSON, type LatLng, type Map as LeafletMap } from "leaflet";
import { useEffect, useRef, useState } from "react";
import { fetchGrids } from "./calls.ts";
import { Sheet } from "./sheet.tsx";

/** A point that a person shares; degrees in GCJ-02. */
export type SharedPlace = { readonly latitude: number; readonly longitude: number; readonly label: string };

const GRID_STYLE = { color: "#8c9bab", weight: 1, fillColor: "#dfe8ee", fillOpacity: 0.75 };
const CHOSEN_STYLE = { color: "#b3261e", weight: 2, fillColor: "#f6cfcb", fillOpacity: 0.9 };

/** Draws the county and tells each point that is chosen, by a click or by `chooseCentre`. */
function drawCounty(
  box: HTMLElement,
  leaving: AbortSignal,
  onPoint: (point: LatLng, grid: string) => void,
): LeafletMap {
  const map = createMap(box, { preferCanvas: true, attributionControl: false, zoomSnap: 0.25, zoomAnimation: false });
  map.setView([35.99, 119.4], 10);
  const mark = circleMarker([0, 0], { radius: 8, color: "#fff", weight: 3, fillColor: "#b3261e", fillOpacity: 1 });
  let grid = "";
  void fetchGrids().then((grids) => {
    if (leaving.aborted) return;
    const layer = geoJSON(grids, {
      style: GRID_STYLE,
      onEachFeature: (feature, shape) => {
        shape.on("click", () => {
          grid = String(feature.properties?.name ?? "");
          layer.resetStyle();
          if ("setStyle" in shape && typeof shape.setStyle === "function") shape.setStyle(CHOSEN_STYLE);
        });
      },
    }).addTo(map);
    if (grids.features.length > 0) map.fitBounds(layer.getBounds(), { padding: [8, 8] });
    box.dataset.ready = "true";
  });
  map.on("click", ({ latlng }) => {
    mark.setLatLng(latlng).addTo(map).bringToFront();
    onPoint(latlng, grid);
    grid = "";
  });
  return map;
}

/** The small map on which a resident shows where something is. */
export function PlacePicker(props: { readonly onClose: () => void; readonly onShare: (place: SharedPlace) => void }) {
  const { onClose, onShare } = props;
  const box = useRef<HTMLDivElement>(null);
  const county = useRef<LeafletMap | null>(null);
  const [place, setPlace] = useState<SharedPlace | null>(null);

  useEffect(() => {
    if (box.current === null) return;
    const leaving = new AbortController();
    const map = drawCounty(box.current, leaving.signal, ({ lat, lng }, grid) => {
      setPlace({ latitude: lat, longitude: lng, label: grid === "" ? "地图上的一点" : `${grid}附近` });
    });
    county.current = map;
    return () => {
      leaving.abort();
      map.remove();
    };
  }, []);

  const chooseCentre = (): void => {
    const map = county.current;
    if (map === null) return;
    const { lat, lng } = map.getCenter();
    setPlace({ latitude: lat, longitude: lng, label: "地图中心" });
  };

  return (
    <Sheet title="在地图上点一下位置" onClose={onClose}>
      <section className="map" data-testid="map" ref={box} aria-label="网格地图：方向键移动，加减号缩放" />
      <p className="picked" role="status">
        {place === null
          ? "还没有选位置"
          : `${place.label}（${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}）`}
      </p>
      <div className="sheet-actions">
        <button type="button" className="quiet" onClick={chooseCentre}>
          选地图中心
        </button>
        <button
          type="button"
          className="primary"
          data-testid="map-send"
          disabled={place === null}
          onClick={() => {
            if (place === null) return;
            onShare(place);
            onClose();
          }}
        >
          发送位置
        </button>
      </div>
    </Sheet>
  );
}
