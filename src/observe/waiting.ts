import { Gauge, Registry } from "prom-client";
import type { Database } from "../../db/database.ts";
import { type County, listCounties } from "../casework/counties.ts";
import { countWaiting, type WaitingCount, type WaitingCounts } from "../casework/waiting-counts.ts";
import { inTime } from "../in-time.ts";

/** How many jobs a queue holds, by state. */
export type QueueDepth = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Answers "is anybody waiting?", from the database and the queue. */
export type WaitingGauges = {
  /**
   * In the text format of Prometheus. Where the database or the queue does not answer it says so, and leaves out what
   * only they know.
   * @param jurisdictionId for the figures of one county alone, without those of the queue
   */
  read(jurisdictionId?: string): Promise<string>;
};

type Picture = {
  readonly counties: readonly (County & { readonly waiting: WaitingCounts })[] | null;
  readonly depth: QueueDepth | null;
  readonly at: Date;
};

/** Whoever asks sooner gets the same picture: asking often must cost nothing. */
const FRESH_MS = 5000;
const LIMIT_MS = 4000;

/**
 * The gauges of an installation; they are the same in every process.
 * @param services.depth of the queue
 */
export function createWaitingGauges(services: {
  readonly database: Database;
  readonly now: () => Date;
  readonly depth: () => Promise<QueueDepth>;
}): WaitingGauges {
  const { database, now, depth } = services;
  let last: { readonly atMs: number; readonly picture: Promise<Picture> } | null = null;

  const look = async (): Promise<Picture> => {
    const [counties, jobs] = await Promise.all([
      inTime(LIMIT_MS, countAll(database, now())).catch(() => null),
      inTime(LIMIT_MS, depth()).catch(() => null),
    ]);
    return { counties, depth: jobs, at: now() };
  };

  return {
    async read(jurisdictionId) {
      if (last === null || performance.now() - last.atMs > FRESH_MS) {
        last = { atMs: performance.now(), picture: look() };
      }
      return draw(await last.picture, jurisdictionId);
    },
  };
}

async function countAll(database: Database, now: Date): Promise<NonNullable<Picture["counties"]>> {
  const counted: (County & { waiting: WaitingCounts })[] = [];
  for (const county of await listCounties(database)) {
    counted.push({ ...county, waiting: await countWaiting(database, county.id, now) });
  }
  return counted;
}

function draw(picture: Picture, jurisdictionId: string | undefined): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  gauge("liaison_database_up", "Whether the database answers").set(picture.counties === null ? 0 : 1);
  const waiting = {
    messages: gauge("liaison_messages_waiting", "Messages not heard yet, by reason", ["county", "reason"]),
    deliveries: gauge("liaison_deliveries_waiting", "Messages that have not left, by reason", ["county", "reason"]),
  };
  const oldest = {
    messages: gauge("liaison_messages_oldest_seconds", "Age of the oldest message not heard, 0 where there is none", [
      "county",
      "reason",
    ]),
    deliveries: gauge("liaison_deliveries_oldest_seconds", "Age of the oldest message that has not left, 0 without", [
      "county",
      "reason",
    ]),
  };
  const ended = gauge("liaison_ended_badly", "Within a day: messages put aside, deliveries failed or uncertain", [
    "county",
    "reason",
  ]);
  for (const { id, code, waiting: counts } of picture.counties ?? []) {
    if (jurisdictionId !== undefined && id !== jurisdictionId) continue;
    for (const kind of ["messages", "deliveries"] as const) {
      for (const [reason, count] of Object.entries(counts[kind])) {
        const labels = { county: code, reason };
        waiting[kind].set(labels, count.count);
        oldest[kind].set(labels, ageSeconds(count, picture.at));
      }
    }
    for (const [reason, count] of Object.entries(counts.endedBadly)) ended.set({ county: code, reason }, count);
  }
  if (jurisdictionId !== undefined) return registry.metrics();
  gauge("liaison_queue_up", "Whether the queue answers").set(picture.depth === null ? 0 : 1);
  const jobs = gauge("liaison_queue_jobs", "Jobs that the queue holds, by state", ["queue", "state"]);
  for (const [queue, states] of Object.entries(picture.depth ?? {})) {
    for (const [state, count] of Object.entries(states)) jobs.set({ queue, state }, count);
  }
  return registry.metrics();
}

function ageSeconds({ oldest }: WaitingCount, now: Date): number {
  return oldest === null ? 0 : Math.max(0, (now.getTime() - oldest.getTime()) / 1000);
}
