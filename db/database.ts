import { DrizzleQueryError, type ExtractTablesWithRelations, sql } from "drizzle-orm";
import type { PgTransaction } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as cases from "./schema/cases.ts";
import * as conversations from "./schema/conversations.ts";
import * as county from "./schema/county.ts";
import * as media from "./schema/media.ts";
import * as outbox from "./schema/outbox.ts";
import * as people from "./schema/people.ts";
import * as places from "./schema/places.ts";

const schema = { ...cases, ...conversations, ...county, ...media, ...outbox, ...people, ...places };

/** One happening in the database: all of it commits, or none. */
export type Transaction = PgTransaction<
  PostgresJsQueryResultHKT,
  typeof schema,
  ExtractTablesWithRelations<typeof schema>
>;

/** The only way to the tables: a transaction that has said whose rows it may see. */
export type Database = {
  /** Runs `work` in one transaction that sees and writes the rows of this county alone. */
  inCounty<T>(jurisdictionId: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction that reads which counties and channel accounts exist, and nothing else. */
  inDirectory<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  readonly url: string;
  /** Waits for running transactions, then closes every connection. */
  close(): Promise<void>;
};

/** The role that owns no table, so that row-level security binds it; created by `migrate`. */
export const APP_ROLE = "liaison_app";

/**
 * Opens a pool of connections to a migrated database.
 *
 * Every connection takes the role `liaison_app` at its start, so that row-level security binds even where the url names
 * the owner or a superuser. Where this role could not be created, the forced policies bind a plain owner.
 * @param maxConnections 10 when left out
 * @throws Error with a plain sentence when row-level security would not bind this user
 */
export async function openDatabase(options: { url: string; maxConnections?: number }): Promise<Database> {
  const { url, maxConnections = 10 } = options;
  const role = await chooseRole(url);
  const client = postgres(url, {
    max: maxConnections,
    onnotice: () => undefined,
    connection: { application_name: "liaison", ...(role === null ? {} : { role }) },
  });
  const db = drizzle(preparing(client), { schema });

  // The setting is sent without waiting for its answer: statements of a connection run in order, and should it fail, the
  // transaction is aborted before `work` can see a row.
  const within = async <T>(setting: string, value: string, work: (tx: Transaction) => Promise<T>): Promise<T> => {
    try {
      return await db.transaction(async (tx) => {
        const scoped = tx.execute(sql`select set_config(${setting}, ${value}, true)`).execute();
        const [, result] = await Promise.all([scoped, work(tx)]);
        return result;
      });
    } catch (error) {
      // Drizzle's message repeats the values of the statement, which are personal; the database's own does not.
      throw error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error;
    }
  };

  return {
    url,
    inCounty: (jurisdictionId, work) => within("liaison.jurisdiction", jurisdictionId, work),
    inDirectory: (work) => within("liaison.scope", "directory", work),
    close: () => client.end({ timeout: 5 }),
  };
}

/**
 * The client with prepared statements inside transactions, which drizzle leaves off: half the round trips, no planning.
 */
function preparing(client: postgres.Sql): postgres.Sql {
  const begin = <T>(work: (tx: postgres.TransactionSql) => Promise<T>) =>
    client.begin((tx) => {
      const unsafe = tx.unsafe.bind(tx);
      tx.unsafe = ((text: string, values, options) =>
        unsafe(text, values, { ...options, prepare: true })) as typeof tx.unsafe;
      return work(tx);
    });
  return new Proxy(client, {
    get: (target, name) => (name === "begin" ? begin : Reflect.get(target, name)),
  });
}

async function chooseRole(url: string): Promise<string | null> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [user] = await client<{ name: string; unbound: boolean; hasRole: boolean }[]>`
      select current_user as name, rolsuper or rolbypassrls as unbound,
        exists (select from pg_roles where rolname = ${APP_ROLE}) as "hasRole"
      from pg_roles where rolname = current_user`;
    if (user?.hasRole && (await mayTakeRole(client))) return APP_ROLE;
    if (user === undefined || user.unbound) {
      throw new Error(
        `The database user ${user?.name ?? ""} would see every county's rows: create the role ${APP_ROLE} and grant it to this user, or use a user that is no superuser.`,
      );
    }
    return null;
  } finally {
    await client.end();
  }
}

async function mayTakeRole(client: postgres.Sql): Promise<boolean> {
  try {
    await client.begin((tx) => tx.unsafe(`set local role ${APP_ROLE}`));
    return true;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "42501") return false;
    throw error;
  }
}
