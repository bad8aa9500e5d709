import { startChild } from "./child.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine } from "./measure.ts";
import { openPlatform } from "./platform.ts";
import { installPractice, mattersOf } from "./practice.ts";

const CALL_MS = 50;

/** Processes of a larger installation, which share the deliveries that one does here. */
const MANY = 4;

/**
 * The processor time that a delivery takes of four worker processes, against one: the receipts of as many residents and what
 * their deputies are told, all waiting, the queue on Redis, a platform that takes 50 ms for a call. Counted from the
 * moment at which half of the residents have theirs: until then each process compiles what it runs, which is no cost of
 * sharing, and before every process is ready the platform answers nobody.
 */
export async function scale(environment: Environment, { short }: Effort): Promise<Line[]> {
  const redis = await environment.redis();
  if (redis === null) throw new Error("redis-server is not on the PATH");
  const { installation, county } = await installPractice(environment, redis.url, short ? 100 : undefined);
  const matters = mattersOf(county, short ? 60 : 4000);
  const routing = await startChild("routing", installation);
  await routing.ask(
    "route",
    matters.map(({ text }) => text),
  );
  await routing.stop();

  const drain = async (processes: number): Promise<number> => {
    const databaseUrl = await environment.database(installation.databaseUrl);
    const copy = { ...installation, databaseUrl, redisUrl: (await environment.redis())?.url ?? null };
    const residents = new Set<string>();
    let calls = 0;
    const { promise: allReady, resolve: begin } = Promise.withResolvers<void>();
    const { promise: warm, resolve: count } = Promise.withResolvers<void>();
    const { promise: drained, resolve: end } = Promise.withResolvers<void>();
    const platform = await openPlatform(
      (body) => {
        calls += 1;
        const [, to = ""] = /"touser":"(o_resident[^"]*)"/.exec(body) ?? [];
        if (to !== "") residents.add(to);
        if (residents.size === Math.ceil(matters.length / 2)) count();
        if (residents.size === matters.length) end();
      },
      { callMs: CALL_MS, from: allReady },
    );
    const setup = { installation: copy, apiBase: platform.url };
    const workers = await Promise.all(Array.from({ length: processes }, () => startChild("worker", setup)));
    const cpuMs = async () => (await Promise.all(workers.map((worker) => worker.usage()))).map((used) => used.cpuMs);
    begin();
    await warm;
    const [before, callsBefore] = [await cpuMs(), calls];
    await drained;
    const [after, counted] = [await cpuMs(), calls - callsBefore];
    await Promise.all(workers.map((worker) => worker.stop()));
    await platform.close();
    return after.reduce((sum, used, index) => sum + used - (before[index] ?? 0), 0) / counted;
  };
  // The first one fills caches that the others find filled.
  if (!short) await drain(1);
  const pairs = await inPairs(
    short ? 1 : 3,
    () => drain(short ? 2 : MANY),
    () => drain(1),
  );
  return [pairedLine("scale", pairs, { unit: "ms", digits: 2, target: { atMost: 1.1 } })];
}
