import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { MIGRATIONS, migrate } from "../../db/migrate.ts";

/** The migrations before those that a county with many cases brought; what comes later builds indexes on large tables. */
const BEFORE = 20;

describe("a migration of a database that is in use", () => {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const server = inject("postgresUrl");
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "liaison-migrations-"));
    await cp(MIGRATIONS, folder, { recursive: true });
    const journal = join(folder, "meta/_journal.json");
    const { entries, ...head } = JSON.parse(await readFile(journal, "utf8"));
    await writeFile(journal, JSON.stringify({ ...head, entries: entries.slice(0, BEFORE) }));
    for (const name of await readdir(folder))
      if (/^\d{4}_/.test(name) && Number(name.slice(0, 4)) >= BEFORE) await rm(join(folder, name));
    await onServer(`create database ${name}`);
  });
  afterAll(async () => {
    await onServer(`drop database ${name} with (force)`);
    await rm(folder, { recursive: true });
  });

  async function onServer(statement: string): Promise<void> {
    const client = postgres(server, { max: 1, onnotice: () => undefined });
    await client.unsafe(statement);
    await client.end();
  }

  it("waits behind a backup without anybody waiting behind it, and finds the indexes that were built before", async () => {
    await migrate(url, { folder });
    const client = postgres(url, { max: 2, onnotice: () => undefined });
    try {
      const backup = await client.reserve();
      await backup`begin`;
      await backup`select count(*) from cases`;
      const migrated = migrate(url);
      const isWaiting = async () => {
        const [row] = await client<{ any: boolean }[]>`select exists (select from pg_locks where not granted
          and relation = 'cases'::regclass) as any`;
        return row?.any === true;
      };
      await expect.poll(isWaiting, { timeout: 60_000, interval: 20 }).toBe(true);
      // Whoever comes meanwhile is not held up for longer than the migration waits.
      await client`select count(*) from cases`;
      await backup`rollback`;
      backup.release();
      expect((await migrated).isNewer).toBe(false);
      const [index] = await client<{ whole: boolean }[]>`select indisvalid as whole from pg_index
        where indexrelid = 'cases_newest_index'::regclass`;
      expect(index).toEqual({ whole: true });
    } finally {
      await client.end();
    }
  });
});
