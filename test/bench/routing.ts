import { startChild } from "./child.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine } from "./measure.ts";
import { installPractice, mattersOf } from "./practice.ts";

/**
 * Messages of as many residents, heard in one worker process: read from the inbox, placed, given to a deputy, written
 * with case, events, decision and what shall be sent; against a bare BullMQ job with one SELECT and one UPDATE.
 */
export async function routing(environment: Environment, { short }: Effort): Promise<Line[]> {
  const redis = await environment.redis();
  const backends = [
    { suffix: "", redisUrl: null },
    ...(redis === null || short ? [] : [{ suffix: ", Redis queue", redisUrl: redis.url }]),
  ];
  const lines: Line[] = [];
  for (const { suffix, redisUrl } of backends) {
    const { installation, county } = await installPractice(environment, redisUrl, short ? 100 : undefined);
    const ours = await startChild("routing", installation);
    const bare = await startChild("bare-jobs", { ...installation, databaseUrl: await environment.database() });
    const count = short ? 50 : 2000;
    let round = 0;
    const texts = () => {
      round += 1;
      return mattersOf(county, count).map(({ text }) => `${text}（${round}）`);
    };
    const route = async () => (await ours.ask("route", texts())) as { perSecond: number; assigned: number };
    const run = async () => (await bare.ask("run", texts())) as { perSecond: number };
    try {
      await route();
      await run();
      const pairs = await inPairs(short ? 1 : 3, route, run);
      const last = pairs.at(-1)?.ours.assigned ?? 0;
      if (last < count * round * 0.45) throw new Error(`only ${last} of the cases have a deputy`);
      const rates = pairs.map((pair) => ({ ours: pair.ours.perSecond, reference: pair.reference.perSecond }));
      lines.push(pairedLine(`routing${suffix}`, rates, { unit: "/s", target: { atLeast: 0.8 }, samples: pairs }));
    } finally {
      await Promise.all([ours.stop(), bare.stop()]);
    }
  }
  return lines;
}
