import type { BaseAdapter } from "@bull-board/api/baseAdapter";
import { createPostgresBackend, type Job, type JobsOptions, Queue, type Telemetry, Worker } from "bullmq";
import { Redis, type RedisOptions } from "ioredis";
import pg from "pg";
import type { Logger } from "pino";
import { watchedSockets } from "../db/watched-sockets.ts";
import type { WaitingPeer } from "../src/casework/inbox.ts";
import type { WaitingConversation } from "../src/casework/waiting.ts";
import { inTime } from "../src/in-time.ts";
import type { Tracing } from "../src/observe/watch.ts";
import { createGatherer } from "./gather.ts";

/**
 * The queue, which only wakes workers up: whatever it loses, the sweep finds in the database.
 *
 * Announcing never throws and never waits for long; what could not be announced is logged and left to the sweep.
 */
export type Queues = {
  announceReceive(keys: readonly WaitingPeer[]): Promise<void>;
  /** @param notBefore by the service's clock; at once when left out */
  announceDeliver(keys: readonly WaitingConversation[], notBefore?: Date): Promise<void>;
  /** Begins to take jobs; a job whose work throws is tried again with growing pauses. */
  work(handlers: Handlers): Promise<{ close(): Promise<void> }>;
  /** Whether the queue answers within two seconds. */
  ready(): Promise<boolean>;
  /** How many jobs each queue holds, by state; throws where the queue does not answer. */
  depth(): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>;
  /** What the queue's page shows; jobs without the keys that they carry. */
  board(options: { readonly isReadOnly: boolean }): Promise<BaseAdapter[]>;
  close(): Promise<void>;
};

/** What is done about a key; `concurrency` is how many jobs of each kind are taken at once. */
type Handlers = {
  readonly receive: (key: WaitingPeer) => Promise<void>;
  readonly deliver: (key: WaitingConversation) => Promise<void>;
  readonly concurrency: number;
};

type Keys<K> = { readonly keys: readonly K[] };

const RECEIVE = "liaison-receive";
const DELIVER = "liaison-deliver";
/** The queue's own tables are kept apart from ours. */
const SCHEMA = "liaison_queue";
const KEYS_PER_JOB = 32;
const STATES = ["waiting", "active", "delayed", "failed"] as const;
const READY_LIMIT_MS = 2000;
/** Announcing is not worth more time: the sweep does it again. */
const TELL_LIMIT_MS = 5000;
/** Jobs under way are waited for so long; and a queue that does not answer is not waited for longer to say goodbye. */
const FINISH_LIMIT_MS = 7500;
const GOODBYE_LIMIT_MS = 1000;
/**
 * A worker's lock on its job; a worker that was killed loses its jobs after this and at most the interval. Nobody waits
 * for that: the sweep announces again what such a job was about.
 */
