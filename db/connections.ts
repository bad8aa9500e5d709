import type { Socket } from "node:net";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { arrayTypes } from "./array-types.ts";
import { isLinkError, watchedSockets } from "./watched-sockets.ts";

type Options = Omit<postgres.Options<typeof arrayTypes>, "types" | "fetch_types">;

const CONNECT_LIMIT_S = 5;
const KEEPALIVE_S = 5;
const LONGEST_RECONNECT_S = 1;
/**
 * The time limit for closing a pool, in seconds: postgres.js waits in vain for a connection that broke while it was
 * idle.
 */
export const CLOSE_LIMIT_S = 0.5;

/** A pool of connections to a database, with drizzle over it. */
export type LinkPool<Schema extends Record<string, unknown>> = {
  readonly client: postgres.Sql;
  readonly db: ReturnType<typeof drizzle<Schema>>;
  /**
   * Whether any of its links broke: postgres.js may then keep the half of a message for the next link in that place, which
   * never opens. What is under way on other links may end there; nothing new should begin.
   */
  isSpoilt(): boolean;
};

/**
 * Opens a pool that neither waits for dead connections nor waits long before it connects again.
 * @param answerLimitMs so long a link may owe an answer and be silent
 */
export function openPool<Schema extends Record<string, unknown>>(
  url: string,
  answerLimitMs: number,
  { schema, ...options }: Options & { readonly schema: Schema },
): LinkPool<Schema> {
  let isSpoilt = false;
  const newLink = watchedSockets(answerLimitMs, () => {
    isSpoilt = true;
  });
  const client = lasting(postgres(url, { ...options, ...lively(newLink) }));
  return { client, db: drizzle(client, { schema }), isSpoilt: () => isSpoilt };
}

/**
 * Runs `work` on one connection, and on no other.
 *
 * When the connection ends, every later statement on it fails, so that nothing it held (a lock, a setting) is believed
 * to be held any longer.
 * @param answerLimitMs so long the link may owe an answer and be silent
 */
export async function onOneLink<T>(
  url: string,
  answerLimitMs: number,
  work: (client: postgres.Sql) => Promise<T>,
): Promise<T> {
  const client = lasting(openSingle(url, answerLimitMs, {}).client);
  try {
    const result = await work(client);
    await client.end({ timeout: CLOSE_LIMIT_S });
    return result;
  } catch (error) {
    // The connection may have ended already.
    await client.end({ timeout: 0 });
    throw error;
  }
}

/** A connection on which whole tables are copied. */
export type CopyingLink = {
  readonly client: postgres.Sql;
  /**
   * The rows of a `copy … to stdout`, as the server sends them.
   *
   * postgres.js pauses its socket while nobody takes what came. When the last row was too large to be taken at once, it is
   * never told to go on, and the answer to the next statement is never read.
   */
  rowsOf(copying: postgres.PendingQuery<postgres.Row[]>): AsyncGenerator<Buffer>;
};

/**
 * Opens a connection for copying: a statement on it has no time limit as long as data moves.
 * @param stillLimitMs so long neither side may wait for the other
 */
export function openCopying(url: string, stillLimitMs: number, applicationName: string): CopyingLink {
  const unlimited = { statement_timeout: 0, idle_in_transaction_session_timeout: 0 };
  const { client, links } = openSingle(url, stillLimitMs, {
    connection: { application_name: applicationName, ...unlimited },
  });
  return {
    client,
    async *rowsOf(copying) {
      try {
        yield* await copying.readable();
      } finally {
        for (const link of links) link.resume();
      }
    },
  };
}

/** A client with one link, which is not opened again when it has ended. */
function openSingle(
  url: string,
  answerLimitMs: number,
  options: Options,
): { readonly client: postgres.Sql; readonly links: readonly Socket[] } {
  const newLink = watchedSockets(answerLimitMs);
  const links: Socket[] = [];
  const only = () => {
    const link = newLink();
    if (links.some((before) => before.bytesRead > 0)) setImmediate(() => link.destroy(linkEnded()));
    links.push(link);
    return link;
  };
  return { client: postgres(url, { max: 1, onnotice: () => undefined, ...options, ...lively(only) }), links };
}

function linkEnded(): Error {
  return Object.assign(new Error("the link to the database has ended"), { code: "ECONNRESET" });
}

/** What a client of ours is told about its links, beside what it is for. */
function lively(newLink: ReturnType<typeof watchedSockets>) {
  let tries = 0;
  const socket = ({ host, port, path }: { host: string[]; port: number[]; path: string | false }) => {
    const link = newLink();
    const next = tries++ % host.length;
    const address = { host: host[next] ?? "", port: port[next] ?? 0 };
    // What postgres.js checks the server's certificate against.
    Object.assign(link, { host: address.host });
    if (link.destroyed) return link;
    return path === false ? link.connect(address) : link.connect(path);
  };
  return {
    types: arrayTypes,
    fetch_types: false,
    // The types of the package do not know it.
    socket,
    connect_timeout: CONNECT_LIMIT_S,
    keep_alive: KEEPALIVE_S,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, LONGEST_RECONNECT_S),
  };
}

/**
 * The client with prepared statements inside transactions, which drizzle leaves off: half the round trips, no planning.
 *
 * On a link that has ended nothing more is said, not even the rollback: postgres.js would write it to nothing, which ends
 * the process.
 */
function lasting(client: postgres.Sql): postgres.Sql {
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
