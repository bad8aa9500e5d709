import postgres from "postgres";
import { residentsTexts } from "./callbacks.ts";
import { startChild } from "./child.ts";
import { install } from "./county.ts";
import type { Environment } from "./environment.ts";
import { load } from "./ingress.ts";
import { type Effort, type Line, percentile } from "./measure.ts";
import { openLoop, type Sent } from "./open-loop.ts";

/** Platforms give up after five seconds. */
const PLATFORM_LIMIT_MS = 5000;

/**
 * How long the slowest webhooks take at half the top rate, and how many take longer than the platform waits at four
 * times that rate, which comes for as long as a platform's burst does.
 * @throws Error when a message that was answered with success is not stored
 */
export async function ingressTail(environment: Environment, { short }: Effort): Promise<Line[]> {
  const databaseUrl = await environment.database();
  const durable = await startChild("durable", await install(databaseUrl, null));
  const url = String(durable.ready.url);
  try {
    await load(durable, short ? 640 : 6400);
    const top = (await load(durable, short ? 640 : 9600)).perSecond;
    const half = await openLoop(url, residentsTexts(Math.round((top / 2) * (short ? 0.5 : 8))), top / 2);
    const burst = await openLoop(url, residentsTexts(Math.round(top * 4 * (short ? 0.2 : 1))), top * 4);
    const taken = [...half, ...burst].filter(({ status }) => status === 200).length + (short ? 1280 : 16_000);
    const stored = await countStored(databaseUrl);
    if (stored < taken) throw new Error(`${taken} messages were answered with success, ${stored} are stored`);
    return [
      {
        name: "ingress-tail, p99 at half the top rate",
        ours: { value: percentile(half.map(tookMs), 0.99), unit: "ms", digits: 1 },
        reference: null,
        ratio: null,
        target: { atMost: 25, unit: "ms" },
        samples: { topPerSecond: top, ...summary(half) },
      },
      {
        name: "ingress-tail, over 5 s at 4 x the top rate",
        ours: { value: burst.filter((sent) => tookMs(sent) > PLATFORM_LIMIT_MS || sent.status === 0).length, unit: "" },
        reference: null,
        ratio: null,
        target: { atMost: 0 },
        samples: { topPerSecond: top, ...summary(burst) },
      },
    ];
  } finally {
    await durable.stop();
  }
}

function tookMs({ dueMs, answeredMs }: Sent): number {
  return answeredMs - dueMs;
}

function summary(sent: readonly Sent[]) {
  const times = sent.map(tookMs);
  const last = sent.at(-1)?.dueMs ?? 0;
  return {
    requests: sent.length,
    stored: sent.filter(({ status }) => status === 200).length,
    toBeRepeated: sent.filter(({ status }) => status === 503).length,
    unanswered: sent.filter(({ status }) => status === 0).length,
    offeredPerSecond: last === 0 ? 0 : (sent.length / last) * 1000,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    maxMs: Math.max(...times),
  };
}

async function countStored(databaseUrl: string): Promise<number> {
  const client = postgres(databaseUrl, { max: 1 });
  try {
    const [row] = await client<{ count: number }[]>`select count(*)::int as count from inbox`;
    return row?.count ?? 0;
  } finally {
    await client.end();
  }
}
