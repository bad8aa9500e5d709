import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Env, PageServices } from "./page-request.ts";

/** The times of a stream, in milliseconds. */
const TIMES = { lastsMs: 10 * 60_000, commentMs: 15_000, retryMs: 3_000 } as const;

/**
 * Tells an open page that something new is there for its visitor: the number of each new post. A page that comes back names the last
 * number that it heard, and is told what it missed, once.
 */
export function streamPosts(c: Context<Env>, { watch }: PageServices): Response | Promise<Response> {
  const { visitor } = c.var;
  if (visitor === null) return c.body(null, 204);
  const given = c.req.header("last-event-id") ?? c.req.query("since") ?? "";
  const seen = /^\d{1,15}$/.test(given) ? Number(given) : 0;
  const waiting: number[] = [];
  let wake = (): void => undefined;
  let isOver = false;
  const end = (): void => {
    isOver = true;
    wake();
  };
  const hear = (seqs: readonly number[]): void => {
    waiting.push(...seqs);
    wake();
  };
  const stop = watch.listen({ visitor, seen, hear, end });
  // As many pages of one visitor listen as may: this one looks from time to time instead.
  if (stop === null) return c.body(null, 204);
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (stream) => {
    const timers = [
      setTimeout(end, TIMES.lastsMs),
      setInterval(() => void stream.write(": here\n\n"), TIMES.commentMs),
    ];
    stream.onAbort(end);
    try {
      await stream.write(`retry: ${TIMES.retryMs}\n\n`);
      while (!isOver) {
        for (const seq of waiting.splice(0))
          await stream.writeSSE({ event: "post", id: String(seq), data: String(seq) });
        if (isOver || waiting.length > 0) continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop();
      for (const timer of timers) clearTimeout(timer);
    }
  });
}
