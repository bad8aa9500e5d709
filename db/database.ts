import { setTimeout as pause } from "node:timers/promises";
import { DrizzleQueryError, type ExtractTablesWithRelations, sql } from "drizzle-orm";
import type { PgTransaction } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import { CLOSE_LIMIT_S, openPool } from "./connections.ts";
import { type Login, meetServer } from "./login.ts";
import * as cases from "./schema/cases.ts";
import * as categories from "./schema/categories.ts";
import * as console from "./schema/console.ts";
import * as conversations from "./schema/conversations.ts";
import * as county from "./schema/county.ts";
import * as errands from "./schema/errands.ts";
import * as imports from "./schema/imports.ts";
import * as ledger from "./schema/ledger.ts";
import * as media from "./schema/media.ts";
import * as outbox from "./schema/outbox.ts";
import * as people from "./schema/people.ts";
import * as places from "./schema/places.ts";
import * as rulesets from "./schema/rulesets.ts";
import * as signIn from "./schema/sign-in.ts";
import * as topics from "./schema/topics.ts";
import * as understandings from "./schema/understandings.ts";
import * as users from "./schema/users.ts";

const schema = {
  ...cases,
  ...categories,
  ...console,
  ...conversations,
  ...county,
  ...errands,
  ...imports,
  ...ledger,
  ...media,
  ...outbox,
  ...people,
  ...places,
  ...rulesets,
  ...signIn,
  ...topics,
  ...understandings,
  ...users,
};

/** A transaction of the database: all of it commits, or none. */
export type Transaction = PgTransaction<
  PostgresJsQueryResultHKT,
  typeof schema,
  ExtractTablesWithRelations<typeof schema>
>;

/** The access to the tables: every query runs in a transaction that has named whose rows it may see. */
export type Database = {
  /** Runs `work` in one transaction that sees and writes the rows of this county alone. */
  inCounty<T>(jurisdictionId: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction that reads which counties and channel accounts exist, and nothing else. */
  inDirectory<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** How its links log in; others of the same process may do so without asking the server who they are. */
  readonly login: Login;
  /** Waits up to 5 s for running transactions, then closes every connection. */
  close(): Promise<void>;
};

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
const KEEPALIVE_S = 5;
const CLOSE_LIMIT_MS = 5_000;

/**
 * Opens a pool of connections to a migrated database.
 *
 * Every connection takes the role `liaison_app` at its start, so that row-level security binds even where the url names
 * the owner or a superuser (which the service does only where it could get no login of its own). Where this role could not
 * be created, the forced policies bind a plain owner.
 *
 * No place in the pool is held for ever: the server ends what takes too long or idles inside a transaction (from Postgres
 * 17 on also a transaction as a whole), and a link
 * that is silent when an answer is owed is destroyed (see `watchedSockets`).
 * @param options.login where the server has been met already; `url` otherwise
 * @param maxConnections 10 when left out
 * @param statementLimitMs for one statement; 8 s when left out, more for commands that write a whole county at once
 * @throws Error with a plain sentence when row-level security would not bind this user
 */
export async function openDatabase(
  options: ({ readonly url: string } | { readonly login: Login }) & {
    readonly maxConnections?: number;
    readonly statementLimitMs?: number;
  },
): Promise<Database> {
  const { maxConnections = 10, statementLimitMs = STATEMENT_LIMIT_MS } = options;
  const login = "login" in options ? options.login : await meetServer(options.url);
  const { url, role, version } = login;
  const open = () =>
    openPool(url, statementLimitMs + ANSWER_MARGIN_MS, {
      schema,
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
        // Whoever does not search sees the words of every case: see `caseWords`.
        const names = sql`set_config(${setting}, ${value}, true), set_config('liaison.search', '''@all''', true)`;
        const scoped = tx.execute(sql`select ${names}`).execute();
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
    login,
    inCounty: (jurisdictionId, work) => within("liaison.jurisdiction", jurisdictionId, work),
    inDirectory: (work) => within("liaison.scope", "directory", work),
    async close() {
      const given = new AbortController();
      const late = pause(CLOSE_LIMIT_MS, undefined, { signal: given.signal }).catch(() => undefined);
      await Promise.race([Promise.all(running), late]);
      given.abort();
      await pool.client.end({ timeout: CLOSE_LIMIT_S });
    },
  };
}
