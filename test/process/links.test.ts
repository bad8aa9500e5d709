import { chmod, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPostgresBackend, Queue } from "bullmq";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openEmbedded } from "../../db/embedded/embedded.ts";
import { MIGRATIONS, migrate } from "../../db/migrate.ts";
import { runProgram } from "../../src/commands/program.ts";
import { ask, dropAll, emptyDatabase, plainOwner } from "../db/somebodys-postgres.ts";
import { killRunning, startMain } from "../main-process.ts";

const SECRET = Buffer.alloc(32, 5).toString("base64");
/** The last migration of the version whose service logged in as the owner. */
const BEFORE = "0010_followers";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-links-"));
  await chmod(folder, 0o755);
});
afterEach(killRunning);
afterAll(async () => {
  await dropAll();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

async function serving(variables: Record<string, string>) {
  const service = startMain(["start"], { PORT: "0", LIAISON_SECRET: SECRET, ...variables });
  await expect.poll(() => service.said.err, { timeout: 30_000 }).toMatch(/listens on http/);
  const url = service.said.err.match(/http:\S+/)?.[0] ?? "";
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true, database: true, queue: true });
  return {
    ...service,
    async stop() {
      service.child.kill("SIGTERM");
      expect(await service.ended).toMatchObject({ status: 0 });
    },
  };
}

async function command(variables: Record<string, string>, ...args: readonly string[]) {
  const said: string[] = [];
  const output = { out: () => undefined, err: (line: string) => void said.push(line) };
  const status = await runProgram(args, { variables: { LIAISON_SECRET: SECRET, ...variables }, folder, output });
  return status === 0 ? "done" : said.join("\n");
}

/** Brings a database to the shape of the version before, with its queue, all by the owner's links. */
async function asBefore(url: string): Promise<void> {
  const migrations = join(folder, "migrations");
  await cp(MIGRATIONS, migrations, { recursive: true });
  const path = join(migrations, "meta", "_journal.json");
  const journal = JSON.parse(await readFile(path, "utf8"));
  const last = journal.entries.findIndex(({ tag }: { tag: string }) => tag === BEFORE);
  expect(last).toBeGreaterThan(0);
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  await migrate(url, { folder: migrations });
  const database = new URL(url).pathname.slice(1);
  await ask(
    url,
    `drop schema liaison_queue; revoke usage on schema drizzle from liaison_app; grant temporary on database ${database} to public`,
  );
  const connection = { connectionString: url, schema: "liaison_queue", migrate: true };
  const queue = new Queue("liaison-receive", { connection }, createPostgresBackend);
  await queue.add("x", {});
  await queue.close();
}

const USERS = `select distinct usename as user from pg_stat_activity
  where datname = current_database() and application_name in ('liaison', 'liaison queue') order by 1`;
const RIGHTS = `select rolsuper or rolcreaterole or rolbypassrls or rolcreatedb as "isMore" from pg_roles where rolname = $1`;

async function usersOf(ownerUrl: string): Promise<unknown> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    const users = await sql.unsafe<{ user: string }[]>(USERS);
    for (const { user } of users) expect([user, await sql.unsafe(RIGHTS, [user])]).toEqual([user, [{ isMore: false }]]);
    return users.map(({ user }) => user);
  } finally {
    await sql.end();
  }
}

describe("a service's links have no rights over the server", () => {
  test("in a data folder that an older version made", { timeout: 120_000 }, async () => {
    const data = join(folder, "data");
    const how = { folder: data, asService: false, say: () => undefined };
    const embedded = await openEmbedded(how);
    await asBefore(embedded.url);
    await writeFile(join(data, "secret"), SECRET);
    await embedded.close();
    const service = await serving({ LIAISON_DATA: data });
    const beside = await openEmbedded(how);
    expect(await usersOf(beside.url)).toEqual(["liaison_service_postgres"]);
    await beside.close();
    await service.stop();
  });

  test("with the owner's login alone, of a database that an older version made", { timeout: 120_000 }, async () => {
    const url = await emptyDatabase();
    await asBefore(url);
    const service = await serving({ DATABASE_URL: url, LIAISON_DATA: join(folder, "own") });
    const name = `liaison_service_${new URL(url).pathname.slice(1)}`;
    expect(await usersOf(url)).toEqual([name]);
    await service.stop();
    // A key that was lost: nothing is sealed with it, so the new one may have the login.
    const later = await serving({
      DATABASE_URL: url,
      LIAISON_DATA: join(folder, "own"),
      LIAISON_SECRET: Buffer.alloc(32, 6).toString("base64"),
    });
    expect(await usersOf(url)).toEqual([name]);
    await later.stop();
    await ask(url, `drop owned by ${name}; drop role ${name}`);
  });

  test("with a login of its own beside the owner's, which only migrating needs", { timeout: 120_000 }, async () => {
    const url = await emptyDatabase();
    const own = new URL(url);
    [own.username, own.password] = [`own_${own.pathname.slice(1)}`, "of its own"];
    const alone = { LIAISON_DATA: join(folder, "two"), DATABASE_URL: own.href };
    expect(await command(alone, "migrate")).toBe(
      `The database refuses the password of ${own.username}: correct DATABASE_URL.`,
    );
    expect(await command({ ...alone, DATABASE_OWNER_URL: url }, "migrate")).toBe("done");
    const service = await serving(alone);
    expect(await usersOf(url)).toEqual([own.username]);
    expect(service.said.out).not.toMatch(/logs in as the owner/);
    expect(await command(alone, "backup", join(folder, "limited.tar.gz"))).toBe("done");
    await service.stop();
    await ask(url, "create table public.newer ()");
    expect(await command(alone, "migrate")).toBe(
      `The user ${own.username} may not create tables in this database: make it the owner, correct DATABASE_URL, or name the owner's login in DATABASE_OWNER_URL.`,
    );
    await ask(url, `drop owned by ${own.username}; drop role ${own.username}`);
  });
});

test("where no login can be made, the service works on as the owner, and says so once", {
  timeout: 60_000,
}, async () => {
  const owner = await plainOwner();
  const url = await emptyDatabase(owner);
  const service = await serving({ DATABASE_URL: url, LIAISON_DATA: join(folder, "plain") });
  expect(service.said.out.match(/logs in as the owner/g)).toHaveLength(1);
  expect(await usersOf(url)).toEqual([owner]);
  await service.stop();
});
