import { createHash, randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Entry, readArchive, writeArchive } from "../../../db/backup/archive.ts";
import { checkBackup, type Manifest, manifestEntries } from "../../../db/backup/manifest.ts";
import { restoreBackup } from "../../../db/backup/restore.ts";
import { writeBackup } from "../../../db/backup/write.ts";
import { MIGRATIONS, migrate } from "../../../db/migrate.ts";
import { createVault } from "../../../db/vault.ts";
import { ask, dropAll, emptyDatabase, fill, plainOwner, rowsOf } from "../somebodys-postgres.ts";

const vault = createVault(randomBytes(32));
const now = () => new Date("2026-11-24T03:00:00Z");
let root: string;
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "liaison-backup-"));
});
afterAll(async () => {
  await dropAll();
  await rm(root, { recursive: true, force: true });
});

/** The migrations of the first version alone. */
async function firstMigration(): Promise<string> {
  const folder = join(root, "first");
  await cp(MIGRATIONS, folder, { recursive: true });
  const path = join(folder, "meta", "_journal.json");
  const journal = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
  return folder;
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

  test("leaves out long work that was asked for, with its files and what it found", async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    await fill(from);
    const [county] = await ask<{ id: string }>(from, "select jurisdiction_id as id from jurisdictions limit 1");
    const errand = newId();
    await ask(
      from,
      `insert into errands (id, jurisdiction_id, kind, asked, asked_by, asked_by_name, state, made_at, expires_at)
       values ('${errand}', '${county?.id}', 'dry-run', '{}', '${newId()}', 'lin', 'done', now(), now());
       insert into dry_run_differences (jurisdiction_id, errand_id, case_number, from_code, to_code, rule, kind)
       values ('${county?.id}', '${errand}', '2026-000001', 'D1', 'D2', 'r', 'past');
       insert into files (id, jurisdiction_id, errand_id, name, content_type, bytes, content, made_at, expires_at)
       values ('${newId()}', '${county?.id}', '${errand}', 'x', 'text/plain', 1, '\\x00', now(), now())`,
    );
    const made = await backup(from);
    expect(made.manifest.tables.map(({ name }) => name)).not.toContain("errands");
    expect(await restore(to, made)).toEqual({ ok: true });
    for (const table of ["errands", "files", "dry_run_differences"]) {
      expect(await ask(to, `select 1 from ${table}`)).toEqual([]);
    }
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

  test("waits for nobody who holds the tables for long", { timeout: 120_000 }, async () => {
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
