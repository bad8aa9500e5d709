import autocannon from "autocannon";
import type { Callback } from "./callbacks.ts";

/** What a closed loop of requests came to. */
export type ClosedLoop = {
  /** Answers per second between the tenth and the ninetieth hundredth of them. */
  readonly perSecond: number;
  readonly answered: number;
  /** Answers other than 2xx, broken connections and time-outs: anything but 0 makes the figure worthless. */
  readonly failed: number;
};

/** Quality.md measures with as many. */
export const CONNECTIONS = 64;

/**
 * Sends every request once over 64 connections, each the next as soon as the last is answered.
 *
 * The requests are built beforehand, so that the generator costs the same whoever answers. The beginning and the end,
 * where not all connections are busy, do not count.
 */
export async function closedLoop(url: string, callbacks: readonly Callback[]): Promise<ClosedLoop> {
  const shares = Array.from({ length: CONNECTIONS }, (_, connection) =>
    callbacks.filter((_, index) => index % CONNECTIONS === connection),
  );
  const times: number[] = [];
  const result = await measure(
    {
      url,
      connections: CONNECTIONS,
      amount: callbacks.length,
      timeout: 10,
      setupClient: (client) => {
        const share = shares.pop() ?? [];
        client.setRequests(
          share.map(({ path, body }) => ({ method: "POST", path, body, headers: { "content-type": "text/xml" } })),
        );
      },
    },
    () => times.push(performance.now()),
  );
  const [from, to] = [Math.floor(times.length * 0.1), Math.floor(times.length * 0.9) - 1];
  const tookMs = (times[to] ?? 0) - (times[from] ?? 0);
  return {
    perSecond: ((to - from) / tookMs) * 1000,
    answered: times.length,
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

/** With a callback autocannon also gives the running instance, which tells of every answer. */
function measure(options: autocannon.Options, onAnswer: () => void): Promise<autocannon.Result> {
  return new Promise((resolve, reject) => {
    const running = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    running.on("response", onAnswer);
  });
}
