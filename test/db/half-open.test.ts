import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "../../db/database.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { quietMsOf } from "../quiet-time.ts";
import { type TcpProxy, tcpProxy } from "../tcp-proxy.ts";

const LIMIT_MS = 15_000;
let db: TestDatabase;
let proxy: TcpProxy;
let east: string;
const open: Database[] = [];

beforeAll(async () => {
  db = await testDatabase();
  east = await db.county("east");
  proxy = await tcpProxy(Number(new URL(db.url).port));
});
afterEach(async () => {
  proxy.resume();
  for (const one of open.splice(0)) await one.close();
});
afterAll(async () => {
  await proxy.close();
  await db.close();
});

const openThrough = async (maxConnections: number, statementLimitMs?: number): Promise<Database> => {
  const database = await openDatabase({ url: proxy.through(db.url), maxConnections, statementLimitMs });
  open.push(database);
  return database;
};
const works = (database: Database) =>
  expect.poll(() => ask(database).then((rows) => rows.length, String), { timeout: 60_000 }).toBe(1);
const ask = (database: Database) => database.inCounty(east, (tx) => tx.execute<{ one: number }>(sql`select 1 as one`));

describe("a link to the database", () => {
  test("and all others of the pool that are half open give their places back within 15 s", {
    timeout: 120_000,
  }, async () => {
    const database = await openThrough(6);
    await Promise.all(Array.from({ length: 6 }, () => ask(database)));
    proxy.halfOpen();
    const ms = await quietMsOf(async () => {
      await expect(ask(database)).rejects.toThrow("was silent");
      await works(database);
      await Promise.all(Array.from({ length: 12 }, () => ask(database)));
      expect([...(await ask(database))]).toEqual([{ one: 1 }]);
    });
    expect(ms).toBeLessThan(LIMIT_MS);
  });

  test("that dies inside a transaction lets go of what the transaction locked", { timeout: 120_000 }, async () => {
    const database = await openThrough(1, 1000);
    await ask(database);
    const held = database.inCounty(east, async (tx) => {
      await tx.execute(sql`select from jurisdictions for update`);
      proxy.halfOpen();
      await tx.execute(sql`select 1`);
    });
    await expect(held).rejects.toThrow();
    const other = db.database.inCounty(east, (tx) => tx.execute(sql`select from jurisdictions for update`));
    await expect(other).resolves.toHaveLength(1);
  });

  test.each(["cut", "finish"] as const)(
    "that ends (%s) inside a transaction fails it, whatever is still said in it",
    async (how) => {
      const database = await openThrough(2, 1000);
      for (const _ of Array.from({ length: 5 })) {
        await Promise.all([ask(database), ask(database)]);
        const broken = database.inCounty(east, async (tx) => {
          const waiting = tx.execute(sql`select pg_sleep(0.5)`);
          setTimeout(() => proxy[how](), 50);
          await waiting.catch(() => undefined);
          for (const _ of [1, 2]) tx.execute(sql`select 2`).catch(() => undefined);
          await new Promise((resolve) => setTimeout(resolve, 50));
          for (const _ of [1, 2]) tx.execute(sql`select 3`).catch(() => undefined);
          await waiting;
        });
        await expect(broken).rejects.toThrow();
        await works(database);
      }
    },
  );

  test("that is cut fails what was under way, and the next transaction finds a new link", async () => {
    const database = await openThrough(1);
    await ask(database);
    const slow = database.inCounty(east, (tx) => tx.execute(sql`select pg_sleep(5)`));
    await expect.poll(() => proxy.links()).toBeGreaterThan(0);
    proxy.cut();
    await expect(slow).rejects.toThrow();
    expect([...(await ask(database))]).toEqual([{ one: 1 }]);
  });

  test("that is refused for a while is found again", { timeout: 120_000 }, async () => {
    const database = await openThrough(2);
    await ask(database);
    proxy.decline();
    await expect(ask(database)).rejects.toThrow();
    await expect(ask(database)).rejects.toThrow();
    proxy.resume();
    await expect
      .poll(
        () =>
          ask(database).then(
            () => true,
            () => false,
          ),
        { timeout: 60_000 },
      )
      .toBe(true);
  });

  test("that is only slow is not given up", { timeout: 120_000 }, async () => {
    const database = await openThrough(1);
    proxy.delay(100);
    expect([...(await ask(database))]).toEqual([{ one: 1 }]);
    proxy.delay(0);
  });

  test("that idles between transactions is kept", { timeout: 120_000 }, async () => {
    const database = await openDatabase({ url: db.url, maxConnections: 1, statementLimitMs: 200 });
    open.push(database);
    const pid = () => database.inCounty(east, (tx) => tx.execute(sql`select pg_backend_pid() as pid`));
    const [before] = await pid();
    const owner = postgres(db.url, { max: 1 });
    await owner`select pg_sleep(4)`;
    await owner.end();
    expect((await pid())[0]).toEqual(before);
  });
});

test("a statement that takes too long is ended by the server, and says so", async () => {
  const database = await openDatabase({ url: db.url, maxConnections: 1, statementLimitMs: 200 });
  open.push(database);
  const slow = database.inCounty(east, (tx) => tx.execute(sql`select pg_sleep(5)`));
  await expect(slow).rejects.toThrow(/statement timeout/);
  expect([...(await ask(database))]).toEqual([{ one: 1 }]);
});
