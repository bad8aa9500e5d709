import type { UnitOfWork } from "./unit-of-work.ts";

/**
 * The author of what happens in a unit of work, as ledgers have it: whoever of a station does it by chat, whoever of the staff; where nobody
 * of them does, the one who is named.
 */
export function authorOf({ staff, station }: Pick<UnitOfWork, "staff" | "station">, by: string): string {
  if (station !== undefined) return `station:${station}`;
  return staff === undefined ? by : `office:${staff}`;
}
