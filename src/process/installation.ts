import { setTimeout as pause } from "node:timers/promises";
import { type Database, openDatabase } from "../../db/database.ts";
import { derivedLogin, type Login, loginIn, renewPassword, type ServiceLogin } from "../../db/login.ts";
import { migrate } from "../../db/migrate.ts";
import { isTransient } from "../../db/transient-error.ts";
import { createVault, type Vault } from "../../db/vault.ts";
import { ensureDefaultCounty, type Naming } from "../casework/county/counties.ts";
import { opensAccounts } from "../casework/runtime/accounts.ts";
import { createClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { beginServer, type Server } from "./server.ts";

/** An installation: a migrated database with at least one county, the keys, the clock. */
export type Installation = {
  /** Of the service's login; what `database` uses too. */
  readonly databaseUrl: string;
  /** Of the user who may change the tables, for a backup or a restore alone. */
  readonly ownerUrl: string;
  /** False where the service must log in as the owner, and only takes a role with fewer rights. */
  readonly isLimited: boolean;
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  close(): Promise<void>;
};

/** So long a start goes on trying with a database that has answered and then breaks off: it may be restarted just now. */
const RESTART_LIMIT_MS = 10_000;
const RESTART_PAUSE_MS = 100;

/**
 * Opens an installation: connects to the database of the configuration, or joins or starts the embedded one, and
 * migrates it.
 *
 * A database that is restarted meanwhile is waited for; one that does not answer at all is not.
 * @param options.asService true for what `start` runs: one per data folder
 * @param options.server where this process has begun to open it already
 * @param options.maxConnections of this process
 * @param options.statementLimitMs for one statement; the service's own when left out
 * @param options.firstCounty what an empty database gets; `default` when left out
 * @throws Error with a plain sentence that says what to do
 */
export async function openInstallation(
  config: Config,
  options: {
    readonly asService: boolean;
    readonly server?: Promise<Server>;
    readonly maxConnections: number;
    readonly say: (sentence: string) => void;
    readonly firstCounty?: Naming;
    readonly statementLimitMs?: number;
  },
): Promise<Installation> {
  const server = await (options.server ?? (await beginServer(config, options)).opened);
  const vault = createVault(server.secret);
  const now = createClock(config.clockOffsetMs);
  try {
    const { database, isNewer, isLimited } = await outlastRestart(() => openMigrated(server, vault, now(), options));
    if (isNewer) {
      options.say("The database was migrated by a newer version of Liaison; this older one goes on working with it.");
    }
    const close = async () => {
      await database.close();
      await server.close();
    };
    return { databaseUrl: database.login.url, ownerUrl: server.url, isLimited, database, vault, now, close };
  } catch (error) {
    await server.close();
    throw explain(error, server.url);
  }
}

type OpenOptions = {
  readonly maxConnections: number;
  readonly statementLimitMs?: number;
  readonly firstCounty?: Naming;
};
type Opened = { readonly database: Database; readonly isLimited: boolean };

async function openMigrated(
  server: Server,
  vault: Vault,
  at: Date,
  options: OpenOptions,
): Promise<Opened & { readonly isNewer: boolean }> {
  const wanted = server.serviceUrl === null ? derivedLogin(server.url, vault) : loginIn(server.serviceUrl);
  const { isNewer, login } = await migrate(server.url, { wanted });
  const open = (how: { readonly url: string } | { readonly login: Login }) => openWithCounty(how, at, options);
  if (login === null) {
    return { database: await open({ url: server.serviceUrl ?? server.url }), isLimited: false, isNewer };
  }
  try {
    return { database: await open({ login }), isLimited: true, isNewer };
  } catch (error) {
    if (login.url === server.url || !isRefused(error)) throw error;
    return { ...(await openRefused(server, vault, { login, wanted, error }, open)), isNewer };
  }
}

/**
 * Opens a database that refused the service's login: it has another password, of a key that was in use before, or the
 * server lets only the owner in. A wrong key at hand must not take the login from a service that has the right one.
 */
async function openRefused(
  server: Server,
  vault: Vault,
  { login, wanted, error }: { readonly login: Login; readonly wanted: ServiceLogin; readonly error: unknown },
  open: (how: { readonly url: string } | { readonly login: Login }) => Promise<Database>,
): Promise<Opened> {
  const bound = server.serviceUrl === null ? await open({ url: server.url }) : null;
  try {
    const mayRenew = bound === null || (await opensAccounts(bound, vault));
    if (mayRenew && (await renewPassword(server.url, wanted))) {
      const database = await open({ login });
      await bound?.close();
      return { database, isLimited: true };
    }
  } catch (again) {
    if (bound === null || !isRefused(again)) {
      await bound?.close();
      throw again;
    }
  }
  if (bound === null) throw explain(error, login.url);
  return { database: bound, isLimited: false };
}

/** Whether a server does not let somebody in: a password, a role that may not log in, its list of who may come from where. */
function isRefused(error: unknown): boolean {
  return ["28P01", "28000"].includes(codeOf(error));
}

async function openWithCounty(
  how: { readonly url: string } | { readonly login: Login },
  at: Date,
  { maxConnections, statementLimitMs, firstCounty }: OpenOptions,
): Promise<Database> {
  const database = await openDatabase({ ...how, maxConnections, statementLimitMs });
  try {
    await ensureDefaultCounty(database, at, firstCounty);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function outlastRestart<T>(open: () => Promise<T>): Promise<T> {
  const until = performance.now() + RESTART_LIMIT_MS;
  let hasAnswered = false;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      hasAnswered ||= !NO_ANSWER.has(codeOf(error));
      if (!hasAnswered || !isTransient(error) || performance.now() > until) throw error;
    }
    await pause(RESTART_PAUSE_MS);
  }
}

const NO_ANSWER = new Set(["ECONNREFUSED", "CONNECT_TIMEOUT", "EHOSTUNREACH"]);

function codeOf(error: unknown): string {
  return error instanceof Error ? String((error as { code?: unknown }).code ?? "") : "";
}

/**
 * Explains common errors in reaching an operator's own Postgres, in words that say what to do; gives back any other
 * error.
 */
export function explain(error: unknown, url: string): unknown {
  const { hostname, host, pathname, username } = new URL(url);
  const sentences: Record<string, string> = {
    ECONNREFUSED: `The database at ${host} does not answer: start it, or correct DATABASE_URL.`,
    CONNECT_TIMEOUT: `The database at ${host} does not answer: start it, or correct DATABASE_URL.`,
    ENOTFOUND: `There is no machine ${hostname}: correct DATABASE_URL.`,
    "28P01": `The database refuses the password of ${username}: correct DATABASE_URL.`,
    "28000": `The database does not let ${username} in: correct DATABASE_URL, or its pg_hba.conf.`,
    "3D000": `There is no database ${pathname.slice(1)} at ${host}: create it, or correct DATABASE_URL.`,
    "42501": `The user ${username} may not create tables in this database: make it the owner, correct DATABASE_URL, or name the owner's login in DATABASE_OWNER_URL.`,
  };
  const broken = `The database at ${host} broke off the connection: see whether it runs, and start again.`;
  const sentence = sentences[codeOf(error)] ?? (isTransient(error) ? broken : undefined);
  return sentence === undefined ? error : new Error(sentence, { cause: error });
}
