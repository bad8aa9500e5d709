import { createPostgresBackend, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import postgres from "postgres";
import type { BenchInstallation } from "../county.ts";
import { serveBenchmark, setup } from "./parent.ts";

/** What a queue alone costs: a BullMQ job that reads one row and updates it, as many at once as ours hears people. */
const { databaseUrl, redisUrl } = setup<BenchInstallation>();
const CONCURRENCY = 8;
const NAME = "bare";
const sql = postgres(databaseUrl, { max: CONCURRENCY, onnotice: () => undefined });
await sql`create table if not exists bare_rows (id int primary key, words text not null, done_at timestamptz)`;
const connection = { connectionString: databaseUrl, schema: "bare_queue", migrate: true };
const redis = redisUrl === null ? null : new Redis(redisUrl, { maxRetriesPerRequest: null });
const queue =
  redis === null
    ? new Queue(NAME, { connection: { ...connection, max: 2 } }, createPostgresBackend)
    : new Queue(NAME, { connection: redis });
await queue.waitUntilReady();

serveBenchmark({
  on: { run },
  async close() {
    await queue.close();
    redis?.disconnect();
    await sql.end();
  },
});

async function run(texts: readonly string[]): Promise<{ perSecond: number }> {
  await sql`truncate bare_rows`;
  await sql`insert into bare_rows ${sql(texts.map((words, id) => ({ id, words })))}`;
  await queue.addBulk(
    texts.map((_, id) => ({ name: "row", data: { id }, opts: { removeOnComplete: true, removeOnFail: true } })),
  );
  let done = 0;
  const { promise: ended, resolve: allDone } = Promise.withResolvers<void>();
  const work = async ({ data }: { data: { id: number } }): Promise<void> => {
    await sql`select words from bare_rows where id = ${data.id}`;
    await sql`update bare_rows set done_at = now() where id = ${data.id}`;
    done += 1;
    if (done === texts.length) allDone();
  };
  const begin = performance.now();
  const worker =
    redis === null
      ? new Worker(
          NAME,
          work,
          { connection: { ...connection, max: 4 }, concurrency: CONCURRENCY },
          createPostgresBackend,
        )
      : new Worker(NAME, work, { connection: redis.duplicate(), concurrency: CONCURRENCY });
  await ended;
  const tookMs = performance.now() - begin;
  await worker.close();
  return { perSecond: (texts.length / tookMs) * 1000 };
}
