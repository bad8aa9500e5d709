import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import type postgres from "postgres";
import { onOneLink } from "./connections.ts";
import type { Vault } from "./vault.ts";

/** The role that owns no table, so that row-level security binds it; created by `migrate`. */
export const APP_ROLE = "liaison_app";

/** A login to a database: the url and role of a process's connections, and the version of the server. */
export type Login = {
  readonly url: string;
  /** The role that every link takes at its start; null where there is none that this user may take. */
  readonly role: string | null;
  /** The version of the server as a number, such as 180001. */
  readonly version: number;
};

/** A login of the service's own, that may do nothing but what `APP_ROLE` may. */
export type ServiceLogin = { readonly url: string; readonly name: string; readonly password: string };

/** The first Postgres in which a member of a role may be kept from taking it. */
const TELLS_SET_FROM_MEMBER = 160_000;
const LIMIT_MS = 8_000;
const NOT_ALLOWED = "42501";
const LONGEST_READABLE = 40;

/**
 * The service's own login to the database of an owner's url.
 *
 * Its password follows from the master key, so that every process that has the key can log in, and nothing need be kept.
 * Its name follows from the database's, for roles are common to all databases of a server.
 */
export function derivedLogin(ownerUrl: string, vault: Vault): ServiceLogin {
  const url = new URL(ownerUrl);
  const database = decodeURIComponent(url.pathname.slice(1)) || url.username;
  const isReadable = /^[a-z0-9_]+$/.test(database) && database.length <= LONGEST_READABLE;
  const short = isReadable ? database : createHash("sha256").update(database).digest("hex").slice(0, 16);
  const name = `liaison_service_${short}`;
  const password = vault.blindIndex(name, "database login");
  url.username = name;
  url.password = password;
  return { url: url.href, name, password };
}

/** The login that a url names. */
export function loginIn(text: string): ServiceLogin {
  const url = new URL(text);
  return { url: text, name: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

/** An SQL expression: whether a user may take a role, both given as expressions. */
export const MAY_TAKE_ROLE = (user: string, role: string) => `pg_has_role(${user}, ${role},
  case when current_setting('server_version_num')::int < ${TELLS_SET_FROM_MEMBER} then 'member' else 'set' end)`;

/** An SQL expression: whether a row of pg_roles has no right over the server. */
export const IS_LIMITED = (row: string) =>
  `not (${["rolsuper", "rolcreaterole", "rolcreatedb", "rolreplication", "rolbypassrls"].map((right) => `${row}.${right}`).join(" or ")})`;

/** Asks a server, over a connection of its own, who the user of a url is there; see `meet`. */
export const meetServer = (url: string): Promise<Login> => onOneLink(url, LIMIT_MS, (client) => meet(client, url));

/**
 * Asks a server who the user of a connection to `url` is there.
 * @throws Error with a plain sentence when row-level security would not bind this user
 */
export async function meet(client: postgres.Sql, url: string): Promise<Login> {
  const [user] = await client.unsafe<{ name: string; isUnbound: boolean; mayTakeRole: boolean; version: number }[]>(`
    select current_user as name, current_setting('server_version_num')::int as version,
      rolsuper or rolbypassrls as "isUnbound",
      exists (select from pg_roles role
        where role.rolname = '${APP_ROLE}' and ${MAY_TAKE_ROLE("current_user", "role.oid")}) as "mayTakeRole"
    from pg_roles where rolname = current_user`);
  const version = user?.version ?? 0;
  if (user?.mayTakeRole) return { url, role: APP_ROLE, version };
  if (user === undefined || user.isUnbound) {
    throw new Error(
      `The database user ${user?.name ?? ""} would see every county's rows: create the role ${APP_ROLE} and grant it to this user, or use a user that is no superuser.`,
    );
  }
  return { url, role: null, version };
}

/**
 * Makes the service's login where it is missing, and a member of `APP_ROLE`; leaves one that may do more as it is.
 * @returns false when there is no limited login afterwards: this user may not make roles, or not give this one
 */
export async function ensureServiceLogin(client: postgres.Sql, { name, password }: ServiceLogin): Promise<boolean> {
  try {
    return await client.begin(async (tx) => {
      const [found] = await tx.unsafe<{ isLimited: boolean }[]>(
        `select ${IS_LIMITED("role")} as "isLimited" from pg_roles role where rolname = $1`,
        [name],
      );
      if (found?.isLimited === false) return false;
      if (found === undefined) {
        await tx.unsafe(`create role ${quotedRole(name)} login password '${scramVerifier(password)}'`);
      }
      await tx.unsafe(`grant ${APP_ROLE} to ${quotedRole(name)}`);
      return true;
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_ALLOWED) return false;
    throw error;
  }
}

/**
 * Gives the service's login the password of `login`, unless somebody is logged in with another one.
 * @returns whether it was given
 */
export async function renewPassword(ownerUrl: string, { name, password }: ServiceLogin): Promise<boolean> {
  return onOneLink(ownerUrl, LIMIT_MS, async (client) => {
    const others = await client`select from pg_stat_activity where usename = ${name} limit 1`;
    if (others.length > 0) return false;
    await client.unsafe(`alter role ${quotedRole(name)} login password '${scramVerifier(password)}'`);
    return true;
  });
}

function quotedRole(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** What Postgres keeps of a password (RFC 5803), so that no statement and no log of the server holds the password itself. */
function scramVerifier(password: string): string {
  const [salt, rounds] = [randomBytes(16), 4096];
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, rounds, 32, "sha256");
  const keyed = (text: string) => createHmac("sha256", salted).update(text).digest();
  const storedKey = createHash("sha256").update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${storedKey}:${keyed("Server Key").toString("base64")}`;
}
