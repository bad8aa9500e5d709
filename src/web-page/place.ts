import { VAGUE_METRES } from "../domain/web-chat/said.ts";
import type { MapPoint } from "./map.ts";
import { element, words } from "./words.ts";

/** How long a phone may look for its position. */
const LOOK_MS = 15_000;

/** Offers to say where something is: on a map, or by the phone's own position, which is never asked for before somebody wants it. */
export function offerPlace(): void {
  element("place").hidden = false;
  const [byMap, byPhone, none] = [element("by-map"), element("by-phone"), element("no-place")];
  byMap.addEventListener("click", () => void chooseOnMap(null));
  none.addEventListener("click", () => {
    forgetPlace();
    byMap.focus();
  });
  if (!("geolocation" in navigator)) return;
  byPhone.hidden = false;
  byPhone.addEventListener("click", () => {
    tell(words.looking);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        const point: MapPoint = { lat: latitude, lng: longitude, datum: "wgs84" };
        if (accuracy <= VAGUE_METRES) return keepPlace(point);
        tell(words.vague?.replace("{metres}", String(Math.round(accuracy))));
        void chooseOnMap(point);
      },
      () => tell(words.unknown),
      { enableHighAccuracy: true, timeout: LOOK_MS, maximumAge: 0 },
    );
  });
}

/** Takes the chosen place away: it was sent, or is not wanted. */
export function forgetPlace(): void {
  for (const name of ["lat", "lng", "datum"]) field(name).value = "";
  element("no-place").hidden = true;
  closeMap();
  tell(words.none);
}

function keepPlace({ lat, lng, datum }: MapPoint): void {
  field("lat").value = lat.toFixed(6);
  field("lng").value = lng.toFixed(6);
  field("datum").value = datum;
  element("no-place").hidden = false;
  closeMap();
  tell(words.chosen);
}

async function chooseOnMap(near: MapPoint | null): Promise<void> {
  const box = element("map-box");
  box.hidden = false;
  try {
    const { openMap } = await import("./map.ts");
    await openMap(box, { near, onChosen: keepPlace, onClosed: closeMap });
  } catch {
    closeMap();
    tell(words.noNetwork);
  }
}

function closeMap(): void {
  const box = element("map-box");
  box.hidden = true;
  box.replaceChildren();
}

function tell(sentence: string | undefined): void {
  element("chosen").textContent = sentence ?? "";
}

function field(name: string): HTMLInputElement {
  return element<HTMLFormElement>("form").elements.namedItem(name) as HTMLInputElement;
}
