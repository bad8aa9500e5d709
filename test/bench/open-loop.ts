import { Agent, request } from "node:http";
import type { Callback } from "./callbacks.ts";

/** What became of one request of an open loop; times in milliseconds since the loop began. */
export type Sent = {
  /** When it was to be sent: waiting for its turn counts, whoever is to blame for it. */
  readonly dueMs: number;
  readonly answeredMs: number;
  /** 0 when no answer came. */
  readonly status: number;
};

/** Longer than any platform waits. */
const GIVE_UP_MS = 20_000;

/**
 * Sends requests at a fixed rate, whether or not the earlier ones were answered, as a platform does.
 *
 * A generator that cannot keep the rate sends late; the time still counts from when the request was due.
 */
export async function openLoop(url: string, callbacks: readonly Callback[], perSecond: number): Promise<Sent[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2000 });
  const begin = performance.now();
  const pending: Promise<Sent>[] = [];
  try {
    await new Promise<void>((resolve) => {
      const sendDue = (): void => {
        const due = Math.min(callbacks.length, Math.floor(((performance.now() - begin) / 1000) * perSecond) + 1);
        while (pending.length < due) {
          const callback = callbacks[pending.length];
          if (callback === undefined) break;
          pending.push(send(url, callback, agent, begin, (pending.length / perSecond) * 1000));
        }
        if (pending.length >= callbacks.length) resolve();
        else setTimeout(sendDue, 1);
      };
      sendDue();
    });
    return await Promise.all(pending);
  } finally {
    agent.destroy();
  }
}

function send(url: string, { path, body }: Callback, agent: Agent, begin: number, dueMs: number): Promise<Sent> {
  return new Promise((resolve) => {
    const end = (status: number) => resolve({ dueMs, answeredMs: performance.now() - begin, status });
    const headers = { "content-type": "text/xml", "content-length": Buffer.byteLength(body) };
    const call = request(`${url}${path}`, { method: "POST", agent, headers, timeout: GIVE_UP_MS }, (response) => {
      response.resume();
      response.on("end", () => end(response.statusCode ?? 0));
      response.on("error", () => end(0));
    });
    call.on("timeout", () => call.destroy());
    call.on("error", () => end(0));
    call.end(body);
  });
}
