import { setTimeout as pause } from "node:timers/promises";
import { textCallback } from "./callbacks.ts";
import { startChild } from "./child.ts";
import type { Environment } from "./environment.ts";
import { type Effort, type Line, percentile } from "./measure.ts";
import { openLoop } from "./open-loop.ts";
import { openPlatform } from "./platform.ts";
import { installPractice, mattersOf } from "./practice.ts";

const PER_SECOND = 50;
/** So long after the last arrival nothing more is waited for. */
const STILL_MS = 30_000;

/**
 * From a resident's message at the webhook to the words at the deputy's end: 50 messages a second of as many residents,
 * each of another place, until the platform has the message for the deputy.
 */
export async function answerTime(environment: Environment, { short }: Effort): Promise<Line[]> {
  const redis = await environment.redis();
  const backends = [
    { suffix: "", redisUrl: null },
    ...(redis === null || short ? [] : [{ suffix: ", Redis queue", redisUrl: redis.url }]),
  ];
  const lines: Line[] = [];
  for (const { suffix, redisUrl } of backends) {
    const { installation, county } = await installPractice(environment, redisUrl, short ? 100 : undefined);
    const arrivals = new Map<string, number>();
    let lastArrival = 0;
    const platform = await openPlatform((body) => {
      const toDeputy = /"touser":"o_deputy_/.test(body);
      for (const [token] of toDeputy ? body.matchAll(/事[0-9a-z]{5}号/g) : []) {
        if (arrivals.has(token)) continue;
        lastArrival = performance.now();
        arrivals.set(token, lastArrival);
      }
    });
    const service = await startChild("service", { installation, apiBase: platform.url });
    try {
      const matters = mattersOf(county, short ? 60 : 1250);
      const warm = matters.length / 5;
      const callbacks = matters.map(({ text }, index) => textCallback(`o_resident_${index}`, text));
      const begin = performance.now();
      const sent = await openLoop(String(service.ready.url), callbacks, PER_SECOND);
      lastArrival = performance.now();
      while (matters.some(({ token }) => !arrivals.has(token)) && performance.now() - lastArrival < STILL_MS)
        await pause(10);
      const times = matters.slice(warm).flatMap(({ token }, index) => {
        const arrivedAt = arrivals.get(token);
        return arrivedAt === undefined ? [] : [arrivedAt - begin - (sent[index + warm]?.dueMs ?? 0)];
      });
      const lost = matters.length - warm - times.length;
      if (lost > 0) throw new Error(`${lost} messages did not reach a deputy`);
      const line = (share: number, atMost: number): Line => ({
        name: `answer-time p${share * 100}${suffix}`,
        ours: { value: percentile(times, share), unit: "ms", digits: 1 },
        reference: null,
        ratio: null,
        target: { atMost, unit: "ms" },
        samples: { messages: times.length, maxMs: Math.max(...times) },
      });
      lines.push(line(0.5, 40), line(0.99, 200));
    } finally {
      await service.stop();
      await platform.close();
    }
  }
  return lines;
}
