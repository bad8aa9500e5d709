import { createPostgresBackend, type Job, type JobsOptions, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import type { WaitingPeer } from "../src/casework/inbox.ts";
import type { WaitingConversation } from "../src/casework/waiting.ts";
import { inTime } from "../src/in-time.ts";
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
const READY_LIMIT_MS = 2000;
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
}): Promise<Queues> {
  const { log } = options;
  const failed = (what: string) => (error: unknown) => log.warn({ err: error }, `the queue ${what}`);
  const store =
    options.redisUrl === null
      ? inPostgres(options.databaseUrl)
      : await onRedis(options.redisUrl, failed("has trouble with Redis"));
  const receiving: Queue<Keys<WaitingPeer>> = store.queue(RECEIVE, failed("has trouble"));
  const delivering: Queue<Keys<WaitingConversation>> = store.queue(DELIVER, failed("has trouble"));
  await Promise.all([receiving.waitUntilReady(), delivering.waitUntilReady()]);

  const receive = createGatherer<WaitingPeer>(async (keys) => {
    await receiving.addBulk(intoJobs(keys, JOB)).catch(failed("could not be told whom to hear"));
  });
  const deliver = createGatherer<WaitingConversation>(async (keys) => {
    await delivering.addBulk(intoJobs(keys, JOB)).catch(failed("could not be told what to deliver"));
  });

  return {
    announceReceive: (keys) => receive.add(keys),
    async announceDeliver(keys, notBefore) {
      const delay = notBefore === undefined ? 0 : notBefore.getTime() - options.now().getTime();
      if (delay <= 0) return deliver.add(keys);
      await delivering
        .addBulk(intoJobs(keys, { ...JOB, delay }))
        .catch(failed("could not be told what to deliver later"));
    },
    async work(handlers) {
      const trouble = failed("has trouble giving out work");
      const workers = [
        store.worker(RECEIVE, handlers.concurrency, handleEach(handlers.receive), trouble),
        store.worker(DELIVER, handlers.concurrency, handleEach(handlers.deliver), trouble),
      ];
      await Promise.all(workers.map((worker) => worker.waitUntilReady()));
      return {
        async close() {
          await Promise.all(workers.map((worker) => worker.close()));
        },
      };
    },
    ready: () =>
      inTime(READY_LIMIT_MS, receiving.getJobCountByTypes("waiting")).then(
        () => true,
        () => false,
      ),
    async close() {
      await Promise.all([receive.idle(), deliver.idle()]);
      await Promise.all([receiving.close(), delivering.close()]);
      await store.close();
    },
  };
}

type Trouble = (error: Error) => void;
type Handle = (job: Job<Keys<never>>) => Promise<void>;
type Store = {
  queue<K>(name: string, trouble: Trouble): Queue<Keys<K>>;
  worker(name: string, concurrency: number, handle: Handle, trouble: Trouble): Worker;
  close(): Promise<void>;
};

function inPostgres(databaseUrl: string): Store {
  const connection = {
    connectionString: databaseUrl,
    schema: SCHEMA,
    migrate: true,
    application_name: "liaison queue",
  };
  return {
    queue(name, trouble) {
      const queue = new Queue(name, { connection: { ...connection, max: 2 } }, createPostgresBackend);
      queue.on("error", trouble);
      return queue as unknown as Queue;
    },
    worker(name, concurrency, handle, trouble) {
      const worker = new Worker(
        name,
        handle,
        { connection: { ...connection, max: 4 }, concurrency },
        createPostgresBackend,
      );
      worker.on("error", trouble);
      return worker as unknown as Worker;
    },
    close: async () => undefined,
  };
}

async function onRedis(redisUrl: string, trouble: Trouble): Promise<Store> {
  // Announcing must fail at once while Redis is away; workers wait for it to come back.
  const telling = new Redis(redisUrl, { maxRetriesPerRequest: null, enableOfflineQueue: false, lazyConnect: true });
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
      const queue = new Queue(name, { connection: telling });
      queue.on("error", trouble);
      return queue;
    },
    worker(name, concurrency, handle, trouble) {
      const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
      const worker = new Worker(name, handle, { connection, concurrency });
      connection.on("error", trouble);
      worker.on("error", trouble);
      worker.once("closed", () => connection.disconnect());
      return worker;
    },
    async close() {
      telling.disconnect();
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

function intoJobs<K>(keys: readonly K[], opts: JobsOptions): { name: string; data: Keys<K>; opts: JobsOptions }[] {
  const count = Math.ceil(keys.length / KEYS_PER_JOB);
  return Array.from({ length: count }, (_, index) => ({
    name: "keys",
    data: { keys: keys.slice(index * KEYS_PER_JOB, (index + 1) * KEYS_PER_JOB) },
    opts,
  }));
}
