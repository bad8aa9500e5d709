import type { Transaction } from "../../../db/database.ts";

/** The chat of whoever speaks for a station; null for every station as long as nobody can be bound as such. */
export async function stationChat(_tx: Transaction, _stationId: string): Promise<string | null> {
  return null;
}
