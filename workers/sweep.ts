import type { Database } from "../db/database.ts";
import { listCounties } from "../src/casework/counties.ts";
import { findWaiting } from "../src/casework/waiting.ts";
import type { Queues } from "./queues.ts";

/** Messages younger than this are being announced by whoever accepted them. */
const UNHEARD_MS = 2000;

/**
 * Announces what waits in every county although nobody takes it up: its announcement was lost, its worker died, its time
 * came, or the lease of its call ran out.
 */
export async function sweep(services: {
  readonly database: Database;
  readonly queues: Queues;
  readonly now: () => Date;
}): Promise<void> {
  const { database, queues } = services;
  for (const county of await listCounties(database)) {
    const now = services.now();
    const unheardSince = new Date(now.getTime() - UNHEARD_MS);
    const waiting = await findWaiting(database, county.id, { now, unheardSince });
    await queues.announceReceive(waiting.receive);
    await queues.announceDeliver(waiting.deliver);
  }
}