const LOCK = { lockDuration: 15_000, stalledInterval: 5000, maxStalledCount: 3 };
/** Workers wait for jobs so long at most, then look: an announcement of Postgres may be lost with its link. */
const LOOK_S = 5;
const STATEMENT_LIMIT_MS = 6000;
const ANSWER_LIMIT_MS = 8000;
/** Links that die without a word are noticed: by probes of the system, by commands and by sockets that stay silent. */
const ALIVE = { keepAlive: 5000, connectTimeout: 3000 };
const TELLING = { ...ALIVE, commandTimeout: 2000, socketTimeout: 4000 };
/** A worker has two connections: one waits for jobs, up to ten seconds at a time, on the other every command is answered. */
const WORKING = { ...ALIVE, socketTimeout: 4000 };
const WAITING = { socketTimeout: 12_000 };
/** A job that keeps failing is given up after some seconds: the sweep brings its keys again. */
const JOB: JobsOptions = {
  attempts: 4,
  backoff: { type: "exponential", delay: 500, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { count: 1000, age: 86_400 },
};

/**
 * Opens the queue: on Redis where there is one, otherwise in the database.
 * @throws when neither answers
 */
export async function openQueues(options: {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly now: () => Date;
  readonly log: Logger;
  /** Null, or left out, where nobody follows messages. */
  readonly tracing?: Tracing | null;
}): Promise<Queues> {
  const { log, tracing = null } = options;
  const telemetry = tracing === null ? undefined : await loadTelemetry();
  const failed = (what: string) => (error: unknown) => log.warn({ err: error }, `the queue ${what}`);
  const store =
    options.redisUrl === null
      ? inPostgres(options.databaseUrl, telemetry)
      : await onRedis(options.redisUrl, telemetry, failed("has trouble with Redis"));
  const receiving: Queue<Keys<WaitingPeer>> = store.queue(RECEIVE, failed("has trouble"));
  const delivering: Queue<Keys<WaitingConversation>> = store.queue(DELIVER, failed("has trouble"));
  await untilReady([receiving, delivering]);

  const receive = createGatherer<WaitingPeer>(async (keys) => {
    await inTime(TELL_LIMIT_MS, receiving.addBulk(intoJobs(keys))).catch(failed("could not be told whom to hear"));
  });
  const deliver = createGatherer<WaitingConversation>(async (keys) => {
    await inTime(TELL_LIMIT_MS, delivering.addBulk(intoJobs(keys))).catch(failed("could not be told what to deliver"));
  });

  return {
    announceReceive: (keys) => receive.add(keys),
    async announceDeliver(waiting, notBefore) {
      const keys = tracing === null ? waiting : followed(waiting, tracing);
      const delay = notBefore === undefined ? 0 : notBefore.getTime() - options.now().getTime();
      if (delay <= 0) return deliver.add(keys);
      const later = delivering.addBulk(intoJobs(keys, { delay }));
      await inTime(TELL_LIMIT_MS, later).catch(failed("could not be told what to deliver later"));
    },
    async work(handlers) {
      const trouble = failed("has trouble giving out work");
      const workers = [
        store.worker(RECEIVE, handlers.concurrency, handleEach(handlers.receive), trouble),
        store.worker(DELIVER, handlers.concurrency, handleEach(handlers.deliver), trouble),
      ];
      await untilReady(workers);
      return {
        async close() {
          await Promise.all(workers.map((worker) => inTime(FINISH_LIMIT_MS, worker.close()).catch(trouble)));
        },
      };
    },
    ready: () =>
      inTime(READY_LIMIT_MS, receiving.getJobCountByTypes("waiting")).then(
        () => true,
        () => false,
      ),
    async depth() {
      const queues = [receiving, delivering];
      const counts = await Promise.all(queues.map((queue) => queue.getJobCounts(...STATES)));
      return Object.fromEntries(queues.map((queue, index) => [queue.name, counts[index] ?? {}]));
    },
    async board({ isReadOnly }) {
      const { BullMQAdapter } = await import("@bull-board/api/bullMQAdapter");
      return [receiving, delivering].map((queue) => {
        const adapter = new BullMQAdapter(queue, { readOnlyMode: isReadOnly });
        adapter.setFormatter("data", (data: Partial<Keys<unknown>>) => ({ keys: data.keys?.length ?? 0 }));
        return adapter;
      });
    },
    async close() {
      await Promise.all([receive.idle(), deliver.idle()]);
      const closing = Promise.all([receiving.close(), delivering.close()]);
      await inTime(GOODBYE_LIMIT_MS, closing).catch(failed("could not say goodbye"));
      await store.close();
    },
  };
}

/** What cannot be opened is closed again. */
async function untilReady(
  all: readonly { waitUntilReady(): Promise<unknown>; close(): Promise<void> }[],
): Promise<void> {
  try {
    await Promise.all(all.map((one) => one.waitUntilReady()));
  } catch (error) {
    await Promise.allSettled(all.map((one) => inTime(GOODBYE_LIMIT_MS, one.close())));
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The queue could not be opened (${reason}): see whether its database runs, and start again.`, {
      cause: error,
    });
  }
}

type Trouble = (error: Error) => void;
type Handle = (job: Job<Keys<never>>) => Promise<void>;
type Store = {
  queue<K>(name: string, trouble: Trouble): Queue<Keys<K>>;
  worker(name: string, concurrency: number, handle: Handle, trouble: Trouble): Worker;
  close(): Promise<void>;
};

/** Marks what is announced with the trace in which that happens, unless it has one. */
function followed(keys: readonly WaitingConversation[], tracing: Tracing): readonly WaitingConversation[] {
  const current = tracing.current();
  return current === undefined ? keys : keys.map((key) => ({ traces: [current], ...key }));
}

/** BullMQ's own spans: announcing, working on a job. */
async function loadTelemetry(): Promise<Telemetry> {
  const { BullMQOtel } = await import("bullmq-otel");
  return new BullMQOtel({ tracerName: "bullmq" });
}

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

function inPostgres(databaseUrl: string, telemetry: Telemetry | undefined): Store {
  const connection = {
    connectionString: databaseUrl,
    schema: SCHEMA,
    application_name: "liaison queue",
    connectionTimeoutMillis: 5000,
    statement_timeout: STATEMENT_LIMIT_MS,
    idle_in_transaction_session_timeout: STATEMENT_LIMIT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    stream: watchedSockets(ANSWER_LIMIT_MS),
    Client: Listened,
  };
  return {
    // Makes the queue's tables where they are missing; workers come after queues, and find them.
    queue(name, trouble) {
      const queue = new Queue(
        name,
        { connection: { ...connection, migrate: true, max: 2 }, telemetry },
        createPostgresBackend,
      );
      queue.on("error", trouble);
      return queue as unknown as Queue;
    },
    worker(name, concurrency, handle, trouble) {
      const worker = new Worker(
        name,
        handle,
        { connection: { ...connection, max: 4 }, concurrency, drainDelay: LOOK_S, telemetry, ...LOCK },
        createPostgresBackend,
      );
      worker.on("error", trouble);
      return worker as unknown as Worker;
    },
    close: async () => undefined,
  };
}

async function onRedis(redisUrl: string, telemetry: Telemetry | undefined, trouble: Trouble): Promise<Store> {
  const waiting = new Set<Redis>();
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
  return {
    queue(name, trouble) {
      const queue = new Queue(name, { connection: telling, telemetry });
      queue.on("error", trouble);
      return queue;
    },
    worker(name, concurrency, handle, trouble) {
      const connection = new WorkersRedis(redisUrl, { ...WORKING, maxRetriesPerRequest: null });
      const worker = new Worker(name, handle, { connection, concurrency, drainDelay: LOOK_S, telemetry, ...LOCK });
      waiting.add(connection);
      connection.on("error", trouble);
      worker.on("error", trouble);
      return worker;
    },
    async close() {
      for (const connection of [telling, ...waiting]) connection.disconnect();
    },
  };
}

/** Works on all keys of a job at once; those that failed are what the next attempt is about. */
function handleEach<K>(work: (key: K) => Promise<void>): (job: Job<Keys<K>>) => Promise<void> {
  return async (job) => {
    const { keys } = job.data;
    const results = await Promise.allSettled(keys.map(work));
    const failures = results.filter((result) => result.status === "rejected");
    const [first] = failures;
    if (first === undefined) return;
    if (failures.length < keys.length) {
      await job.updateData({ keys: keys.filter((_, index) => results[index]?.status === "rejected") });
    }
    throw first.reason;
  };
}

/** Urgent keys become jobs of their own, which are taken before all others. */
function intoJobs<K extends { readonly urgent?: boolean }>(
  keys: readonly K[],
  rest: JobsOptions = {},
): { name: string; data: Keys<K>; opts: JobsOptions }[] {
  const bundle = (some: readonly K[], opts: JobsOptions) =>
    Array.from({ length: Math.ceil(some.length / KEYS_PER_JOB) }, (_, index) => ({
      name: "keys",
      data: { keys: some.slice(index * KEYS_PER_JOB, (index + 1) * KEYS_PER_JOB) },
      opts,
    }));
  const calm = keys.filter((key) => key.urgent !== true);
  const urgent = calm.length === keys.length ? [] : keys.filter((key) => key.urgent === true);
  return [...bundle(urgent, { ...JOB, ...rest, lifo: true }), ...bundle(calm, { ...JOB, ...rest })];
}
