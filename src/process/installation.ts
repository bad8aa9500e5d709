import { setTimeout as pause } from "node:timers/promises";
import { type Database, openDatabase } from "../../db/database.ts";
import { migrate } from "../../db/migrate.ts";
import { isTransient } from "../../db/transient-error.ts";
import { createVault, type Vault } from "../../db/vault.ts";
import { ensureDefaultCounty, type Naming } from "../casework/county/counties.ts";
import { createClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { beginServer, type Server } from "./server.ts";

/** What every command stands on: a migrated database with at least one county, the keys, the clock. */
export type Installation = {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  close(): Promise<void>;
};

/** So long a start goes on trying with a database that has answered and then breaks off: it may be restarted just now. */
const RESTART_LIMIT_MS = 10_000;
const RESTART_PAUSE_MS = 100;

/**
 * Connects to the database of the configuration, or joins or starts the embedded one, and brings it up to date.
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
    const { database, isNewer } = await outlastRestart(() => openMigrated(server.url, now(), options));
    if (isNewer) {
      options.say("The database was migrated by a newer version of Liaison; this older one goes on working with it.");
    }
    const close = async () => {
      await database.close();
      await server.close();
    };
    return { databaseUrl: server.url, database, vault, now, close };
  } catch (error) {
    await server.close();
    throw explain(error, server.url);
  }
}

async function openMigrated(
  url: string,
  at: Date,
  options: { readonly maxConnections: number; readonly statementLimitMs?: number; readonly firstCounty?: Naming },
): Promise<{ readonly database: Database; readonly isNewer: boolean }> {
  const { maxConnections, statementLimitMs, firstCounty } = options;
  const { isNewer } = await migrate(url);
  const database = await openDatabase({ url, maxConnections, statementLimitMs });
  try {
    await ensureDefaultCounty(database, at, firstCounty);
    return { database, isNewer };
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

/** What commonly stands between us and somebody's own Postgres, in words that say what to do. */
export function explain(error: unknown, url: string): unknown {
  const { hostname, host, pathname, username } = new URL(url);
  const sentences: Record<string, string> = {
    ECONNREFUSED: `The database at ${host} does not answer: start it, or correct DATABASE_URL.`,
    CONNECT_TIMEOUT: `The database at ${host} does not answer: start it, or correct DATABASE_URL.`,
    ENOTFOUND: `There is no machine ${hostname}: correct DATABASE_URL.`,
    "28P01": `The database refuses the password of ${username}: correct DATABASE_URL.`,
    "28000": `The database does not let ${username} in: correct DATABASE_URL, or its pg_hba.conf.`,
    "3D000": `There is no database ${pathname.slice(1)} at ${host}: create it, or correct DATABASE_URL.`,
    "42501": `The user ${username} may not create tables in this database: make it the owner, or correct DATABASE_URL.`,
  };
  const broken = `The database at ${host} broke off the connection: see whether it runs, and start again.`;
  const sentence = sentences[codeOf(error)] ?? (isTransient(error) ? broken : undefined);
  return sentence === undefined ? error : new Error(sentence, { cause: error });
}
