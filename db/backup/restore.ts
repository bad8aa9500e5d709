import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { openCopying } from "../connections.ts";
import { MIGRATIONS, migrate } from "../migrate.ts";
import { readArchive } from "./archive.ts";
import { createLoader } from "./load.ts";
import { type Manifest, MEDIA, TABLES } from "./manifest.ts";
import { type Asking, listTables, quoted, schemaVersion } from "./tables.ts";

/** The result of restoring: done, or a plain sentence that says why nothing was restored. */
export type Restored = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** A large table may need so long for its foreign keys to be checked; whoever is still for longer has ended. */
const STILL_LIMIT_MS = 30 * 60_000;
const LOCK_LIMIT = "10s";
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Brings a backup into an empty database and a data folder, and the database to the shape of this version.
 *
 * All rows come in one transaction; photos, which are found by what they contain, come before it. Whoever is interrupted
 * finds an empty database, and may try again.
 * @param options.manifest of a backup that `checkBackup` found whole
 * @param options.skipNumbers how many case numbers are left out: those that may have been given out after the backup
 * @throws Error when the database or the disk fails
 */
export async function restoreBackup(options: {
  readonly url: string;
  readonly mediaFolder: string;
  readonly file: string;
  readonly manifest: Manifest;
  readonly skipNumbers: number;
}): Promise<Restored> {
  const { url, manifest } = options;
  const { client } = openCopying(url, STILL_LIMIT_MS, "liaison restore");
  try {
    const reason = (await refuseVersion(client, manifest)) ?? (await refuseRows(client));
    if (reason !== null) return { ok: false, reason };
    await migrateTo(url, manifest.schemaVersion);
    const restored = await client.begin((tx) => fill(tx, options));
    if (!restored.ok) return restored;
    await migrate(url);
    await client`analyze`;
    return restored;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === LOCK_NOT_AVAILABLE) {
      return { ok: false, reason: "Something works on this database: stop every `serve`, `work` and `start` first." };
    }
    throw error;
  } finally {
    await client.end({ timeout: 5 });
  }
}

type Journal = { readonly entries: readonly { readonly when: number; readonly tag: string }[] };

const readJournal = async (): Promise<Journal> =>
  JSON.parse(await readFile(join(MIGRATIONS, "meta", "_journal.json"), "utf8"));

async function refuseVersion(asking: Asking, { schemaVersion: wanted }: Manifest): Promise<string | null> {
  const { entries } = await readJournal();
  if (!entries.some(({ when }) => when === wanted)) {
    return "This backup was made by a newer version of Liaison: restore it with that version, or a newer one.";
  }
  const found = await schemaVersion(asking);
  if (found === null && (await listTables(asking)).length > 0) {
    return "This database holds tables of something else: name an empty database in DATABASE_URL.";
  }
  if (found !== null && found > wanted) {
    return "This database has the shape of a newer version than the backup: restore into one that holds no tables at all.";
  }
  return null;
}

/** A first start leaves one county without anything in it; that is as good as empty. */
async function refuseRows(asking: Asking): Promise<string | null> {
  for (const { name } of await listTables(asking)) {
    const [held] = await asking.unsafe<{ hasRows: boolean }[]>(
      name === "jurisdictions"
        ? `select exists (select from ${quoted(name)} where code <> 'default' or name <> 'default') as "hasRows"`
        : `select exists (select from ${quoted(name)}) as "hasRows"`,
    );
    if (held?.hasRows) {
      return "This database is not empty: a backup is restored only into an empty one. Set LIAISON_DATA to a fresh folder, or DATABASE_URL to an empty database.";
    }
  }
  return null;
}

/** Brings an empty database to the shape that the backup's rows have. */
async function migrateTo(url: string, version: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "liaison-migrations-"));
  try {
    await cp(MIGRATIONS, folder, { recursive: true });
    const journal = await readJournal();
    const upTo = { ...journal, entries: journal.entries.filter(({ when }) => when <= version) };
    await writeFile(join(folder, "meta", "_journal.json"), JSON.stringify(upTo));
    await migrate(url, { folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tables that count out numbers. */
const SERIES = ["case_numbers", "rehearsal_numbers"] as const;

async function fill(
  tx: Asking,
  options: {
    readonly mediaFolder: string;
    readonly file: string;
    readonly manifest: Manifest;
    readonly skipNumbers: number;
  },
): Promise<Restored> {
  const { manifest } = options;
  const tables = await listTables(tx);
  await tx.unsafe(`set local lock_timeout = '${LOCK_LIMIT}'`);
  await tx.unsafe(`lock table ${tables.map(({ name }) => quoted(name)).join(", ")} in access exclusive mode`);
  const loader = await createLoader(tx, tables);
  // Looked at again: now nobody else can write, and nothing hides a row from us.
  const reason = (await refuseVersion(tx, manifest)) ?? (await refuseRows(tx));
  if (reason !== null) throw new Error(reason);
  await tx.unsafe("delete from public.jurisdictions");
  const counts = new Map(manifest.tables.map(({ name, columns }) => [name, columns] as const));
  for await (const { name, bytes } of readArchive(options.file)) {
    if (name.startsWith(MEDIA)) await keepMedia(options.mediaFolder, name.slice(MEDIA.length), bytes);
    if (!name.startsWith(TABLES)) continue;
    const table = name.slice(TABLES.length, name.lastIndexOf("/"));
    const columns = counts.get(table);
    if (columns === undefined) throw new Error(`The backup does not say what ${table} is.`);
    await loader.load(table, columns, bytes);
  }
  for (const numbers of SERIES) {
    // A database of an older shape has fewer of them.
    if (!tables.some(({ name }) => name === numbers)) continue;
    await tx.unsafe(`update public.${numbers} set last = last + $1`, [options.skipNumbers]);
  }
  await loader.finish(manifest);
  return { ok: true };
}

/** The file appears with its whole content. */
async function keepMedia(folder: string, hash: string, bytes: Uint8Array): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error(`${hash} is no photo's name.`);
  const within = join(folder, hash.slice(0, 2));
  await mkdir(within, { recursive: true, mode: 0o700 });
  const draft = join(within, `${hash}.${randomBytes(6).toString("hex")}.part`);
  await writeFile(draft, bytes, { mode: 0o600, flush: true });
  await rename(draft, join(within, hash));
}
