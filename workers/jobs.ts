import type { WaitingConversation } from "../src/casework/backlog/waiting.ts";
import type { Tracing } from "../src/observe/watch.ts";

/** What a job of the queue is about: whom to hear, or where to deliver. */
export type Keys<K> = { readonly keys: readonly K[] };

/** A job that a worker has taken; what it is about can be changed for its next attempt. */
type TakenJob<K> = { readonly data: Keys<K>; updateData(data: Keys<K>): Promise<void> };

type JobOptions = Partial<typeof JOB> & {
  /** In milliseconds; at once when left out. */
  readonly delay?: number;
  /** Before all that wait. */
  readonly lifo?: boolean;
};

const KEYS_PER_JOB = 32;
/** A job that keeps failing is given up after some seconds: the sweep brings its keys again. */
const JOB = {
  attempts: 4,
  backoff: { type: "exponential", delay: 500, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { count: 1000, age: 86_400 },
};

/** Works on all keys of a job at once; those that failed are what the next attempt is about. */
export function handleEach<K>(work: (key: K) => Promise<void>): (job: TakenJob<K>) => Promise<void> {
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
export function intoJobs<K extends { readonly urgent?: boolean }>(
  keys: readonly K[],
  rest: JobOptions = {},
): { name: string; data: Keys<K>; opts: JobOptions }[] {
  const bundle = (some: readonly K[], opts: JobOptions) =>
    Array.from({ length: Math.ceil(some.length / KEYS_PER_JOB) }, (_, index) => ({
      name: "keys",
      data: { keys: some.slice(index * KEYS_PER_JOB, (index + 1) * KEYS_PER_JOB) },
      opts,
    }));
  const calm = keys.filter((key) => key.urgent !== true);
  const urgent = calm.length === keys.length ? [] : keys.filter((key) => key.urgent === true);
  return [...bundle(urgent, { ...JOB, ...rest, lifo: true }), ...bundle(calm, { ...JOB, ...rest })];
}

/** Marks what is announced with the trace in which that happens, unless it has one. */
export function followed(keys: readonly WaitingConversation[], tracing: Tracing): readonly WaitingConversation[] {
  const current = tracing.current();
  return current === undefined ? keys : keys.map((key) => ({ traces: [current], ...key }));
}
