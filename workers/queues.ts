import type { BaseAdapter } from "@bull-board/api/baseAdapter";
import {
  createPostgresBackend,
  type Job,
  LATEST_SCHEMA_VERSION,
  Queue,
  runMigrations,
  type Telemetry,
  Worker,
} from "bullmq";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { WaitingConversation } from "../src/casework/backlog/waiting.ts";
import type { WakeUp } from "../src/casework/inbox/accept.ts";
import type { Tracing } from "../src/observe/watch.ts";
import { withTimeout } from "../src/with-timeout.ts";
import { connectToTell, connectToWork, postgresConnection } from "./connections.ts";
import { createGatherer } from "./gatherer.ts";
import { followed, handleEach, handleWakeUp, intoJobs, intoWakeUps, type Keys, type WakeUpData } from "./jobs.ts";
import { prepareQueue } from "./queue-schema.ts";

/**
 * The queues, which only wake workers up: whatever they lose, the sweep finds in the database.
 *
 * Announcing never throws and never waits for long; what could not be announced is logged and left to the sweep.
 */
export type Queues = {
  /** Wakes one worker for each county: it finds whose messages wait, and wakes others where there are too many for it. */
  announceReceive(wakeUps: readonly WakeUp[]): Promise<void>;
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

/** What is done about a wake-up or a key; `concurrency` is how many jobs of each kind are taken at once. */
type Handlers = {
  readonly receive: (wakeUp: WakeUp) => Promise<void>;
  readonly deliver: (key: WaitingConversation) => Promise<void>;
  readonly concurrency: number;
};

const RECEIVE = "liaison-receive";
const DELIVER = "liaison-deliver";
const STATES = ["waiting", "active", "delayed", "failed"] as const;
const READY_LIMIT_MS = 2000;
/** Announcing is not worth more time: the sweep does it again. */
const TELL_LIMIT_MS = 5000;
/** Jobs under way are waited for so long; and closing a queue that does not answer takes no longer than its own limit. */
const FINISH_LIMIT_MS = 7500;
const CLOSE_LIMIT_MS = 1000;
/**
 * A worker's lock on its job; a worker that was killed loses its jobs after this and at most the interval. Nobody waits
 * for that: the sweep announces again what such a job was about.
 */
const LOCK = { lockDuration: 15_000, stalledInterval: 5000, maxStalledCount: 3 };
/** Workers wait for jobs so long at most, then look: an announcement of Postgres may be lost with its link. */
const LOOK_S = 5;
/** Between two announcements that messages came in: a rush of them becomes a hundred wake-ups a second at most. */
const WAKE_UP_PAUSE_MS = 10;

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
      ? await inPostgres(options.databaseUrl, telemetry)
      : await onRedis(options.redisUrl, telemetry, failed("has trouble with Redis"));
  const receiving: Queue<WakeUpData> = store.queue(RECEIVE, failed("has trouble"));
  const delivering: Queue<Keys<WaitingConversation>> = store.queue(DELIVER, failed("has trouble"));
  await untilReady([receiving, delivering]);

  const receive = createGatherer<WakeUp>(async (wakeUps) => {
    const told = withTimeout(TELL_LIMIT_MS, receiving.addBulk(intoWakeUps(wakeUps)));
    await told.catch(failed("could not be told that messages came in"));
  }, WAKE_UP_PAUSE_MS);
  const deliver = createGatherer<WaitingConversation>(async (keys) => {
    await withTimeout(TELL_LIMIT_MS, delivering.addBulk(intoJobs(keys))).catch(
      failed("could not be told what to deliver"),
    );
  });

  return {
    announceReceive: (wakeUps) => receive.add(wakeUps),
    async announceDeliver(waiting, notBefore) {
      const keys = tracing === null ? waiting : followed(waiting, tracing);
      const delay = notBefore === undefined ? 0 : notBefore.getTime() - options.now().getTime();
      if (delay <= 0) return deliver.add(keys);
      const later = delivering.addBulk(intoJobs(keys, { delay }));
      await withTimeout(TELL_LIMIT_MS, later).catch(failed("could not be told what to deliver later"));
    },
    async work(handlers) {
      const trouble = failed("has trouble giving out work");
      const workers = [
        store.worker(RECEIVE, handlers.concurrency, handleWakeUp(handlers.receive), trouble),
        store.worker(DELIVER, handlers.concurrency, handleEach(handlers.deliver), trouble),
      ];
      await untilReady(workers);
      return {
        async close() {
          await Promise.all(workers.map((worker) => withTimeout(FINISH_LIMIT_MS, worker.close()).catch(trouble)));
        },
      };
    },
    ready: () =>
      withTimeout(READY_LIMIT_MS, receiving.getJobCountByTypes("waiting")).then(
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
      await withTimeout(CLOSE_LIMIT_MS, closing).catch(failed("could not say goodbye"));
      await store.close();
    },
  };
}

/** What cannot be opened is closed again. */
async function untilReady(
  all: readonly { waitUntilReady(): Promise<unknown>; close(): Promise<void> }[],
): Promise<void> {
  try {
    await opened(Promise.all(all.map((one) => one.waitUntilReady())));
  } catch (error) {
    await Promise.allSettled(all.map((one) => withTimeout(CLOSE_LIMIT_MS, one.close())));
    throw error;
  }
}

async function opened<T>(opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The queue could not be opened (${reason}): see whether its database runs, and start again.`, {
      cause: error,
    });
  }
}

type Trouble = (error: Error) => void;
type Handle = (job: Job<Keys<never>>) => Promise<void>;
type Store = {
  queue(name: string, trouble: Trouble): Queue;
  worker(name: string, concurrency: number, handle: Handle, trouble: Trouble): Worker;
  close(): Promise<void>;
};

/** BullMQ's own spans: announcing, working on a job. */
async function loadTelemetry(): Promise<Telemetry> {
  const { BullMQOtel } = await import("bullmq-otel");
  return new BullMQOtel({ tracerName: "bullmq" });
}

async function inPostgres(databaseUrl: string, telemetry: Telemetry | undefined): Promise<Store> {
  const role = await opened(prepareQueue(databaseUrl, { latest: LATEST_SCHEMA_VERSION, run: runMigrations }));
  const connection = postgresConnection(databaseUrl, role);
  return {
    queue(name, trouble) {
      const queue = new Queue(name, { connection: { ...connection, max: 2 }, telemetry }, createPostgresBackend);
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
  const telling = await connectToTell(redisUrl, trouble);
  return {
    queue(name, trouble) {
      const queue = new Queue(name, { connection: telling, telemetry });
      queue.on("error", trouble);
      return queue;
    },
    worker(name, concurrency, handle, trouble) {
      const connection = connectToWork(redisUrl);
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
