import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { listCounties } from "../src/casework/county/counties.ts";
import type { Deliveries } from "./deliver.ts";

/** A tick of a county: what happens by the mere passing of time; it gives the conversations that have something to deliver now. */
export type Tick = (jurisdictionId: string) => Promise<{ conversations: readonly string[] }>;

/** Lets time pass in every county; what fails in one is logged and keeps no other from it. */
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
