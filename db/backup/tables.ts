import type postgres from "postgres";

/** A table of this service as it is in the database. */
export type Table = {
  readonly name: string;
  /** Without those that the database computes. */
  readonly columns: readonly string[];
  /** Whether row-level security decides what of it is seen. */
  readonly isGuarded: boolean;
};

/** A sequence with its last value; a bigint as text. */
export type Sequence = { readonly name: string; readonly value: string; readonly isCalled: boolean };

/** A client of postgres.js, or one of its transactions, by which statements are sent. */
export type Asking = Pick<postgres.Sql, "unsafe">;

/**
 * The tables whose rows are no part of a backup: what of them is restored would be wrong or of no use. Sessions and sign-ins that
 * wait would be open again, though they ended; failures are counted for a quarter of an hour, answers to repeated writes for two days,
 * and long work with what it made ends within a week. Codes for joining two chats serve a quarter of an hour.
 */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  ...["asked_once", "sessions", "sign_in_failures", "verifications"],
  ...["errands", "files", "dry_run_differences", "import_uploads", "import_findings", "import_writes", "bulk_results"],
  ...["link_codes", "link_failures"],
]);

/** The tables in `public`, without those of extensions, by name. */
export async function listTables(asking: Asking): Promise<Table[]> {
  return asking.unsafe<Table[]>(`
    select c.relname as name, c.relrowsecurity as "isGuarded",
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and not exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relname`);
}

/** The sequences in `public` with their last values. They do not take part in transactions: ahead of the rows, never behind. */
export async function listSequences(asking: Asking): Promise<Sequence[]> {
  const found = await asking.unsafe<{ name: string }[]>(`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname`);
  const sequences: Sequence[] = [];
  for (const { name } of found) {
    const [at] = await asking.unsafe<{ value: string; isCalled: boolean }[]>(
      `select last_value::text as value, is_called as "isCalled" from ${quoted(name)}`,
    );
    if (at !== undefined) sequences.push({ name, ...at });
  }
  return sequences;
}

/** The moment of the newest migration that this database has seen; null where it is not one of ours. */
export async function schemaVersion(asking: Asking): Promise<number | null> {
  const [known] = await asking.unsafe<{ isOurs: boolean }[]>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as "isOurs"`,
  );
  if (!known?.isOurs) return null;
  const [newest] = await asking.unsafe<{ version: string | null }[]>(
    `select max(created_at)::text as version from drizzle.__drizzle_migrations`,
  );
  return newest?.version == null ? null : Number(newest.version);
}

/** A name, quoted for a statement. */
export function quoted(name: string): string {
  return `public."${name.replaceAll('"', '""')}"`;
}

/** A list of columns, quoted for a statement. */
export function quotedColumns(columns: readonly string[]): string {
  return columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(", ");
}
