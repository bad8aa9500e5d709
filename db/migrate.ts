import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { APP_ROLE } from "./database.ts";

/** The migrations of this version. */
export const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any number will do, as long as every process takes the same. */
const LOCK = 7_204_113_905;
const OLDEST_MAJOR = 15;
/** Tables to which rows are only ever added; an older shape of the database lacks some. */
const LEDGER = ["case_events", "event_links", "interventions", "ruleset_events"];

/**
 * Brings a database to the shape that this version needs, and creates the role under which the service works.
 *
 * Changes nothing where nothing is missing; several processes may run it at once, one after the other does its work. A
 * database that a newer version has migrated is left as it is: migrations only add (see CONTRIBUTING.md), so this version
 * goes on working with it.
 * @param url of a user who owns the database or may create tables in it
 * @param folder with the first of this version's migrations alone, to stop at an older shape
 * @returns `isNewer` when the database has migrations that this version does not know
 */
export async function migrate(url: string, folder = MIGRATIONS): Promise<{ readonly isNewer: boolean }> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await refuseOldServer(client);
    await client`select pg_advisory_lock(${LOCK})`;
    await runMigrations(drizzle(client), { migrationsFolder: folder });
    if (await ensureRole(client)) await grantTables(client);
    return { isNewer: await knowsMore(client, folder) };
  } finally {
    await client.end();
  }
}

/** Drizzle keeps the time at which each migration was made. */
async function knowsMore(client: postgres.Sql, folder: string): Promise<boolean> {
  const newest = Math.max(...readMigrationFiles({ migrationsFolder: folder }).map((one) => one.folderMillis));
  const [row] = await client<{ last: string | null }[]>`
    select max(created_at)::text as last from drizzle.__drizzle_migrations`;
  return Number(row?.last ?? 0) > newest;
}

async function refuseOldServer(client: postgres.Sql): Promise<void> {
  const [server] = await client<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
  const major = Math.floor((server?.version ?? 0) / 10_000);
  if (major < OLDEST_MAJOR) {
    throw new Error(`This database is Postgres ${major}: Liaison needs Postgres ${OLDEST_MAJOR} or newer.`);
  }
}

/** @returns whether the role exists; a user who may not create roles is bound by the forced policies instead */
async function ensureRole(client: postgres.Sql): Promise<boolean> {
  const exists = async () => (await client`select from pg_roles where rolname = ${APP_ROLE}`).length > 0;
  if (!(await exists())) {
    try {
      await client.unsafe(`create role ${APP_ROLE} nologin nobypassrls`);
    } catch (error) {
      if (!(error instanceof postgres.PostgresError)) throw error;
      if (error.code === "42501") return false;
      // Roles are common to all databases of a server: another one may have been migrated in this moment.
      if (!(await exists())) throw error;
    }
  }
  await grantRole(client);
  return true;
}

async function grantRole(client: postgres.Sql): Promise<void> {
  const [self] = await client<{ isSuperuser: boolean; isMember: boolean }[]>`
    select rolsuper as "isSuperuser", pg_has_role(current_user, ${APP_ROLE}, 'usage') as "isMember"
    from pg_roles where rolname = current_user`;
  if (self?.isSuperuser || self?.isMember) return;
  try {
    await client.unsafe(`grant ${APP_ROLE} to current_user`);
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || error.code !== "42501") throw error;
  }
}

async function grantTables(client: postgres.Sql): Promise<void> {
  await client.begin(async (tx) => {
    await tx.unsafe(`grant usage on schema public to ${APP_ROLE}`);
    await tx.unsafe(`grant select, insert, update, delete on all tables in schema public to ${APP_ROLE}`);
    await tx.unsafe(`grant usage on all sequences in schema public to ${APP_ROLE}`);
    // Nobody who serves may change what was written.
    const kept = await tx<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any(${LEDGER})`;
    for (const { name } of kept) await tx.unsafe(`revoke update, delete on ${name} from ${APP_ROLE}`);
  });
}
