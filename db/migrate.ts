import { fileURLToPath } from "node:url";
import { DrizzleQueryError } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { onOneLink } from "./connections.ts";
import { APP_ROLE } from "./database.ts";

/** The migrations of this version. */
export const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any number will do, as long as every process takes the same. */
const LOCK = 7_204_113_905;
const OLDEST_MAJOR = 15;
const NO_SUCH_TABLE = "42P01";
/** A migration may have to wait for another process's, and a large table for its index. */
const LIMIT_MS = 30 * 60_000;
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
  const newest = Math.max(...readMigrationFiles({ migrationsFolder: folder }).map((one) => one.folderMillis));
  return onOneLink(url, LIMIT_MS, async (client) => {
    const before = await lastWhereReady(client);
    if (before >= newest) return { isNewer: before > newest };
    await refuseOldServer(client);
    await client`select pg_advisory_lock(${LOCK})`;
    await runMigrations(drizzle(client), { migrationsFolder: folder }).catch(throwCause);
    if (await ensureRole(client)) await grantTables(client);
    return { isNewer: (await lastMigration(client)) > newest };
  });
}

/**
 * The last migration of a database in which nothing is missing, by the time at which it was made, as drizzle keeps it; 0 of
 * every other. One question, for most starts find nothing to do.
 */
async function lastWhereReady(client: postgres.Sql): Promise<number> {
  try {
    const [state] = await client<{ isGranted: boolean | null }[]>`
      select bool_and(pg_has_role(current_user, role.oid, 'usage') and has_schema_privilege(role.oid, 'public', 'usage')
        and case when of.relkind = 'S' then has_sequence_privilege(role.oid, of.oid, 'usage')
          else has_table_privilege(role.oid, of.oid, 'select') and has_table_privilege(role.oid, of.oid, 'insert')
            and has_table_privilege(role.oid, of.oid, 'update') = (of.relname not in ${client(LEDGER)})
            and has_table_privilege(role.oid, of.oid, 'delete') = (of.relname not in ${client(LEDGER)}) end) as "isGranted"
      from pg_roles role, pg_class of
      where role.rolname = ${APP_ROLE} and of.relnamespace = 'public'::regnamespace and of.relkind in ('r', 'p', 'S')`;
    return state?.isGranted ? await lastMigration(client) : 0;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === NO_SUCH_TABLE) return 0;
    throw error;
  }
}

/** The database's own error instead of drizzle's around it. */
function throwCause(error: unknown): never {
  throw error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error;
}

async function lastMigration(client: postgres.Sql): Promise<number> {
  const [row] = await client<{ last: string | null }[]>`
    select max(created_at)::text as last from drizzle.__drizzle_migrations`;
  return Number(row?.last ?? 0);
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
  const kept = await client<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname in ${client(LEDGER)}`;
  await client.begin(async (tx) => {
    await tx.unsafe(`grant usage on schema public to ${APP_ROLE}`);
    await tx.unsafe(`grant select, insert, update, delete on all tables in schema public to ${APP_ROLE}`);
    await tx.unsafe(`grant usage on all sequences in schema public to ${APP_ROLE}`);
    // Nobody who serves may change what was written.
    for (const { name } of kept) await tx.unsafe(`revoke update, delete on ${name} from ${APP_ROLE}`);
  });
}
