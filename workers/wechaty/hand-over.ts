import { causeOf, type Log } from "./log.ts";
import { SIGNATURE_HEADER, signatureOf } from "./signature.ts";
import type { Spool } from "./spool.ts";
import type { WireMessage } from "./wire.ts";

const AT_ONCE = 20;
/** The service takes 256 KB. */
const MAX_BODY_BYTES = 200 * 1024;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const LIMIT_MS = 20_000;

/** The way in which the service is reached. */
export type Service = {
  /** The address of the account's webhook. */
  readonly url: string;
  readonly secret: string;
  readonly now: () => Date;
  /** Waits before the next try; real time where nothing else is said. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
};

/** The way from the spool to the service: one batch at a time, in order, each until it is taken. */
export type HandOver = {
  /** That something was put into the spool. */
  wake(): void;
  /** Whether the last try was taken. */
  isTaken(): boolean;
  close(): Promise<void>;
};

/** Begins handing over what waits in a spool; what the service does not take stays there. */
export function startHandOver(spool: Spool<WireMessage>, service: Service): HandOver {
  const { url, secret, now, log, pause = waitFor } = service;
  const closing = new AbortController();
  let woken = Promise.withResolvers<void>();
  let isTaken = true;

  const offer = async (batch: readonly WireMessage[]): Promise<boolean> => {
    const body = JSON.stringify({ messages: batch });
    const headers = { "content-type": "application/json", [SIGNATURE_HEADER]: signatureOf(secret, body, now()) };
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(LIMIT_MS), closing.signal]);
      const response = await fetch(url, { method: "POST", body, headers, redirect: "error", signal });
      await response.arrayBuffer();
      if (!response.ok) log("not-taken", { status: response.status });
      return response.ok;
    } catch (error) {
      if (!closing.signal.aborted) log("not-taken", { cause: causeOf(error) });
      return false;
    }
  };

  const run = async (): Promise<void> => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!closing.signal.aborted) {
      const batch = batchOf(spool.first(AT_ONCE));
      if (batch.length === 0) {
        await Promise.race([woken.promise, aborted(closing.signal)]);
        woken = Promise.withResolvers<void>();
        continue;
      }
      isTaken = await offer(batch);
      if (isTaken) {
        await spool.drop(batch.length);
        pauseMs = FIRST_PAUSE_MS;
        continue;
      }
      await pause(pauseMs, closing.signal);
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  };
  const running = run();

  return {
    wake: () => woken.resolve(),
    isTaken: () => isTaken,
    async close() {
      closing.abort();
      await running;
    },
  };
}

/** As many of the first as one request holds, at least one. */
function batchOf(waiting: readonly WireMessage[]): readonly WireMessage[] {
  let bytes = 0;
  const end = waiting.findIndex((message, index) => {
    bytes += Buffer.byteLength(JSON.stringify(message)) + 1;
    return index > 0 && bytes > MAX_BODY_BYTES;
  });
  return end === -1 ? waiting : waiting.slice(0, end);
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
