import { pino } from "pino";
import { afterAll, beforeAll, describe, test, vi } from "vitest";
import { openQueues, type Queues } from "../../workers/queues.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { quietMsOf } from "../quiet-time.ts";
import { hasRedis, type TestRedis, testRedis } from "../redis.ts";
import { type TcpProxy, tcpProxy } from "../tcp-proxy.ts";

const LIMIT_MS = 15_000;
const log = pino({ level: "silent" });
const now = () => new Date();
let db: TestDatabase;
let redis: TestRedis | null = null;

beforeAll(async () => {
  db = await testDatabase();
  redis = hasRedis ? await testRedis() : null;
});
afterAll(async () => {
  await redis?.close();
  await db.close();
});

type Place = { readonly queues: Queues; readonly proxy: TcpProxy; readonly woken: Set<string>; close(): Promise<void> };

async function place(backend: string): Promise<Place> {
  const url = backend === "redis" ? (redis?.url ?? "") : db.url;
  const proxy = await tcpProxy(Number(new URL(url).port));
  const queues = await openQueues({
    databaseUrl: backend === "redis" ? db.url : proxy.through(db.url),
    redisUrl: backend === "redis" ? proxy.through(url) : null,
    now,
    log,
  });
  const woken = new Set<string>();
  const taking = await queues.work({
    receive: async (wakeUp) => void woken.add(wakeUp.jurisdictionId),
    deliver: async () => undefined,
    concurrency: 2,
  });
  return {
    queues,
    proxy,
    woken,
    async close() {
      await taking.close();
      await queues.close();
      await proxy.close();
    },
  };
}

/** Announces anew, as the sweep does, until somebody was woken by it; how long that took. */
const wakesAgain = ({ queues, woken }: Place, name: string): Promise<number> =>
  quietMsOf(() =>
    vi.waitFor(
      async () => {
        await queues.announceReceive([{ jurisdictionId: name }]);
        if (!woken.has(name)) throw new Error(`nobody was woken for ${name}`);
      },
      { timeout: 90_000, interval: 500 },
    ),
  );

describe.concurrent.each(["postgres", ...(hasRedis ? ["redis"] : [])])("the links to the queue on %s", (backend) => {
  test("are made anew within 15 s when all of them are half open", { timeout: 120_000 }, async ({ expect }) => {
    const here = await place(backend);
    try {
      await wakesAgain(here, "before");
      here.proxy.halfOpen();
      expect(await wakesAgain(here, "after")).toBeLessThan(LIMIT_MS);
      await expect.poll(() => here.queues.ready(), { timeout: 60_000 }).toBe(true);
    } finally {
      await here.close();
    }
  });

  test("are made anew when they were cut", { timeout: 120_000 }, async ({ expect }) => {
    const here = await place(backend);
    try {
      await wakesAgain(here, "before");
      here.proxy.cut();
      expect(await wakesAgain(here, "after")).toBeLessThan(LIMIT_MS);
    } finally {
      await here.close();
    }
  });

  test("keep nobody from stopping while they are half open", { timeout: 120_000 }, async ({ expect }) => {
    const here = await place(backend);
    await wakesAgain(here, "before");
    here.proxy.halfOpen({ newToo: true });
    expect(await quietMsOf(() => here.close())).toBeLessThan(LIMIT_MS);
  });
});
