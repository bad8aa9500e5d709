/** The hash that stands before the first link of a chain. */
export const FIRST = Buffer.alloc(32);

/** The head of a county's chain at some position: its hash, in hex, covers every link up to it. */
export type Head = { readonly position: number; readonly hash: string };

/** The same value with the keys of every object in order of their code units. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
