import { startChild } from "./child.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine } from "./measure.ts";
import { openPlatform } from "./platform.ts";
import { installPractice, mattersOf } from "./practice.ts";

const CALL_MS = 50;

/**
 * What two worker processes deliver, against one: the receipts of as many residents and what their deputies are told, all
 * waiting, the queue on Redis, a platform that takes 50 ms for a call. Timed from the first call to the last.
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
    const { promise: drained, resolve } = Promise.withResolvers<void>();
    let [first, last] = [0, 0];
    const platform = await openPlatform(
      (body) => {
        last = performance.now();
        first ||= last;
        const [, to = ""] = /"touser":"(o_resident[^"]*)"/.exec(body) ?? [];
        if (to !== "") residents.add(to);
        if (residents.size === matters.length) resolve();
      },
      { callMs: CALL_MS },
    );
    const setup = { installation: copy, apiBase: platform.url };
    const workers = await Promise.all(Array.from({ length: processes }, () => startChild("worker", setup)));
    await drained;
    await Promise.all(workers.map((worker) => worker.stop()));
    await platform.close();
    return (residents.size / (last - first)) * 1000;
  };
  await drain(1);
  const pairs = await inPairs(
    short ? 1 : 3,
    () => drain(2),
    () => drain(1),
  );
  return [pairedLine("scale", pairs, { unit: "/s", target: { atLeast: 1.9 } })];
}
