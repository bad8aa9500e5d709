import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { listCounties } from "../src/casework/county/counties.ts";
import type { ErrandKind } from "../src/casework/errands/kind.ts";
import { forgetErrands, runErrand, type TakenErrand, takeErrand } from "../src/casework/errands/run.ts";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import { every } from "./periodic.ts";

/** The services on which the worker for errands stands. */
export type ErrandServices = {
  readonly runtime: Runtime;
  readonly kinds: readonly ErrandKind[];
  /** Opens the connections for the work itself, when there is some for the first time. */
  readonly openLong: () => Promise<Database>;
  readonly log: Logger;
  /** So long a run may be silent before another begins again. */
  readonly silentMs?: number;
};

const POLL_MS = 1000;
/** Long work is for people who wait for it, but residents come first. */
const AT_ONCE = 2;
const FORGET_MS = 10 * 60_000;

/**
 * Starts the worker for errands of this process: it looks each second, in every county, whether one waits, and does at most two at
 * once.
 */
export function startErrands(services: ErrandServices): { close(): Promise<void> } {
  const { runtime, kinds, openLong, log, silentMs } = services;
  const { database, now } = runtime;
  const leaving = new AbortController();
  const running = new Set<Promise<void>>();
  const names = kinds.map(({ name }) => name);
  let long: Promise<Database> | null = null;
  let forgetAt = 0;

  const run = async (taken: TakenErrand) => {
    const kind = kinds.find(({ name }) => name === taken.kind);
    if (kind === undefined) throw new Error(`no kind of errand ${taken.kind}`);
    long ??= openLong();
    const opened = await long.catch((error) => {
      long = null;
      throw error;
    });
    await runErrand({ runtime, long: opened }, kind, taken, leaving.signal);
  };
  const begin = (taken: TakenErrand) => {
    const work: Promise<void> = run(taken)
      .catch((error) => log.warn({ err: error, errand: taken.id }, "an errand broke off and will be begun again"))
      .finally(() => running.delete(work));
    running.add(work);
  };
  const look = async () => {
    const counties = await listCounties(database);
    for (const { id } of counties) {
      while (running.size < AT_ONCE && !leaving.signal.aborted) {
        const taken = await takeErrand(database, id, { kinds: names, now: now(), silentMs });
        if (taken === null) break;
        begin(taken);
      }
    }
    if (performance.now() < forgetAt) return;
    for (const { id } of counties) await forgetErrands(database, id, now());
    forgetAt = performance.now() + FORGET_MS;
  };
  const looking = every(POLL_MS, "looking for errands", log, look);

  return {
    async close() {
      leaving.abort(new Error("the process ends"));
      await looking.stop();
      await Promise.all(running);
      const opened = await long?.catch(() => null);
      await opened?.close();
    },
  };
}
