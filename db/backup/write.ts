import { randomBytes } from "node:crypto";
import { access, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { type CopyingLink, openCopying } from "../connections.ts";
import { isMedia } from "../media-hash.ts";
import type { Vault } from "../vault.ts";
import { type Entry, writeArchive } from "./archive.ts";
import { createDigest, keyCheckOf, type Manifest, MEDIA, manifestEntries, TABLES } from "./manifest.ts";
import {
  type Asking,
  LEFT_OUT,
  listSequences,
  listTables,
  quoted,
  quotedColumns,
  schemaVersion,
  type Table,
} from "./tables.ts";

/** The result of writing a backup: what was written, or a plain sentence that says why nothing was. */
export type WrittenBackup =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly reason: string };

const PART_BYTES = 4 * 1024 * 1024;
const LINE_END = 0x0a;
/** A database or a disk that does not move for so long will not. */
const STILL_LIMIT_MS = 5 * 60_000;
/** Whoever changes tables holds them; a backup does not wait for that for ever. */
const LOCK_LIMIT = "60s";
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Writes one file that holds every row and every photo as they are at one moment, beside a running service.
 *
 * All tables are read in one repeatable-read transaction. The queue is not in it: it is rebuilt from the rows that wait.
 * Nor is the master key. The file appears with its whole content, or not at all.
 * @param options.file absolute; must not exist
 * @throws Error when the database or the disk fails
 */
export async function writeBackup(options: {
  readonly url: string;
  readonly vault: Vault;
  readonly mediaFolder: string;
  readonly file: string;
  readonly now: () => Date;
}): Promise<WrittenBackup> {
  const { file } = options;
  if (await exists(file)) return { ok: false, reason: `${file} exists already: name another file.` };
  const link = openCopying(options.url, STILL_LIMIT_MS, "liaison backup");
  const half = `${file}.${randomBytes(6).toString("hex")}.part`;
  try {
    const manifest = await inOneSnapshot(link.client, async (tx) => {
      const contents = readContents(tx, link, options);
      await writeArchive(half, contents.entries);
      return contents.manifest();
    });
    await rename(half, file);
    return { ok: true, manifest };
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === LOCK_NOT_AVAILABLE) {
      return { ok: false, reason: "Something changes the tables just now: make the backup when that has ended." };
    }
    throw error;
  } finally {
    await link.client.end({ timeout: 5 });
    await rm(half, { force: true });
  }
}

async function inOneSnapshot<T>(client: postgres.Sql, work: (tx: Asking) => Promise<T>): Promise<T> {
  let failure: unknown = null;
  try {
    const done = await client.begin("isolation level repeatable read read only", (tx) =>
      work(tx).catch((error: unknown) => {
        failure = error;
        throw error;
      }),
    );
    return done as T;
  } catch (error) {
    // A copy that was given up half way refuses even the rollback: that is not what went wrong.
    throw failure ?? error;
  }
}

function readContents(
  tx: Asking,
  link: CopyingLink,
  options: { readonly vault: Vault; readonly mediaFolder: string; readonly now: () => Date },
): { readonly entries: AsyncIterable<Entry>; manifest(): Manifest } {
  let written: Manifest | null = null;
  async function* entries(): AsyncGenerator<Entry> {
    const digest = createDigest();
    const [server] = await tx.unsafe<{ version: string }[]>("select current_setting('server_version') as version");
    const madeAt = options.now().toISOString();
    const version = await schemaVersion(tx);
    if (version === null) throw new Error("This database holds nothing of Liaison's.");
    const listed = (await listTables(tx)).filter(({ name }) => !LEFT_OUT.has(name));
    await tx.unsafe(`set local lock_timeout = '${LOCK_LIMIT}'`);
    await tx.unsafe(`lock table ${listed.map(({ name }) => quoted(name)).join(", ")} in access share mode`);
    const sight = await chooseSight(tx, listed);
    const tables: Manifest["tables"] = [];
    for (const table of listed) {
      const counted = { rows: 0 };
      for await (const entry of readTable(tx, link, table, { sight, counted })) {
        digest.add(entry);
        yield entry;
      }
      tables.push({ name: table.name, columns: [...table.columns], rows: counted.rows });
    }
    const media = { kept: 0, missing: 0 };
    for await (const { hash, county } of mediaFiles(tx, sight)) {
      const bytes = await readMedia(options.mediaFolder, hash, county);
      if (bytes === null) media.missing += 1;
      else {
        media.kept += 1;
        const entry = { name: `${MEDIA}${hash}`, bytes };
        digest.add(entry);
        yield entry;
      }
    }
    written = {
      format: 1,
      madeAt,
      schemaVersion: version,
      postgres: server?.version ?? "",
      keyCheck: keyCheckOf(options.vault),
      digest: digest.value(),
      tables,
      sequences: await listSequences(tx),
      media,
    };
    yield* manifestEntries(options.vault, written);
  }
  return {
    entries: entries(),
    manifest() {
      if (written === null) throw new Error("The backup is not finished.");
      return written;
    },
  };
}

