import type { Logger } from "pino";

/** A piece of work that is done again and again until it is stopped. */
export type Periodic = {
  /** Resolves when the run that may be under way has ended; there is none after it. */
  stop(): Promise<void>;
};

/**
 * Runs `work` at once and then again, each time so long after the end of the last; what it throws is logged, and it is
 * tried again with the next run.
 * @param name stands in the log
 * @param firstAfterMs for what should not be done while a process starts
 */
export function every(
  pauseMs: number,
  name: string,
  log: Logger,
  work: () => Promise<unknown>,
  firstAfterMs = 0,
): Periodic {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error({ err: error }, `${name} failed and will be tried again`);
    }
    if (!stopped) runAfter(pauseMs);
  };
  const runAfter = (ms: number): void => {
    timer = setTimeout(() => {
      current = run();
    }, ms);
  };
  if (firstAfterMs === 0) current = run();
  else runAfter(firstAfterMs);

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
