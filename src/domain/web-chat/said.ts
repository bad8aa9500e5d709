/** The longest words that are taken at once, in signs. */
export const LONGEST_WORDS = 4_000;

/** The number of photos that go with a message, at most. */
export const MOST_PHOTOS = 3;

/** The largest photo that is taken, in bytes; the page makes photos much smaller before it sends them. */
export const LARGEST_PHOTO_BYTES = 4 * 1024 * 1024;

/** A place that is known less well than this, in metres, is shown on the map to be confirmed. */
export const VAGUE_METRES = 200;

/** The scene with which somebody opened the page, as far as it is one for residents; null for every other. */
export function sceneIn(text: string | null | undefined): string | null {
  const scene = text?.trim() ?? "";
  return /^[gsdt]:\S{1,62}$/.test(scene) ? scene : null;
}

/** The key of a page's message, a UUID of the page's own; null where it is none. */
export function pageKeyIn(text: string | null | undefined): string | null {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text ?? "") ? (text ?? "").toLowerCase() : null;
}

/** The network that counts as one address: of IPv6 the first 56 bits, which one household has; of IPv4 the address itself. */
export function addressGroup(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const between = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array<string>(between).fill("0"), ...last].map((group) => group.padStart(4, "0"));
  return `${groups.join("").slice(0, 14)}/56`;
}
