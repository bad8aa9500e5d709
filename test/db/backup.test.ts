import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { writeBackup } from "../../db/backup.ts";
import { type Entry, readArchive, writeArchive } from "../../db/backup-archive.ts";
import { checkBackup, type Manifest, manifestEntries } from "../../db/backup-manifest.ts";
import { restoreBackup } from "../../db/backup-restore.ts";
import { MIGRATIONS, migrate } from "../../db/migrate.ts";
import { createVault } from "../../db/vault.ts";

const vault = createVault(randomBytes(32));
const now = () => new Date("2026-11-24T03:00:00Z");
let root: string;
let count = 0;
const databases: string[] = [];
const roles: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "liaison-backup-"));
});
afterAll(async () => {
  for (const name of databases) await onServer(`drop database if exists ${name} with (force)`);
  for (const name of roles) await onServer(`drop role if exists ${name}`);
  await rm(root, { recursive: true, force: true });
});

async function ask<T extends postgres.Row>(url: string, statement: string): Promise<T[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await sql.unsafe<T[]>(statement);
  } finally {
    await sql.end();
  }
}
const onServer = (statement: string) => ask(inject("postgresUrl"), statement);

/** An empty database, of a role of its own where one is named. */
async function emptyDatabase(owner?: string): Promise<string> {
  const name = `backup_${randomBytes(8).toString("hex")}`;
  databases.push(name);
  await onServer(`create database ${name}${owner === undefined ? "" : ` owner ${owner}`}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  if (owner !== undefined) [url.username, url.password] = [owner, "plain"];
  return url.href;
}

async function plainOwner(): Promise<string> {
  const name = `plain_${randomBytes(8).toString("hex")}`;
  roles.push(name);
  await onServer(`create role ${name} login password 'plain' nosuperuser nobypassrls`);
  return name;
}

/** Two counties with a few rows each, among them everything that text formats stumble over. */
async function fill(url: string, migrations?: string): Promise<void> {
  await migrate(url, migrations);
  for (const code of ["east", "west"]) {
    const [county, station] = [newId(), newId()];
    await ask(
      url,
      `begin; select set_config('liaison.jurisdiction', '${county}', true);
       insert into jurisdictions values ('${county}', '${code}', E'县\\t"\\\\N"\\n\\r''', '{"a": [1, null, "\\\\n"]}', now());
       insert into stations (id, jurisdiction_id, code, name, township, phone, longitude)
         values ('${station}', '${county}', 'S', '\\N', '', '\\x00ff0a09', 0.1::float8 + 0.2);
       insert into deputies (id, jurisdiction_id, code, name, level, groups)
         values ('${newId()}', '${county}', 'D', '甲', 'county', array['a,b', '{"', null, '']);
       commit`,
    );
  }
}

/** The migrations of the first version alone. */
async function firstMigration(): Promise<string> {
  const folder = join(root, "first");
  await cp(MIGRATIONS, folder, { recursive: true });
  const path = join(folder, "meta", "_journal.json");
  const journal = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
  return folder;
}

/** All rows, looked at as one who sees everything. */
async function rowsOf(url: string): Promise<unknown> {
  const whole = new URL(inject("postgresUrl"));
  whole.pathname = new URL(url).pathname;
  const found: Record<string, unknown> = {};
  for (const table of ["jurisdictions", "stations", "deputies"]) {
    found[table] = await ask(whole.href, `select t::text as row from ${table} t order by 1`);
  }
  return found;
}

async function backup(url: string): Promise<{ file: string; manifest: Manifest }> {
  count += 1;
  const file = join(root, `${count}.tar.gz`);
  const written = await writeBackup({ url, vault, mediaFolder: join(root, "media"), file, now });
  if (!written.ok) throw new Error(written.reason);
  const checked = await checkBackup(file, vault);
  expect(checked).toEqual(written);
  return { file, manifest: written.manifest };
}

const restore = (url: string, made: { file: string; manifest: Manifest }) =>
  restoreBackup({ url, mediaFolder: join(root, "restored"), skipNumbers: 0, ...made });

describe("an archive", () => {
  const entries = async function* (given: readonly Entry[]) {
    yield* given;
  };
  const read = async (path: string) => {
    const found: Entry[] = [];
    for await (const entry of readArchive(path)) found.push(entry);
    return found;
  };

  test("gives back what went in, at every size around a block, and is what tar understands", async () => {
    const path = join(root, "sizes.tar.gz");
    const given = [0, 1, 511, 512, 513, 100_000].map((size) => ({ name: `sizes/${size}`, bytes: randomBytes(size) }));
    await writeArchive(path, entries(given));
    expect((await read(path)).map(({ name, bytes }) => [name, Buffer.from(bytes)])).toEqual(
      given.map(({ name, bytes }) => [name, bytes]),
    );
    const listed = execFileSync("tar", ["tzf", path], { encoding: "utf8" }).trim().split("\n");
    expect(listed).toEqual(given.map(({ name }) => name));
    expect(execFileSync("tar", ["xzOf", path, "sizes/513"])).toEqual(given[4]!.bytes);
  });

  test("that ends too early is refused at every length", async () => {
    const path = join(root, "early.tar.gz");
    await writeArchive(path, entries([{ name: "a", bytes: randomBytes(2000) }]));
    const whole = await readFile(path);
    for (let length = 0; length < whole.length; length += 97) {
      await writeFile(join(root, "cut"), whole.subarray(0, length));
      await expect(read(join(root, "cut"))).rejects.toThrow();
    }
  });
});

describe("a backup of somebody's own Postgres", () => {
  let owner: string;
  beforeEach(async () => {
    owner = await plainOwner();
  });

  test("is whole where the user sees everything", async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    await fill(from);
    expect(await restore(to, await backup(from))).toEqual({ ok: true });
    expect(await rowsOf(to)).toEqual(await rowsOf(from));
  });

  test("is whole where row-level security binds the user, and binds again after it", async () => {
    const [from, to] = [await emptyDatabase(owner), await emptyDatabase(owner)];
    await fill(from);
    const made = await backup(from);
    expect(made.manifest.tables.find(({ name }) => name === "deputies")?.rows).toBe(2);
    expect(await restore(to, made)).toEqual({ ok: true });
    expect(await rowsOf(to)).toEqual(await rowsOf(from));
    expect(await ask(to, "select code from deputies")).toEqual([]);
  });

  test("is refused rather than made in part, where the user cannot see a table whole", async () => {
    const from = await emptyDatabase(owner);
    await fill(from);
    await ask(
      from,
      "drop policy deputies_of_county on deputies; create policy some_of_them on deputies using (code = 'D')",
    );
    await expect(backup(from)).rejects.toThrow(
      `The database user ${owner} cannot read deputies whole: make the backup as a user with BYPASSRLS.`,
    );
  });

  test("tells what photos are missing or damaged, and holds the others", async () => {
    const from = await emptyDatabase();
    await fill(from);
    const [county] = await ask<{ id: string }>(from, "select jurisdiction_id as id from jurisdictions limit 1");
    const account = newId();
    await ask(
      from,
      `insert into channel_accounts values ('${account}', '${county?.id}', 'wechat-official', 'oa', '{}', '\\x00', now())`,
    );
    const photos = ["whole", "damaged", "missing"].map((text) => createHash("sha256").update(text).digest("hex"));
    for (const hash of [...photos, photos[0]]) {
      await ask(
        from,
        `insert into media (id, jurisdiction_id, account_id, platform_id, form, state, hash, created_at)
         values ('${newId()}', '${county?.id}', '${account}', 'm', 'image', 'kept', '${hash}', now())`,
      );
    }
    for (const [index, text] of ["whole", "not what its name says"].entries()) {
      const hash = photos[index]!;
      await mkdir(join(root, "media", hash.slice(0, 2)), { recursive: true });
      await writeFile(join(root, "media", hash.slice(0, 2), hash), text);
    }
    const made = await backup(from);
    expect(made.manifest.media).toEqual({ kept: 1, missing: 2 });
    expect(await restore(await emptyDatabase(), made)).toEqual({ ok: true });
    expect(await readFile(join(root, "restored", photos[0]!.slice(0, 2), photos[0]!), "utf8")).toBe("whole");
  });
});

describe("a restore", () => {
  test("goes into a database that a first start has prepared", async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    await fill(from);
    await migrate(to);
    await ask(to, `insert into jurisdictions values ('${newId()}', 'default', 'default', '{}', now())`);
    expect(await restore(to, await backup(from))).toEqual({ ok: true });
    expect(await rowsOf(to)).toEqual(await rowsOf(from));
  });

  test("refuses a database that holds anything, ours or not", async () => {
    const [from, ours, others] = [await emptyDatabase(), await emptyDatabase(), await emptyDatabase()];
    await fill(from);
    await fill(ours);
    await ask(others, "create table ledger (entry text)");
    const made = await backup(from);
    const held = await rowsOf(ours);
    expect(await restore(ours, made)).toEqual({
      ok: false,
      reason: expect.stringMatching(/^This database is not empty/),
    });
    expect(await rowsOf(ours)).toEqual(held);
    expect(await restore(others, made)).toEqual({
      ok: false,
      reason: "This database holds tables of something else: name an empty database in DATABASE_URL.",
    });
  });

  test("brings rows of an older shape to the present one, and refuses those of a newer", async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    await fill(from, await firstMigration());
    const made = await backup(from);
    expect(await restore(to, made)).toEqual({ ok: true });
    await migrate(from);
    const applied = "select count(*)::int as all from drizzle.__drizzle_migrations";
    expect(await ask(to, applied)).toEqual(await ask(from, applied));
    expect(await rowsOf(to)).toEqual(await rowsOf(from));
    const newer = { ...made.manifest, schemaVersion: made.manifest.schemaVersion + 10 ** 12 };
    expect(await restore(await emptyDatabase(), { ...made, manifest: newer })).toEqual({
      ok: false,
      reason: "This backup was made by a newer version of Liaison: restore it with that version, or a newer one.",
    });
  });

  test("goes on with every sequence where it stood", async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    await fill(from);
    await ask(from, "select setval('outbox_seq_seq', 4711)");
    expect(await restore(to, await backup(from))).toEqual({ ok: true });
    expect(await ask(to, "select nextval('outbox_seq_seq')::int as next")).toEqual([{ next: 4712 }]);
  });

  test.each([
    ["a row twice", "D"],
    ["a row that belongs to nothing", "foreign"],
    ["fewer rows than it says", "fewer"],
  ])("that meets %s ends with an error, and leaves an empty database that takes the next one", async (_, kind) => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    await fill(from);
    const made = await backup(from);
    const spoilt = join(root, `${count}-${kind}`);
    await writeArchive(spoilt, spoil(made.file, kind));
    await expect(restore(to, { ...made, file: spoilt })).rejects.toThrow();
    expect(await rowsOf(to)).toEqual({ jurisdictions: [], stations: [], deputies: [] });
    expect(await restore(to, made)).toEqual({ ok: true });
    expect(await rowsOf(to)).toEqual(await rowsOf(from));
  });

  async function* spoil(file: string, kind: string): AsyncGenerator<Entry> {
    for await (const { name, bytes } of readArchive(file)) {
      const isDeputies = name.startsWith("tables/deputies/");
      if (kind === "fewer" && isDeputies) continue;
      if (kind === "foreign" && name.startsWith("tables/jurisdictions/")) continue;
      yield { name, bytes: kind === "D" && isDeputies ? Buffer.concat([bytes, bytes]) : bytes };
    }
  }

  test("keeps triggers out of the way and puts them back", async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    await fill(from);
    const made = await backup(from);
    await migrate(to);
    await ask(
      to,
      `create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
       create trigger refuse before insert on deputies for each row execute function refuse();
       create trigger ready before insert on stations for each row execute function refuse();
       alter table stations enable always trigger ready`,
    );
    expect(await restore(to, made)).toEqual({ ok: true });
    expect(await rowsOf(to)).toEqual(await rowsOf(from));
    const modes = `select tgname::text as name, tgenabled::text as mode from pg_trigger
      where not tgisinternal and tgrelid in ('deputies'::regclass, 'stations'::regclass) order by 1`;
    expect(await ask(to, modes)).toEqual([
      { name: "ready", mode: "A" },
      { name: "refuse", mode: "O" },
    ]);
    const deferrable = "select conname from pg_constraint where contype = 'f' and condeferrable";
    expect(await ask(to, deferrable)).toEqual([]);
  });

  test("waits for nobody who holds the tables for long", { timeout: 30_000 }, async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    await fill(from);
    const made = await backup(from);
    await migrate(to);
    const holder = postgres(to, { max: 1, onnotice: () => undefined });
    try {
      await holder.begin(async (tx) => {
        await tx`lock table outbox in access share mode`;
        expect(await restore(to, made)).toEqual({
          ok: false,
          reason: "Something works on this database: stop every `serve`, `work` and `start` first.",
        });
      });
    } finally {
      await holder.end();
    }
  });

  test("takes no backup whose contents were changed by one who lacks the key", async () => {
    const from = await emptyDatabase();
    await fill(from);
    const made = await backup(from);
    const forged = join(root, "forged");
    const stranger = createVault(randomBytes(32));
    const entries = async function* () {
      for await (const entry of readArchive(made.file)) if (!entry.name.startsWith("manifest")) yield entry;
      const [text, mac] = manifestEntries(stranger, { ...made.manifest, madeAt: "2020-01-01T00:00:00.000Z" });
      yield text!;
      yield mac!;
    };
    await writeArchive(forged, entries());
    expect(await checkBackup(forged, vault)).toEqual({
      ok: false,
      reason: `${forged} is no whole backup: it was changed after it was made. Take another one.`,
    });
  });
});
