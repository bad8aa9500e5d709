import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../db/database.ts";
import { jurisdictions } from "../../db/schema/county.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { tcpProxy } from "../tcp-proxy.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

test("a transaction that goes on and on is ended, though each of its statements is short", async () => {
  const east = await db.county("east");
  const database = await openDatabase({ url: db.url, maxConnections: 1, statementLimitMs: 300 });
  const endless = database.inCounty(east, async (tx) => {
    for (const until = Date.now() + 10_000; Date.now() < until; ) await tx.execute(sql`select pg_sleep(0.05)`);
  });
  await expect(endless).rejects.toThrow();
  await database.close();
});

test("a link that dies behind a proxy, in the middle of a statement, keeps its locks no longer than the limit", async () => {
  const east = await db.county("east");
  const proxy = await tcpProxy(Number(new URL(db.url).port));
  const database = await openDatabase({ url: proxy.through(db.url), maxConnections: 1, statementLimitMs: 600 });
  const owner = postgres(db.url, { max: 1, onnotice: () => undefined });
  const name = () => sql`update ${jurisdictions} set name = name where code = 'east'`;
  const dying = database.inCounty(east, async (tx) => {
    await tx.execute(name());
    proxy.halfOpen();
    await tx.execute(name());
  });
  await expect(dying).rejects.toThrow();
  const [row] = await owner`update jurisdictions set name = name where code = 'east' returning code`;
  expect(row).toEqual({ code: "east" });
  await owner.end();
  await database.close();
  await proxy.close();
});
