import { setTimeout as pause } from "node:timers/promises";

/** A hold on a running server: a connection that keeps the server for this process, and tells when it has ended. */
export type Hold = {
  readonly url: string;
  /** Resolves when the link has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Lets go of the server; the last one to do so stops it. */
  leave(): Promise<void>;
};

/** A hold that is taken again when the server ends without being told to. */
export type Kept = {
  readonly url: string;
  /** Resolves with a plain sentence when the server has ended and does not come back. */
  readonly lost: Promise<Error>;
  close(): Promise<void>;
};

/** Who ends more often than this within the span has a reason that starting it again does not mend. */
const RESTARTS = 5;
const SPAN_MS = 10 * 60_000;
const PAUSE_MS = 100;

/**
 * Keeps a server running: where it ends (killed by the system for want of memory, or by somebody), it is started again
 * at the same address, so that every pool of this process finds it by itself.
 * @param take takes hold of the server, which it starts where it does not run
 * @param say is given sentences that the operator should read
 */
export function keepServer(first: Hold, take: () => Promise<Hold>, say: (sentence: string) => void): Kept {
  const lost = Promise.withResolvers<Error>();
  let hold: Hold | null = first;
  let isClosing = false;
  const watch = async () => {
    const restarts: number[] = [];
    while (hold !== null) {
      await hold.ended;
      if (isClosing) return;
      hold = null;
      const now = performance.now();
      restarts.push(now);
      if (restarts.filter((at) => now - at < SPAN_MS).length > RESTARTS) {
        throw new Error(`The embedded database ended ${restarts.length} times: see liaison.log in its folder.`);
      }
      say("The embedded database ended without being told to: it is started again.");
      await pause(PAUSE_MS);
      const next = await take();
      if (next.url !== first.url) {
        await next.leave();
        throw new Error("The embedded database came back at another address: start Liaison again.");
      }
      hold = next;
    }
  };
  const watching = watch().catch((error: unknown) => {
    lost.resolve(error instanceof Error ? error : new Error(String(error)));
  });
  return {
    url: first.url,
    lost: lost.promise,
    async close() {
      isClosing = true;
      if (hold === null) await watching;
      await hold?.leave();
    },
  };
}
