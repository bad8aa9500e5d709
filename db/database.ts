import { setTimeout as pause } from "node:timers/promises";
import { DrizzleQueryError, type ExtractTablesWithRelations, sql } from "drizzle-orm";
import type { PgTransaction } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as cases from "./schema/cases.ts";
import * as categories from "./schema/categories.ts";
import * as conversations from "./schema/conversations.ts";
import * as county from "./schema/county.ts";
import * as ledger from "./schema/ledger.ts";
import * as media from "./schema/media.ts";
import * as outbox from "./schema/outbox.ts";
import * as people from "./schema/people.ts";
import * as places from "./schema/places.ts";
import * as rulesets from "./schema/rulesets.ts";
import * as tokens from "./schema/tokens.ts";
import { isLinkError, watchedSockets } from "./watched-sockets.ts";

const schema = {
  ...cases,
  ...categories,
  ...conversations,
  ...county,
  ...ledger,
  ...media,
  ...outbox,
  ...people,
  ...places,
  ...rulesets,
  ...tokens,
};

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
  /** Waits up to 5 s for running transactions, then closes every connection. */
  close(): Promise<void>;
};

/** The role that owns no table, so that row-level security binds it; created by `migrate`. */
export const APP_ROLE = "liaison_app";

/** A statement of the service that takes longer is ended by the server; with it every answer comes, or the link is dead. */
const STATEMENT_LIMIT_MS = 8_000;
/**
 * How many statements' limits a transaction may last. The other limits do not see a link that dies between the parts of
 * one statement, behind a proxy that stays alive: its transaction would keep its locks for ever.
 */
const STATEMENTS_IN_TRANSACTION = 2.5;
/** The first Postgres that knows `transaction_timeout`. */
const HAS_TRANSACTION_LIMIT = 170_000;
/** How much longer than a statement's limit the answer to it may be on its way. */
const ANSWER_MARGIN_MS = 2_000;
const CONNECT_LIMIT_S = 5;
const KEEPALIVE_S = 5;
const LONGEST_RECONNECT_S = 1;
const CLOSE_LIMIT_MS = 5_000;
/** For saying goodbye; postgres.js waits in vain for a connection that broke and was not needed since. */
const GOODBYE_S = 0.5;

/**
 * Opens a pool of connections to a migrated database.
 *
 * Every connection takes the role `liaison_app` at its start, so that row-level security binds even where the url names
 * the owner or a superuser. Where this role could not be created, the forced policies bind a plain owner.
 *
 * No place in the pool is held for ever: the server ends what takes too long or idles inside a transaction (from Postgres
 * 17 on also a transaction as a whole), and a link
 * that is silent when an answer is owed is destroyed (see `watchedSockets`).
 * @param maxConnections 10 when left out
 * @param statementLimitMs for one statement; 8 s when left out, more for commands that write a whole county at once
 * @throws Error with a plain sentence when row-level security would not bind this user
 */
export async function openDatabase(options: {
  readonly url: string;
  readonly maxConnections?: number;
  readonly statementLimitMs?: number;
}): Promise<Database> {
  const { url, maxConnections = 10, statementLimitMs = STATEMENT_LIMIT_MS } = options;
  const { role, version } = await meetServer(url);
  const open = () =>
    openPool(url, statementLimitMs + ANSWER_MARGIN_MS, {
      max: maxConnections,
      onnotice: () => undefined,
      connection: {
        application_name: "liaison",
        statement_timeout: statementLimitMs,
        // Whoever holds a lock and does nothing is stopped or cut off: others wait for that lock.
        idle_in_transaction_session_timeout: statementLimitMs,
        ...(version < HAS_TRANSACTION_LIMIT
          ? {}
          : { transaction_timeout: Math.round(statementLimitMs * STATEMENTS_IN_TRANSACTION) }),
        tcp_keepalives_idle: KEEPALIVE_S,
        tcp_keepalives_interval: 2,
        tcp_keepalives_count: 3,
        ...(role === null ? {} : { role }),
      },
    });
  let pool = open();
  const freshPool = () => {
    if (!pool.isSpoilt()) return pool;
    void pool.client.end({ timeout: CLOSE_LIMIT_MS / 1000 });
    pool = open();
    return pool;
  };

  // The setting is sent without waiting for its answer: statements of a connection run in order, and should it fail, the
  // transaction is aborted before `work` can see a row.
  const run = async <T>(setting: string, value: string, work: (tx: Transaction) => Promise<T>): Promise<T> => {
    try {
      return await freshPool().db.transaction(async (tx) => {
        const scoped = tx.execute(sql`select set_config(${setting}, ${value}, true)`).execute();
        const [, result] = await Promise.all([scoped, work(tx)]);
        return result;
      });
    } catch (error) {
      // Drizzle's message repeats the values of the statement, which are personal; the database's own does not.
      throw error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error;
    }
  };

  const running = new Set<Promise<unknown>>();
  const within: typeof run = (setting, value, work) => {
    const transaction = run(setting, value, work);
    const ended: Promise<unknown> = transaction.then(
      () => running.delete(ended),
      () => running.delete(ended),
    );
    running.add(ended);
    return transaction;
  };

  return {
    url,
    inCounty: (jurisdictionId, work) => within("liaison.jurisdiction", jurisdictionId, work),
    inDirectory: (work) => within("liaison.scope", "directory", work),
    async close() {
      const given = new AbortController();
      const late = pause(CLOSE_LIMIT_MS, undefined, { signal: given.signal }).catch(() => undefined);
      await Promise.race([Promise.all(running), late]);
      given.abort();
      await pool.client.end({ timeout: GOODBYE_S });
    },
  };
}

