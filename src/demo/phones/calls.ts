import type { FeatureCollection } from "geojson";
import type { WireDeed, WireMessage, WirePage } from "./wire.ts";

async function get<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

function phonePath(openid: string, what = ""): string {
  return `/api/phones/${encodeURIComponent(openid)}${what}`;
}

/** Fetches the people, codes and sample texts of the practice county. */
export function fetchPage(): Promise<WirePage> {
  return get("/api/people");
}

/** Fetches the county's grids in GCJ-02. */
export function fetchGrids(): Promise<FeatureCollection> {
  return get("/api/grids");
}

/** Fetches the lines of a phone's screen. */
export async function fetchScreen(openid: string): Promise<readonly WireMessage[]> {
  return (await get<{ messages: readonly WireMessage[] }>(phonePath(openid))).messages;
}

/**
 * Does something with a phone; its line appears by the live events. @throws Error when the page's server refuses
 * @throws Error when the page's server refuses
 */
export async function perform(openid: string, deed: WireDeed): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(phonePath(openid, "/deeds"), { method: "POST", headers, body: JSON.stringify(deed) });
  if (!response.ok) throw new Error(await response.text());
}

/** Opens the account's chat on a phone beside WeChat. @throws Error when the page's server refuses */
export async function openPhone(openid: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(phonePath(openid, "/open"), { method: "POST", headers, body: "{}" });
  if (!response.ok) throw new Error(await response.text());
}

/** Sends a picture from a phone. @throws Error when the page's server refuses */
export async function sendPhoto(openid: string, photo: Blob): Promise<void> {
  const headers = { "content-type": photo.type.startsWith("image/") ? photo.type : "image/jpeg" };
  const response = await fetch(phonePath(openid, "/photos"), { method: "POST", headers, body: photo });
  if (!response.ok) throw new Error(await response.text());
}
