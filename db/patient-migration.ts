import { setTimeout as pause } from "node:timers/promises";
import { readMigrationFiles } from "drizzle-orm/migrator";
import postgres from "postgres";

/** So long a migration waits for a lock that somebody holds: whoever asks for the same table meanwhile stands behind it. */
const LOCK_WAIT = "2s";
const PAUSE_MS = 1_000;
/** A lock was not had in time; a migration and the running version waited for each other. */
const TRY_AGAIN = new Set(["55P03", "40P01"]);
/** No such table, no such column, no such index: made by the same migrations, so that the table is small or new. */
const NOT_YET = new Set(["42P01", "42703", "42704"]);

const INDEX = /^CREATE INDEX IF NOT EXISTS "(\w+)" ON "(\w+)"/;

/**
 * Takes an advisory lock without waiting in the database: what waits there would hold up an index that is built beside the running
 * version, which waits for every older statement.
 */
export async function takeLock(client: postgres.Sql, lock: number): Promise<void> {
  for (;;) {
    const [row] = await client<{ isTaken: boolean }[]>`select pg_try_advisory_lock(${lock}) as "isTaken"`;
    if (row?.isTaken === true) return;
    await pause(PAUSE_MS);
  }
}

/**
 * Runs migrations without holding up the running version behind a long lock, such as a backup's: where a lock is not had within two
 * seconds all is undone and tried again.
 * @param limitMs so long it is tried
 */
export async function withoutHoldingUp(client: postgres.Sql, limitMs: number, run: () => Promise<void>): Promise<void> {
  const end = performance.now() + limitMs;
  await client`select set_config('lock_timeout', ${LOCK_WAIT}, false)`;
  for (;;) {
    try {
      await run();
      break;
    } catch (error) {
      if (!(error instanceof postgres.PostgresError) || !TRY_AGAIN.has(error.code) || performance.now() > end)
        throw error;
      await pause(PAUSE_MS);
    }
  }
  await client`select set_config('lock_timeout', '0', false)`;
}

/**
 * Builds the indexes of the coming migrations on tables that exist already, beside the running version; the migrations find them
 * there (`CREATE INDEX IF NOT EXISTS`). One that was broken off is built anew.
 * @param last the moment of the last migration that the database has
 */
export async function buildIndexesBeside(client: postgres.Sql, folder: string, last: number): Promise<void> {
  const coming = readMigrationFiles({ migrationsFolder: folder }).filter(({ folderMillis }) => folderMillis > last);
  for (const statement of coming.flatMap(({ sql }) => sql.map((text) => text.trim()))) {
    const [, name] = INDEX.exec(statement) ?? [];
    if (name !== undefined) await buildBeside(client, name, statement);
  }
}

async function buildBeside(client: postgres.Sql, name: string, statement: string): Promise<void> {
  const [known] = await client<{ isWhole: boolean }[]>`
    select i.indisvalid as "isWhole" from pg_index i where i.indexrelid = to_regclass(${`public."${name}"`})`;
  if (known?.isWhole === true) return;
  if (known !== undefined) await client.unsafe(`drop index concurrently if exists public."${name}"`);
  try {
    await client.unsafe(statement.replace("CREATE INDEX", "CREATE INDEX CONCURRENTLY"));
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || !NOT_YET.has(error.code)) throw error;
  }
}
