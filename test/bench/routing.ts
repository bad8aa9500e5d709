import postgres from "postgres";
import { startChild } from "./child.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine } from "./measure.ts";
import { installPractice, mattersOf } from "./practice.ts";

/**
 * Messages of as many residents, heard in one worker process: read from the inbox, placed, given to a deputy, written
 * with case, events, decision and what shall be sent; against the same rows written without any of that.
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
    const copy = { ...installation, databaseUrl: await environment.database(installation.databaseUrl), redisUrl: null };
    const ours = await startChild("routing", installation);
    const limit = await startChild("routing-limit", copy);
    const count = short ? 50 : 2000;
    let round = 0;
    const route = async () => {
      round += 1;
      const texts = mattersOf(county, count).map(({ text }) => `${text}（${round}）`);
      return (await ours.ask("route", texts)) as { perSecond: number; assigned: number };
    };
    const run = async () => {
      await limit.ask("load", { from: installation.databaseUrl, heardBefore: (round - 1) * count });
      return (await limit.ask("run")) as { perSecond: number };
    };
    try {
      await route();
      await run();
      await Promise.all([installation.databaseUrl, copy.databaseUrl].map(takeStatistics));
      const pairs = await inPairs(short ? 1 : 5, route, run);
      const last = pairs.at(-1)?.ours.assigned ?? 0;
      if (last < count * round * 0.45) throw new Error(`only ${last} of the cases have a deputy`);
      const rates = pairs.map((pair) => ({ ours: pair.ours.perSecond, reference: pair.reference.perSecond }));
      lines.push(pairedLine(`routing${suffix}`, rates, { unit: "/s", target: { atLeast: 0.6 }, samples: pairs }));
    } finally {
      await Promise.all([ours.stop(), limit.stop()]);
    }
  }
  return lines;
}

/**
 * Lets a database know how large its tables are, as autovacuum does within a minute: plans that were made while they were empty read all open
 * cases for each deputy.
 */
async function takeStatistics(databaseUrl: string): Promise<void> {
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await owner`analyze`;
  } finally {
    await owner.end();
  }
}
