import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { listCounties } from "../src/casework/county/counties.ts";
import { every } from "./periodic.ts";

/** A function that exchanges what is due with the partners of one county; it gives the conversations that have something to deliver now. */
type Exchange = (jurisdictionId: string, isStopping: () => boolean) => Promise<readonly string[]>;

const PAUSE_MS = 2000;

/**
 * Starts the worker for partners of this process: every two seconds it looks, in every county, what is to be sent to them and which are to be
 * asked. A partner that is slow delays those of its own county alone.
 */
export function startPartners(services: {
  readonly database: Database;
  readonly exchange: Exchange;
  readonly deliver: (jurisdictionId: string, conversations: readonly string[]) => void;
  readonly log: Logger;
}): { close(): Promise<void> } {
  const { database, exchange, deliver, log } = services;
  const running = new Map<string, Promise<void>>();
  let isClosing = false;
  const run = async (jurisdictionId: string) => {
    try {
      const told = await exchange(jurisdictionId, () => isClosing);
      if (told.length > 0) deliver(jurisdictionId, told);
    } catch (error) {
      log.error({ err: error }, "the exchange with partners failed and will be tried again");
    } finally {
      running.delete(jurisdictionId);
    }
  };
  const looking = every(PAUSE_MS, "looking for partners", log, async () => {
    for (const { id } of await listCounties(database)) {
      if (!running.has(id)) running.set(id, run(id));
    }
  });
  return {
    async close() {
      isClosing = true;
      await looking.stop();
      await Promise.all(running.values());
    },
  };
}
