import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { v7 as newId } from "uuid";
import { inject } from "vitest";
import { type Database, openDatabase } from "../db/database.ts";
import { derivedLogin } from "../db/login.ts";
import { migrate } from "../db/migrate.ts";
import { jurisdictions } from "../db/schema/county.ts";
import { createVault, type Vault } from "../db/vault.ts";

/** A fresh, migrated database with two counties, `east` and `west`; every test sees that they stay apart. */
export type TestDatabase = {
  readonly database: Database;
  readonly vault: Vault;
  /** What `vault` is made of, for other processes. */
  readonly secret: Buffer;
  /** The owner's; `database` connects with a login of the service's own, as the service does. */
  readonly url: string;
  /** The id of the county with this code; it is added when there is none. */
  county(code: string): Promise<string>;
  close(): Promise<void>;
};

/** The key of every database of the tests; what is sealed in one is of no use in another all the same. */
export const SECRET = Buffer.alloc(32, 9);
const TEMPLATE = "liaison_template";
const TEMPLATE_LOCK = 7_204_113_906;

/**
 * Makes a database of its own for one test file (or one test) in the cluster that all share.
 * @param options.counties `east` and `west` when left out
 */
export async function testDatabase(options: { counties?: readonly string[] } = {}): Promise<TestDatabase> {
  const serverUrl = inject("postgresUrl");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await createFromTemplate(serverUrl, name);
  const url = withDatabase(serverUrl, name);
  const vault = createVault(SECRET);
  const wanted = derivedLogin(url, vault);
  const { login } = await migrate(url, { wanted });
  if (login === null) throw new Error("The service got no login of its own.");
  // The service's own limit for a statement is one of real time: on a busy machine a test would run into it.
  const database = await openDatabase({ login, maxConnections: 4, statementLimitMs: 60_000 });
  const ids = new Map<string, string>();
  const county = async (code: string): Promise<string> => {
    const known = ids.get(code);
    if (known !== undefined) return known;
    const id = newId();
    ids.set(code, id);
    await database.inCounty(id, (tx) =>
      tx.insert(jurisdictions).values({ jurisdictionId: id, code, name: `County ${code}`, createdAt: new Date() }),
    );
    return id;
  };
  for (const code of options.counties ?? ["east", "west"]) await county(code);
  return {
    database,
    vault,
    secret: SECRET,
    url,
    county,
    async close() {
      await database.close();
      await onServer(serverUrl, async (server) => {
        await server.unsafe(`drop database if exists ${name} with (force)`);
        await server.unsafe(`drop role if exists ${wanted.name}`);
      });
    },
  };
}

async function createFromTemplate(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, async (server) => {
    await server`select pg_advisory_lock(${TEMPLATE_LOCK})`;
    const found = await server`select from pg_database where datname = ${TEMPLATE} and datistemplate`;
    if (found.length === 0) {
      await server.unsafe(`drop database if exists ${TEMPLATE}`);
      await server.unsafe(`create database ${TEMPLATE}`);
      await migrate(withDatabase(serverUrl, TEMPLATE));
      await server.unsafe(`alter database ${TEMPLATE} is_template true`);
    }
    await server.unsafe(`create database ${name} template ${TEMPLATE}`);
  });
}

async function onServer<T>(url: string, work: (server: postgres.Sql) => Promise<T>): Promise<T> {
  const server = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

/** The url of another database on the same server. */
function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}
