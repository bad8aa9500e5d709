import { residentsTexts } from "./callbacks.ts";
import { type Child, startChild } from "./child.ts";
import { closedLoop } from "./closed-loop.ts";
import { type BenchInstallation, install } from "./county.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine, type Target } from "./measure.ts";

/** One run against one server. */
type Run = { readonly perSecond: number; readonly cpuMsPerRequest: number };

/** What the durable webhook (verified, decrypted, parsed, stored, committed, announced) is measured against. */
type Against = {
  readonly name: string;
  /** The program in `children/`; it is given an installation of its own. */
  readonly reference: string;
  readonly target: Target;
};

/**
 * Against the limit: the same verify, decrypt and seal in a bare server, then the same rows in the same table by one
 * multi-row insert per batch, without framework, dedupe or announcement.
 */
export function ingress(environment: Environment, effort: Effort): Promise<Line[]> {
  return withBothQueues(environment, effort, { name: "ingress", reference: "ingress-limit", target: { atLeast: 0.8 } });
}

/** Against the same promise built the usual way: co-wechat in Koa, one INSERT and one `Queue.add` awaited before `success`. */
export function ingressPeer(environment: Environment, effort: Effort): Promise<Line[]> {
  return withBothQueues(environment, effort, { name: "ingress-peer", reference: "peer", target: { atLeast: 5 } });
}

/** Against the same Hono route that stores nothing: the price of durability, for the record. */
export function ingressStateless(environment: Environment, effort: Effort): Promise<Line[]> {
  const target = { atLeast: 0.6 };
  return withBothQueues(environment, effort, { name: "ingress-stateless", reference: "storing-nothing", target });
}

async function withBothQueues(environment: Environment, effort: Effort, against: Against): Promise<Line[]> {
  const redis = await environment.redis();
  const queues = [
    { suffix: "", redisUrl: null },
    ...(redis === null || effort.short ? [] : [{ suffix: ", Redis queue", redisUrl: redis.url }]),
  ];
  const lines: Line[] = [];
  for (const { suffix, redisUrl } of queues) {
    const fresh = async (): Promise<BenchInstallation> => install(await environment.database(), redisUrl);
    const durable = await startChild("durable", await fresh());
    const reference = await startChild(against.reference, await fresh());
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
