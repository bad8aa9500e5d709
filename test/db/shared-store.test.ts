import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sharedValues } from "../../db/schema/county.ts";
import { postgresStore, redisStore } from "../../db/shared-store.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { hasRedis, type TestRedis, testRedis } from "../redis.ts";

let db: TestDatabase;
let server: TestRedis | null = null;
let redis: Redis | null = null;
let east: string;
let west: string;
let clock = Date.now();

beforeAll(async () => {
  db = await testDatabase();
  [east, west] = [await db.county("east"), await db.county("west")];
  if (!hasRedis) return;
  server = await testRedis();
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis?.disconnect();
  await server?.close();
  await db.close();
});

const storeOf = (backend: string, county: string) =>
  backend === "redis" && redis !== null
    ? redisStore(redis, db.vault, `liaison:${county}`)
    : postgresStore(db.database, db.vault, county, () => new Date(clock));

describe.each(["postgres", ...(hasRedis ? ["redis"] : [])])("values shared in %s", (backend) => {
  test("are those that were set last, in this county", async () => {
    const store = storeOf(backend, east);
    expect(await store.get("token")).toBeNull();
    await store.set("token", "first", 60_000);
    await store.set("token", "second", 60_000);
    expect(await store.get("token")).toBe("second");
    expect(await storeOf(backend, west).get("token")).toBeNull();
  });

  test("are gone when their time is over", async () => {
    const store = storeOf(backend, east);
    await store.set("short", "value", 30);
    clock += 40;
    await expect.poll(() => store.get("short")).toBeNull();
  });

  test("are deleted only while they are what was seen", async () => {
    const store = storeOf(backend, east);
    await store.set("renewed", "new", 60_000);
    await store.deleteIfEqual("renewed", "old");
    expect(await store.get("renewed")).toBe("new");
    await store.deleteIfEqual("renewed", "new");
    expect(await store.get("renewed")).toBeNull();
    await store.deleteIfEqual("renewed", "new");
  });
});

test("values are kept sealed", async () => {
  await storeOf("postgres", east).set("secret", "plain-words", 60_000);
  const rows = await db.database.inCounty(east, (tx) => tx.select().from(sharedValues));
  for (const row of rows) expect(Buffer.from(row.value).toString("latin1")).not.toContain("plain-words");
  if (redis === null) return;
  await storeOf("redis", east).set("secret", "plain-words", 60_000);
  expect((await redis.getBuffer(`liaison:${east}:secret`))?.toString("latin1")).not.toContain("plain-words");
});
