import { pino } from "pino";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openQueues } from "../../workers/queues.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { tcpProxy } from "../tcp-proxy.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

test("a link that dies while the queue is being opened fails the opening, and does not end the process", async () => {
  const proxy = await tcpProxy(Number(new URL(db.url).port));
  const owner = postgres(db.url, { max: 1, onnotice: () => undefined });
  proxy.delay(150);
  const opening = openQueues({
    databaseUrl: proxy.through(db.url),
    redisUrl: null,
    now: () => new Date(),
    log: pino({ level: "silent" }),
  });
  const isAsked = async () =>
    (await owner`select from pg_stat_activity where application_name = 'liaison queue' and query <> ''`).length > 0;
  const failed = expect(opening).rejects.toThrow();
  await vi.waitFor(async () => expect(await isAsked()).toBe(true), { timeout: 60_000, interval: 20 });
  proxy.halfOpen();
  await failed;
  await owner.end();
  await proxy.close();
}, 60_000);
