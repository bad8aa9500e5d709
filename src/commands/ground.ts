import { type Database, openDatabase } from "../../db/database.ts";
import { migrate } from "../../db/migrate.ts";
import { createVault, type Vault } from "../../db/vault.ts";
import { ensureDefaultCounty, type Naming } from "../casework/counties.ts";
import { createClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { beginServer, type Server } from "./server.ts";

/** What every command stands on: a migrated database with at least one county, the keys, the clock. */
export type Ground = {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  close(): Promise<void>;
};

/**
 * Connects to the database of the configuration, or joins or starts the embedded one, and brings it up to date.
 * @param options.asService true for what `start` runs: one per data folder
 * @param options.server where this process has begun to open it already
 * @param options.maxConnections of this process
 * @param options.statementLimitMs for one statement; the service's own when left out
 * @param options.firstCounty what an empty database gets; `default` when left out
 * @throws Error with a plain sentence that says what to do
 */
export async function openGround(
  config: Config,
  options: {
    readonly asService: boolean;
    readonly server?: Promise<Server>;
    readonly maxConnections: number;
    readonly say: (sentence: string) => void;
    readonly firstCounty?: Naming;
    readonly statementLimitMs?: number;
  },
): Promise<Ground> {
  const server = await (options.server ?? (await beginServer(config, options)).opened);
  const vault = createVault(server.secret);
  const now = createClock(config.clockOffsetMs);
  let database: Database | null = null;
  const close = async () => {
    await database?.close();
    await server.close();
  };
  try {
    const { isNewer } = await migrate(server.url);
    if (isNewer) {
      options.say("The database was migrated by a newer version of Liaison; this older one goes on working with it.");
    }
    const { maxConnections, statementLimitMs } = options;
    database = await openDatabase({ url: server.url, maxConnections, statementLimitMs });
    await ensureDefaultCounty(database, now(), options.firstCounty);
    return { databaseUrl: server.url, database, vault, now, close };
  } catch (error) {
    await close();
    throw explain(error, server.url);
  }
}

/** What commonly stands between us and somebody's own Postgres, in words that say what to do. */
export function explain(error: unknown, url: string): unknown {
  const { hostname, host, pathname, username } = new URL(url);
  const code = error instanceof Error ? String((error as { code?: unknown }).code ?? "") : "";
  const sentences: Record<string, string> = {
    ECONNREFUSED: `The database at ${host} does not answer: start it, or correct DATABASE_URL.`,
    CONNECT_TIMEOUT: `The database at ${host} does not answer: start it, or correct DATABASE_URL.`,
    ENOTFOUND: `There is no machine ${hostname}: correct DATABASE_URL.`,
    "28P01": `The database refuses the password of ${username}: correct DATABASE_URL.`,
    "28000": `The database does not let ${username} in: correct DATABASE_URL, or its pg_hba.conf.`,
    "3D000": `There is no database ${pathname.slice(1)} at ${host}: create it, or correct DATABASE_URL.`,
    "42501": `The user ${username} may not create tables in this database: make it the owner, or correct DATABASE_URL.`,
  };
  const sentence = sentences[code];
  return sentence === undefined ? error : new Error(sentence, { cause: error });
}
