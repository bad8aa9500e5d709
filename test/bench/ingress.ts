import { residentsTexts } from "./callbacks.ts";
import { type Child, startChild } from "./child.ts";
import { closedLoop } from "./closed-loop.ts";
import { install } from "./county.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine, type Target } from "./measure.ts";

/** One run against one server. */
type Run = { readonly perSecond: number; readonly cpuMsPerRequest: number };

/**
 * The durable webhook (verified, decrypted, parsed, stored, committed, announced) against the same Hono route that stores
 * nothing; with the queue in Postgres and, where there is one, on Redis.
 */
export function ingress(environment: Environment, effort: Effort): Promise<Line[]> {
  return againstBoth(environment, effort, { name: "ingress", reference: "storing-nothing", target: { atLeast: 0.9 } });
}

/** The same durable webhook against co-wechat in Koa, which stores nothing. */
export function ingressPeer(environment: Environment, effort: Effort): Promise<Line[]> {
  return againstBoth(environment, effort, { name: "ingress-peer", reference: "peer", target: { atLeast: 2 } });
}

async function againstBoth(
  environment: Environment,
  effort: Effort,
  against: { readonly name: string; readonly reference: string; readonly target: Target },
): Promise<Line[]> {
  const redis = await environment.redis();
  const queues = [
    { suffix: "", redisUrl: null },
    ...(redis === null || effort.short ? [] : [{ suffix: ", Redis queue", redisUrl: redis.url }]),
  ];
  const lines: Line[] = [];
  for (const { suffix, redisUrl } of queues) {
    const durable = await startChild("durable", await install(await environment.database(), redisUrl));
    const reference = await startChild(against.reference, null);
    try {
      const pairs = await compare(durable, reference, effort);
      const rates = pairs.map((pair) => ({ ours: pair.ours.perSecond, reference: pair.reference.perSecond }));
      lines.push(pairedLine(against.name + suffix, rates, { unit: "/s", target: against.target, samples: pairs }));
    } finally {
      await Promise.all([durable.stop(), reference.stop()]);
    }
  }
  return lines;
}

async function compare(durable: Child, reference: Child, { short }: Effort) {
  const count = short ? 640 : 9600;
  await load(durable, short ? 640 : 6400);
  await load(reference, short ? 640 : 6400);
  return inPairs(
    short ? 1 : 5,
    () => load(durable, count),
    () => load(reference, count),
  );
}

/** Sends so many messages of as many residents. @throws Error when one was not taken */
export async function load(server: Child, count: number): Promise<Run> {
  const callbacks = residentsTexts(count);
  const before = await server.usage();
  const { perSecond, answered, failed } = await closedLoop(String(server.ready.url), callbacks);
  const after = await server.usage();
  if (failed > 0) throw new Error(`${failed} of ${answered} requests were refused`);
  return { perSecond, cpuMsPerRequest: (after.cpuMs - before.cpuMs) / answered };
}
