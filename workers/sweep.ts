import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { findWaiting, type WaitingConversation } from "../src/casework/backlog/waiting.ts";
import { listCounties } from "../src/casework/county/counties.ts";
import type { WakeUp } from "../src/casework/inbox/accept.ts";
import type { Queues } from "./queues.ts";

/** Messages younger than this are being announced by whoever accepted them. */
const UNPROCESSED_MS = 2000;
/** A conversation that was announced is not announced again before that: a backlog must not fill the queue with itself. */
const REPEAT_MS = 8000;
/** So many of each kind, the first ones, are taken up here when an announcement of them brought nobody. */
const TAKEN_UP_AT_ONCE = 16;
/** Of counties in which messages wait, one: of all that wait there. */
const COUNTIES_AT_ONCE = 1;

/** Which of the keys to announce now, and which to take up without the queue. */
type Rounds<K> = (keys: readonly K[], atMs: number) => { readonly announce: K[]; readonly runHere: K[] };

/**
 * Creates a sweep, which announces what waits in every county although nobody takes it up: its announcement was lost,
 * its worker died, its time came, or the lease of its call ran out.
 *
 * What still waits eight seconds after a sweep announced it is taken up in this process, the oldest first: the queue may
 * be gone, or not answer. Several processes may sweep at once: an announcement too many costs one look at an index.
 */
export function createSweep(services: {
  readonly database: Database;
  readonly queues: Queues;
  readonly now: () => Date;
  readonly log: Logger;
  readonly receive: (wakeUp: WakeUp) => Promise<void>;
  readonly deliver: (key: WaitingConversation) => Promise<void>;
}): () => Promise<void> {
  const { database, queues, log } = services;
  const counties = rounds<WakeUp>((wakeUp) => wakeUp.jurisdictionId, COUNTIES_AT_ONCE);
  const conversations = rounds<WaitingConversation>((key) => key.conversationId, TAKEN_UP_AT_ONCE);
  const failed = (error: unknown) => log.error({ err: error }, "what the sweep took up failed and will be tried again");
  return async () => {
    const found: { receive: WakeUp[]; deliver: WaitingConversation[] } = { receive: [], deliver: [] };
    for (const county of await listCounties(database)) {
      const now = services.now();
      const unprocessedSince = new Date(now.getTime() - UNPROCESSED_MS);
      const waiting = await findWaiting(database, county.id, { now, unprocessedSince });
      if (waiting.receive !== null) found.receive.push(waiting.receive);
      found.deliver.push(...waiting.deliver);
    }
    const atMs = performance.now();
    const toReceive = counties(found.receive, atMs);
    const toDeliver = conversations(found.deliver, atMs);
    // A wake-up that still waits is not added again.
    await Promise.all([queues.announceReceive(found.receive), queues.announceDeliver(toDeliver.announce)]);
    for (const key of toReceive.runHere) services.receive(key).catch(failed);
    for (const key of toDeliver.runHere) services.deliver(key).catch(failed);
  };
}

/** Remembers what was announced when, for as long as it goes on waiting. */
function rounds<K>(nameOf: (key: K) => string, runAtOnce: number): Rounds<K> {
  let announcedAt = new Map<string, number>();
  return (keys, atMs) => {
    const next = new Map<string, number>();
    const announce: K[] = [];
    const runHere: K[] = [];
    for (const key of keys) {
      const name = nameOf(key);
      const before = announcedAt.get(name);
      const isDue = before === undefined || atMs - before >= REPEAT_MS;
      if (isDue) announce.push(key);
      if (isDue && before !== undefined && runHere.length < runAtOnce) runHere.push(key);
      next.set(name, isDue ? atMs : before);
    }
    announcedAt = next;
    return { announce, runHere };
  };
}
