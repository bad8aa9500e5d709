import type { Logger } from "pino";
import { every } from "./periodic.ts";

/** A function that pulls what is due in one county. */
type Pull = (jurisdictionId: string, isStopping: () => boolean) => Promise<void>;

/** Codes that come with what is pulled live for twenty seconds, and whoever wrote waits for an answer. */
const PAUSE_MS = 1000;

/**
 * Starts the worker that pulls messages from platforms which only say that something lies ready: every second it looks what is due, in
 * every county that has an account of such a platform. A platform that is slow delays its own county alone.
 * @param services.pauseMs how often it looks; a second when left out
 */
export function startPulling(services: {
  readonly counties: () => Promise<readonly string[]>;
  readonly pull: Pull;
  readonly log: Logger;
  readonly pauseMs?: number;
}): { close(): Promise<void> } {
  const { counties, pull, log } = services;
  const running = new Map<string, Promise<void>>();
  let isClosing = false;
  const run = async (jurisdictionId: string) => {
    try {
      await pull(jurisdictionId, () => isClosing);
    } catch (error) {
      log.error({ err: error }, "pulling messages failed and will be tried again");
    } finally {
      running.delete(jurisdictionId);
    }
  };
  const looking = every(services.pauseMs ?? PAUSE_MS, "looking for what is to be pulled", log, async () => {
    for (const id of await counties()) {
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
