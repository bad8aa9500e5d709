import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { WakeUp } from "../../src/casework/inbox/accept.ts";
import { openQueues, type Queues } from "../../workers/queues.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { hasRedis, type TestRedis, testRedis } from "../redis.ts";

const log = pino({ level: "silent" });
let db: TestDatabase;
let redis: TestRedis | null = null;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  db = await testDatabase();
  redis = hasRedis ? await testRedis() : null;
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(async () => {
  await redis?.close();
  await db.close();
});

const county = (index: number): WakeUp => ({ jurisdictionId: `j${index}` });
const counties = (count: number) => Array.from({ length: count }, (_, index) => county(index));
const nothing = async () => undefined;

const backends = ["postgres", ...(hasRedis ? ["redis"] : [])];

describe.each(backends)("the queue on %s", (backend) => {
  const openOne = async (now = () => new Date()): Promise<Queues> => {
    const queues = await openQueues({
      databaseUrl: db.database.login.url,
      redisUrl: backend === "redis" ? (redis?.url ?? null) : null,
      now,
      log,
    });
    open.push(queues);
    return queues;
  };
  const work = async (queues: Queues, handlers: Partial<Parameters<Queues["work"]>[0]>) => {
    const taking = await queues.work({ receive: nothing, deliver: nothing, concurrency: 4, ...handlers });
    open.unshift(taking);
    return taking;
  };

  test("wakes somebody for every county, also for those that were announced before anybody worked", async () => {
    const queues = await openOne();
    await queues.announceReceive(counties(100));
    const woken = new Set<string>();
    await work(queues, { receive: async (wakeUp) => void woken.add(wakeUp.jurisdictionId) });
    await Promise.all(Array.from({ length: 50 }, (_, index) => queues.announceReceive([county(100 + index)])));
    await vi.waitFor(() => expect(woken.size).toBe(150), 60_000);
  });

  test("tells another process", async () => {
    const [telling, working] = [await openOne(), await openOne()];
    const delivered: string[] = [];
    await work(working, { deliver: async (key) => void delivered.push(key.conversationId) });
    await telling.announceDeliver([{ jurisdictionId: "j", conversationId: "c" }]);
    await vi.waitFor(() => expect(delivered).toEqual(["c"]), 60_000);
  });

  test("tries again what failed, and only that", async () => {
    const queues = await openOne();
    const tries = new Map<string, number>();
    await work(queues, {
      receive: async ({ jurisdictionId: name }) => {
        tries.set(name, (tries.get(name) ?? 0) + 1);
        if (name === "j1" && tries.get(name) === 1) throw new Error("not yet");
      },
    });
    await queues.announceReceive(counties(3));
    await vi.waitFor(() => expect(tries.get("j1")).toBe(2), 60_000);
    expect([tries.get("j0"), tries.get("j2")]).toEqual([1, 1]);
  });

  test("keeps what is for later until its time, by the service's clock", async () => {
    const start = Date.now();
    const ahead = 50 * 3_600_000;
    const queues = await openOne(() => new Date(Date.now() + ahead));
    const at: number[] = [];
    await work(queues, { deliver: async () => void at.push(Date.now() - start) });
    await queues.announceDeliver([{ jurisdictionId: "j", conversationId: "c" }], new Date(start + ahead + 1500));
    await vi.waitFor(() => expect(at).toHaveLength(1), 60_000);
    expect(at[0]).toBeGreaterThanOrEqual(1400);
  });

  test("says whether it answers", async () => {
    const queues = await openOne();
    expect(await queues.ready()).toBe(true);
  });
});

test("a Redis that is not there stops the start with a plain sentence", async () => {
  const opening = openQueues({
    databaseUrl: db.database.login.url,
    redisUrl: "redis://:secret@127.0.0.1:1",
    now: () => new Date(),
    log,
  });
  await expect(opening).rejects.toThrow("Redis at 127.0.0.1:1 does not answer: start it, or correct REDIS_URL.");
});

describe.runIf(hasRedis)("a Redis that goes away", () => {
  test("fails no announcement, is reported, and is used again when it is back", async () => {
    const first = await testRedis();
    const queues = await openQueues({
      databaseUrl: db.database.login.url,
      redisUrl: first.url,
      now: () => new Date(),
      log,
    });
    open.push(queues);
    const woken: string[] = [];
    const taking = await queues.work({
      receive: async (wakeUp) => void woken.push(wakeUp.jurisdictionId),
      deliver: nothing,
      concurrency: 2,
    });
    open.unshift(taking);
    await first.close();
    await expect.poll(() => queues.ready(), { timeout: 60_000 }).toBe(false);
    await queues.announceReceive(counties(1));
    const second = await testRedis(Number(new URL(first.url).port));
    await expect.poll(() => queues.ready(), { timeout: 60_000 }).toBe(true);
    await vi.waitFor(async () => {
      await queues.announceReceive([county(7)]);
      expect(woken).toContain("j7");
    }, 60_000);
    for (const one of open.splice(0)) await one.close();
    await second.close();
  });
});
