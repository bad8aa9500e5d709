import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { listCounties } from "../src/casework/county/counties.ts";
import type { Deliveries } from "./deliver.ts";

/**
 * A function that does what is due by time in one county; it gives the conversations that have something to deliver
 * now.
 */
export type Tick = (jurisdictionId: string) => Promise<{ conversations: readonly string[] }>;

/** Ticks in every county; a failure in one is logged and does not keep the others from it. */
export async function passTime(services: {
  readonly database: Database;
  readonly tick: Tick;
  readonly deliveries: Deliveries;
  readonly log: Logger;
}): Promise<void> {
  const { database, tick, deliveries, log } = services;
  for (const county of await listCounties(database)) {
    try {
      const { conversations } = await tick(county.id);
      deliveries.wake(county.id, conversations);
    } catch (error) {
      log.error({ err: error, county: county.code }, "what time should have brought failed and will be tried again");
    }
  }
}
