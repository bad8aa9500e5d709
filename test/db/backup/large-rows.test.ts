import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkBackup } from "../../../db/backup/manifest.ts";
import { restoreBackup } from "../../../db/backup/restore.ts";
import { LEFT_OUT } from "../../../db/backup/tables.ts";
import { writeBackup } from "../../../db/backup/write.ts";
import { migrate } from "../../../db/migrate.ts";
import { createVault } from "../../../db/vault.ts";
import { dropAll, emptyDatabase } from "../somebodys-postgres.ts";

const vault = createVault(randomBytes(32));
const LARGE_BYTES = 1_200_000;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "liaison-large-"));
});
afterAll(async () => {
  await dropAll();
  await rm(root, { recursive: true, force: true });
});

type Column = { readonly table: string; readonly name: string; readonly type: string; readonly isFree: boolean };

/** One and the same id everywhere: so each row belongs to what it names. The other half of a pair has the second. */
const [ID, OTHER] = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];

/** What checks ask for: a deputy has a grid or a station, a photo is found by its hash, a relation is to somebody else. */
const ASKED: Readonly<Record<string, string>> = {
  "assignments.station_id": "null",
  "media.hash": "repeat('a', 64)",
  "deputy_relations.related_deputy_id": `'${OTHER}'`,
};

function valueFor({ table, name, type }: Column, isLarge: boolean, id: string): string {
  const asked = ASKED[`${table}.${name}`];
  if (asked !== undefined) return asked;
  if (type === "uuid") return `'${name === "id" ? id : ID}'`;
  const size = isLarge ? LARGE_BYTES : 4;
  const long = `repeat(md5('${name}'), ${Math.ceil(size / 32)})`;
  if (type === "text") return isLarge ? long : `'${id.slice(-4)}'`;
  if (type === "text[]") return `array[${isLarge ? long : "'x'"}]`;
  if (type === "smallint[]") return "array[1]::smallint[]";
  if (type === "uuid[]") return `array_fill('${ID}'::uuid, array[${Math.ceil(size / 16)}])`;
  if (type === "jsonb") return `jsonb_build_object('a', ${long})`;
  if (type === "bytea") return isLarge ? `decode(${long}, 'hex')` : `'\\x${id.slice(-4)}'`;
  if (type.startsWith("timestamp") || type === "date") return "'2026-11-24'";
  if (type === "tsvector") return "'a'";
  if (type === "boolean") return "true";
  return id.slice(-1);
}

/**
 * Puts a row into each table with more than a megabyte in one column of each type that may hold one and that no index or check is
 * about.
 */
async function fillWithLargeRows(url: string): Promise<string[]> {
  await migrate(url);
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const columns = await sql.unsafe<Column[]>(`
      select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
        not exists (select from pg_index i where i.indrelid = c.oid and a.attnum = any(i.indkey))
        and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any(k.conkey)) as "isFree"
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by c.relname, a.attnum`);
    const tables = [...new Set(columns.map(({ table }) => table))];
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      for (const table of tables) {
        const own = columns.filter((column) => column.table === table);
        const large = new Map(own.filter(({ isFree }) => isFree).map((column) => [column.type, column]));
        for (const id of table === "deputies" ? [ID, OTHER] : [ID]) {
          await tx.unsafe(
            `insert into public."${table}" (${own.map(({ name }) => `"${name}"`).join(", ")}) overriding system value
             values (${own.map((column) => valueFor(column, large.get(column.type) === column, id)).join(", ")})`,
          );
        }
      }
    });
    return tables;
  } finally {
    await sql.end();
  }
}

async function sizesOf(url: string, tables: readonly string[]): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const sizes: unknown[] = [];
    for (const table of tables) {
      const rows = await sql.unsafe(
        `select length(t::text) as size, md5(t::text) as hash from public."${table}" t order by 2`,
      );
      sizes.push([table, ...rows]);
    }
    return sizes;
  } finally {
    await sql.end();
  }
}

describe("a database whose rows are as large as they may be", () => {
  test("is backed up and comes back, each row as it was", { timeout: 180_000 }, async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    const tables = await fillWithLargeRows(from);
    const file = join(root, "large.tar.gz");
    const written = await writeBackup({
      url: from,
      vault,
      mediaFolder: join(root, "media"),
      file,
      now: () => new Date(),
    });
    expect(written).toMatchObject({ ok: true });
    const checked = await checkBackup(file, vault);
    if (!checked.ok) throw new Error(checked.reason);
    const { manifest } = checked;
    expect(
      await restoreBackup({ url: to, mediaFolder: join(root, "restored"), skipNumbers: 0, file, manifest }),
    ).toEqual({
      ok: true,
    });
    const kept = tables.filter((table) => table !== "case_numbers" && !LEFT_OUT.has(table));
    expect(await sizesOf(to, kept)).toEqual(await sizesOf(from, kept));
    const leftOut = tables.filter((table) => LEFT_OUT.has(table));
    expect(await sizesOf(to, leftOut)).toEqual(leftOut.map((table) => [table]));
  });
});
