import type { WaitingConversation } from "../src/casework/backlog/waiting.ts";
import type { WakeUp } from "../src/casework/inbox/accept.ts";
import type { Tracing } from "../src/observe/watch.ts";

/** The data of a job about delivery: the keys of conversations. */
export type Keys<K> = { readonly keys: readonly K[] };

/**
 * The data of a job about messages that came in: a county, in which its worker finds by itself whose they are.
 *
 * An earlier version named people in `keys`, and looks for them there; their counties are what counts.
 */
export type WakeUpData = Keys<{ readonly jurisdictionId: string }> & { readonly jurisdictionId?: string };

/** A job that a worker has taken; what it is about can be changed for its next attempt. */
type TakenJob<K> = { readonly data: Keys<K>; updateData(data: Keys<K>): Promise<void> };

type TakenWakeUp = { readonly data: WakeUpData; removeDeduplicationKey(): Promise<boolean> };

type JobOptions = Partial<typeof JOB> & {
  /** In milliseconds; at once when left out. */
  readonly delay?: number;
  /** Before all that wait. */
  readonly lifo?: boolean;
  /** While a job with this id waits, no other is added; for so many milliseconds at most, should it get lost. */
  readonly deduplication?: { readonly id: string; readonly ttl: number };
};

const KEYS_PER_JOB = 32;
/** A job that keeps failing is given up after some seconds: the sweep finds again what it was about. */
const JOB = {
  attempts: 4,
  backoff: { type: "exponential", delay: 500, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { count: 1000, age: 86_400 },
};
/** As long as the sweep pauses. */
const WAKE_UP_COUNTS_MS = 3000;

/** A handler that works on all keys of a job at once; the next attempt is about those that failed. */
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

/**
 * A handler that wakes up once for each county that a job names.
 *
 * Whoever announces from now on adds a new job, before anybody looks: what was stored later than this look may not be
 * left to it.
 */
export function handleWakeUp(work: (wakeUp: WakeUp) => Promise<void>): (job: TakenWakeUp) => Promise<void> {
  return async (job) => {
    await job.removeDeduplicationKey();
    const { keys, jurisdictionId } = job.data;
    const counties = new Set([...(jurisdictionId ? [jurisdictionId] : []), ...keys.map((key) => key.jurisdictionId)]);
    await Promise.all([...counties].map((county) => work({ jurisdictionId: county })));
  };
}

/** The jobs for these keys; an urgent key becomes a job of its own, which is taken before all others. */
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

/**
 * The wake-up jobs, one for each county however many announce it; one more, before all others, where somebody may be in
 * danger.
 */
export function intoWakeUps(wakeUps: readonly WakeUp[]): { name: string; data: WakeUpData; opts: JobOptions }[] {
  const urgent = new Set(wakeUps.flatMap((one) => (one.urgent === true ? [one.jurisdictionId] : [])));
  const calm = new Set(wakeUps.map(({ jurisdictionId }) => jurisdictionId)).difference(urgent);
  const job = (jurisdictionId: string, id: string, opts: JobOptions) => ({
    name: "wake-up",
    data: { keys: [], jurisdictionId },
    opts: { ...JOB, ...opts, deduplication: { id, ttl: WAKE_UP_COUNTS_MS } },
  });
  return [
    ...[...urgent].map((county) => job(county, `${county} urgent`, { lifo: true })),
    ...[...calm].map((county) => job(county, county, {})),
  ];
}

/** The keys with the trace in which they are announced; a key that has one keeps it. */
export function followed(keys: readonly WaitingConversation[], tracing: Tracing): readonly WaitingConversation[] {
  const current = tracing.current();
  return current === undefined ? keys : keys.map((key) => ({ traces: [current], ...key }));
}