/**
 * A pool that neither waits for dead links nor long before it connects again.
 *
 * `isSpoilt` once any of its links broke: postgres.js may then keep the half of a message for the next link in that
 * place, which never opens. What is under way on other links may end there; nothing new should begin.
 */
function openPool(url: string, answerLimitMs: number, options: postgres.Options<Record<string, never>>) {
  let isSpoilt = false;
  const newLink = watchedSockets(answerLimitMs, () => {
    isSpoilt = true;
  });
  let tries = 0;
  const socket = ({ host, port, path }: { host: string[]; port: number[]; path: string | false }) => {
    const link = newLink();
    const next = tries++ % host.length;
    const address = { host: host[next] ?? "", port: port[next] ?? 0 };
    // What postgres.js checks the server's certificate against.
    Object.assign(link, { host: address.host });
    return path === false ? link.connect(address) : link.connect(path);
  };
  const lively = {
    // The types of the package do not know it.
    socket,
    connect_timeout: CONNECT_LIMIT_S,
    keep_alive: KEEPALIVE_S,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, LONGEST_RECONNECT_S),
  };
  const client = postgres(url, { ...options, ...lively });
  return { client, db: drizzle(preparing(client), { schema }), isSpoilt: () => isSpoilt };
}

/**
 * The client with prepared statements inside transactions, which drizzle leaves off: half the round trips, no planning.
 *
 * On a link that has ended nothing more is said, not even the rollback: postgres.js would write it to nothing, which ends
 * the process.
 */
function preparing(client: postgres.Sql): postgres.Sql {
  const begin = async <T>(work: (tx: postgres.TransactionSql) => Promise<T>) => {
    let isOver = false;
    const seeEnd = (error: unknown) => {
      isOver ||= isLinkError(error);
    };
    try {
      return await client.begin(async (tx) => {
        const unsafe = tx.unsafe.bind(tx);
        tx.unsafe = ((text: string, values, options) => {
          if (isOver) throw new Error("the link of this transaction has ended");
          const statement = unsafe(text, values, { ...options, prepare: true });
          statement.catch(seeEnd);
          return statement;
        }) as typeof tx.unsafe;
        const [result] = await Promise.allSettled([work(tx)]);
        // The transaction has failed already, by the end of its connection; nobody waits for this.
        if (isOver) await new Promise(() => undefined);
        if (result.status === "rejected") throw result.reason;
        return result.value;
      });
    } finally {
      isOver = true;
    }
  };
  return new Proxy(client, {
    get: (target, name) => (name === "begin" ? begin : Reflect.get(target, name)),
  });
}

/** The role to take, null for none, and the version of the server as a number. */
async function meetServer(url: string): Promise<{ role: string | null; version: number }> {
  const client = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: CONNECT_LIMIT_S });
  try {
    const [user] = await client<{ name: string; unbound: boolean; hasRole: boolean; version: number }[]>`
      select current_user as name, current_setting('server_version_num')::int as version, rolsuper or rolbypassrls as unbound,
        exists (select from pg_roles where rolname = ${APP_ROLE}) as "hasRole"
      from pg_roles where rolname = current_user`;
    const version = user?.version ?? 0;
    if (user?.hasRole && (await mayTakeRole(client))) return { role: APP_ROLE, version };
    if (user === undefined || user.unbound) {
      throw new Error(
        `The database user ${user?.name ?? ""} would see every county's rows: create the role ${APP_ROLE} and grant it to this user, or use a user that is no superuser.`,
      );
    }
    return { role: null, version };
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