/** What must be said before each look at a guarded table, so that all looks together show every row once. */
type Sight = readonly (string | null)[];

/** A user whom row-level security binds looks at one county after the other. */
async function chooseSight(tx: Asking, tables: readonly Table[]): Promise<Sight> {
  const [user] = await tx.unsafe<{ name: string; isUnbound: boolean }[]>(`
    select rolname as name, rolsuper or rolbypassrls as "isUnbound" from pg_roles where rolname = current_user`);
  if (user?.isUnbound) return [null];
  const byCounty = await tx.unsafe<{ name: string }[]>(`
    select p.tablename as name from pg_policies p join information_schema.columns c
      on c.table_schema = p.schemaname and c.table_name = p.tablename and c.column_name = 'jurisdiction_id'
    where p.schemaname = 'public' and p.policyname = p.tablename || '_of_county' and c.is_nullable = 'NO'`);
  const whole = new Set(byCounty.map(({ name }) => name));
  const partly = tables.filter(({ name, isGuarded }) => isGuarded && !whole.has(name));
  if (partly.length > 0) {
    throw new Error(
      `The database user ${user?.name ?? ""} cannot read ${partly.map(({ name }) => name).join(", ")} whole: make the backup as a user with BYPASSRLS.`,
    );
  }
  await tx.unsafe("select set_config('liaison.scope', 'directory', true)");
  const counties = await tx.unsafe<{ id: string }[]>(
    "select jurisdiction_id as id from public.jurisdictions order by 1",
  );
  await tx.unsafe("select set_config('liaison.scope', '', true)");
  return counties.map(({ id }) => id);
}

async function lookAs(tx: Asking, county: string | null): Promise<void> {
  if (county !== null) await tx.unsafe("select set_config('liaison.jurisdiction', $1, true)", [county]);
}

async function* readTable(
  tx: Asking,
  link: CopyingLink,
  table: Table,
  { sight, counted }: { readonly sight: Sight; readonly counted: { rows: number } },
): AsyncGenerator<Entry> {
  const { name, columns, isGuarded } = table;
  let part = 0;
  for (const county of isGuarded ? sight : [null]) {
    await lookAs(tx, county);
    const rows = link.rowsOf(tx.unsafe(`copy (select ${quotedColumns(columns)} from ${quoted(name)}) to stdout`));
    for await (const bytes of inParts(rows)) {
      part += 1;
      counted.rows += bytes.reduce((lines, byte) => (byte === LINE_END ? lines + 1 : lines), 0);
      yield { name: `${TABLES}${name}/${String(part).padStart(6, "0")}.copy`, bytes };
    }
  }
}

async function* inParts(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    length += chunk.length;
    if (length < PART_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(held);
}

/** A photo's file, and a county that has it. */
type MediaFile = { readonly hash: string; readonly county: string };

async function* mediaFiles(tx: Asking, sight: Sight): AsyncGenerator<MediaFile> {
  const seen = new Set<string>();
  for (const county of sight) {
    await lookAs(tx, county);
    const found = await tx.unsafe<MediaFile[]>(
      "select distinct hash, jurisdiction_id::text as county from public.media where hash is not null order by hash",
    );
    for (const file of found) {
      if (!seen.has(file.hash)) yield file;
      seen.add(file.hash);
    }
  }
}

/** @returns null when the file is missing, or is not what its name says */
async function readMedia(folder: string, hash: string, county: string): Promise<Uint8Array | null> {
  try {
    const bytes = await readFile(join(folder, hash.slice(0, 2), hash));
    return isMedia(hash, county, bytes) ? bytes : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
