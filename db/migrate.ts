import { fileURLToPath } from "node:url";
import { DrizzleQueryError } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { onOneLink } from "./connections.ts";
import { APP_ROLE, ensureServiceLogin, IS_LIMITED, type Login, MAY_TAKE_ROLE, type ServiceLogin } from "./login.ts";
import { buildIndexesBeside, takeLock, withoutHoldingUp } from "./patient-migration.ts";
import { closeToOthers, giveQueue, grantTables, LEDGER, QUEUE_SCHEMA } from "./rights.ts";

/** The folder of this version's migrations. */
export const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any number will do, as long as every process takes the same. */
const LOCK = 7_204_113_905;
const OLDEST_MAJOR = 15;
/** No such table; no right to look at it, which an older version gave to nobody. */
const NOT_MIGRATED = new Set(["42P01", "42501"]);
/** A migration may have to wait for another process's, and a large table for its index. */
const LIMIT_MS = 30 * 60_000;

/** The result of a migration: what was done to the database, and how the service logs in to it. */
export type Migrated = {
  /** The database has migrations that this version does not know. */
  readonly isNewer: boolean;
  /** Null: there is no login that may do nothing but what the service needs. */
  readonly login: Login | null;
};

/**
 * Brings a database to the shape that this version needs, and creates the roles under which the service works.
 *
 * Changes nothing where nothing is missing; several processes may run it at once, one after the other does its work. A
 * database that a newer version has migrated is left as it is: migrations only add (see CONTRIBUTING.md), so this version
 * goes on working with it.
 * @param url of a user who owns the database or may create tables in it; where nothing is missing, the service's own will do
 * @param options.folder with the first of this version's migrations alone, to stop at an older shape
 * @param options.wanted the service's login, which is made where the user of `url` may make roles
 */
export async function migrate(
  url: string,
  options: { readonly folder?: string; readonly wanted?: ServiceLogin } = {},
): Promise<Migrated> {
  const { folder = MIGRATIONS, wanted } = options;
  const newest = Math.max(...readMigrationFiles({ migrationsFolder: folder }).map((one) => one.folderMillis));
  return onOneLink(url, LIMIT_MS, async (client) => {
    const found = await lookAround(client, wanted);
    if (
      found !== null &&
      // The rights in a newer database are the newer version's to give: it knows tables that this one does not.
      (found.last > newest || (found.last === newest && found.isGranted)) &&
      (found.hasLogin || found.isLimited || !found.mayMake)
    ) {
      return { isNewer: found.last > newest, login: loginOf(found, url, wanted) };
    }
    await refuseOldServer(client);
    await takeLock(client, LOCK);
    // What another process migrated meanwhile needs nothing any more.
    const now = await lookAround(client, wanted);
    if (now !== null && now.last > 0) await buildIndexesBeside(client, folder, now.last);
    await withoutHoldingUp(client, LIMIT_MS, () =>
      runMigrations(drizzle(client), { migrationsFolder: folder }).catch(throwCause),
    );
    if (await ensureRole(client)) {
      await grantTables(client);
      await giveQueue(client);
      await closeToOthers(client);
      if (wanted !== undefined) await ensureServiceLogin(client, wanted);
    }
    const made = await lookAround(client, wanted);
    return { isNewer: (made?.last ?? 0) > newest, login: made === null ? null : loginOf(made, url, wanted) };
  });
}

type Found = {
  /** The last migration, by the time at which it was made, as drizzle keeps it. */
  readonly last: number;
  /** Whether `APP_ROLE` has what it needs and no more, and nobody else has. */
  readonly isGranted: boolean | null;
  readonly hasLogin: boolean;
  /** Whether the user of the link may do no more than the service's login. */
  readonly isLimited: boolean;
  /** Whether the user of the link may make the login. */
  readonly mayMake: boolean;
  readonly version: number;
};

/** What there is of a database that was migrated before; null of every other. One question, for most starts find nothing to do. */
async function lookAround(client: postgres.Sql, wanted: ServiceLogin | undefined): Promise<Found | null> {
  try {
    const [found] = await client<Found[]>`
      with app as (select oid from pg_roles where rolname = ${APP_ROLE})
      select coalesce((select max(created_at) from drizzle.__drizzle_migrations), 0)::float8 as last,
        (select bool_and(pg_has_role(current_user, app.oid, 'usage') and has_schema_privilege(app.oid, 'public', 'usage')
          and case when of.relkind = 'S' then has_sequence_privilege(app.oid, of.oid, 'usage')
              and has_sequence_privilege(app.oid, of.oid, 'select')
            else has_table_privilege(app.oid, of.oid, 'select') and has_table_privilege(app.oid, of.oid, 'insert')
              and has_table_privilege(app.oid, of.oid, 'update') = (of.relname not in ${client(LEDGER)})
              and has_table_privilege(app.oid, of.oid, 'delete') = (of.relname not in ${client(LEDGER)}) end)
          from app, pg_class of where of.relnamespace = 'public'::regnamespace and of.relkind in ('r', 'p', 'S'))
        and has_table_privilege((select oid from app), 'drizzle.__drizzle_migrations', 'select')
        and exists (select from pg_namespace n, app where n.nspname = ${QUEUE_SCHEMA} and n.nspowner = app.oid)
        and not exists (select from pg_class c, app
          where c.relnamespace = to_regnamespace(${QUEUE_SCHEMA}) and c.relowner <> app.oid)
        and exists (select from pg_database d, app where d.datname = current_database()
          and has_database_privilege(app.oid, d.oid, 'temporary')
          and not (pg_has_role(current_user, d.datdba, 'usage') and has_database_privilege('public', d.oid, 'temporary')))
          as "isGranted",
        exists (select from pg_roles one, app where one.rolname = ${wanted?.name ?? ""} and one.rolcanlogin
          and ${client.unsafe(IS_LIMITED("one"))} and ${client.unsafe(MAY_TAKE_ROLE("one.oid", "app.oid"))}) as "hasLogin",
        ${client.unsafe(IS_LIMITED("self"))} and not exists (select from pg_class c
          where c.relnamespace = 'public'::regnamespace and c.relowner = self.oid)
          and exists (select from app where ${client.unsafe(MAY_TAKE_ROLE("current_user", "app.oid"))}) as "isLimited",
        ${wanted !== undefined} and (self.rolsuper or self.rolcreaterole and exists (select from app
          where current_setting('server_version_num')::int < 160000
            or pg_has_role(current_user, app.oid, 'member with admin option'))) as "mayMake",
        current_setting('server_version_num')::int as version
      from pg_roles self where self.rolname = current_user`;
    return found ?? null;
  } catch (error) {
    if (error instanceof postgres.PostgresError && NOT_MIGRATED.has(error.code)) return null;
    throw error;
  }
}

function loginOf({ hasLogin, isLimited, version }: Found, url: string, wanted: ServiceLogin | undefined): Login | null {
  if (isLimited) return { url, role: APP_ROLE, version };
  return hasLogin && wanted !== undefined ? { url: wanted.url, role: APP_ROLE, version } : null;
}

/** The database's own error instead of drizzle's around it. */
function throwCause(error: unknown): never {
  throw error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error;
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
