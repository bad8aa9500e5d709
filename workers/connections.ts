import { Redis, type RedisOptions } from "ioredis";
import pg from "pg";
import { QUEUE_SCHEMA } from "../db/rights.ts";
import { watchedSockets } from "../db/watched-sockets.ts";

/* The queue's own connections; each notices by itself that its connection has ended. */

const STATEMENT_LIMIT_MS = 6000;
const ANSWER_LIMIT_MS = 8000;
/** Connections that end unnoticed are detected: by keepalive probes, by commands, and by sockets that stay silent. */
const ALIVE = { keepAlive: 5000, connectTimeout: 3000 };
const TELLING = { ...ALIVE, commandTimeout: 2000, socketTimeout: 4000 };
/** A worker has two connections: one waits for jobs, up to ten seconds at a time, on the other every command is answered. */
const WORKING = { ...ALIVE, socketTimeout: 4000 };
const WAITING = { socketTimeout: 12_000 };

/** BullMQ takes links out of its pool without listening for their end, which would end the process. */
class Listened extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on("error", () => undefined);
  }
}

/** BullMQ duplicates a worker's connection to wait for jobs on the copy. */
class WorkersRedis extends Redis {
  override duplicate(override: Partial<RedisOptions> = {}): Redis {
    return super.duplicate({ ...WAITING, ...override });
  }
}

/**
 * The connection options by which the queue reaches Postgres.
 * @param role that every link takes at its start; null for none
 */
export function postgresConnection(databaseUrl: string, role: string | null) {
  return {
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    application_name: "liaison queue",
    ...(role === null ? {} : { options: `-c role=${role}` }),
    connectionTimeoutMillis: 5000,
    statement_timeout: STATEMENT_LIMIT_MS,
    idle_in_transaction_session_timeout: STATEMENT_LIMIT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    stream: watchedSockets(ANSWER_LIMIT_MS),
    Client: Listened,
  };
}

/**
 * Opens a connection by which jobs are announced.
 * @throws when Redis does not answer
 */
export async function connectToTell(redisUrl: string, trouble: (error: Error) => void): Promise<Redis> {
  // Announcing must fail at once while Redis is away; workers wait for it to come back.
  const telling = new Redis(redisUrl, {
    ...TELLING,
    maxRetriesPerRequest: null,
    enableOfflineQueue: false,
    lazyConnect: true,
  });
  telling.on("error", trouble);
  try {
    await telling.connect();
  } catch (error) {
    telling.disconnect();
    throw new Error(`Redis at ${new URL(redisUrl).host} does not answer: start it, or correct REDIS_URL.`, {
      cause: error,
    });
  }
  return telling;
}

/** Opens a connection on which a worker waits for jobs; BullMQ makes the copy that it needs. */
export function connectToWork(redisUrl: string): Redis {
  return new WorkersRedis(redisUrl, { ...WORKING, maxRetriesPerRequest: null });
}
