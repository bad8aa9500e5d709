import { Gauge, Registry } from "prom-client";
import type { Database } from "../../db/database.ts";
import { CHECKUPS, type Checkup, lastCheckups } from "../casework/audit/checkups.ts";
import { countWaiting, type WaitingCount, type WaitingCounts } from "../casework/backlog/counts.ts";
import { type County, listCounties } from "../casework/county/counties.ts";
import { type CalendarNow, calendarNow } from "../casework/county/settings.ts";
import { type AccountState, accountStates } from "../casework/office/channel-accounts.ts";
import type { DoorState } from "../edge-protocol.ts";
import { withTimeout } from "../with-timeout.ts";

/** The depth of each queue: its jobs, by state. */
export type QueueDepth = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The gauges of what waits, from the database and the queue. */
export type WaitingGauges = {
  /**
   * In the text format of Prometheus. Where the database or the queue does not answer it says so, and leaves out what
   * only they know.
   * @param jurisdictionId for the figures of one county alone, without those of the queue
   */
  read(jurisdictionId?: string): Promise<string>;
};

type Watched = County & {
  readonly waiting: WaitingCounts;
  readonly checkups: readonly Checkup[];
  readonly accounts: readonly AccountState[];
  readonly calendar: CalendarNow;
};
type Snapshot = {
  readonly counties: readonly Watched[] | null;
  readonly depth: QueueDepth | null;
  readonly backupAt: Date | null;
  /** Null where the edge does not answer, undefined where there is none to ask. */
  readonly doors: readonly DoorState[] | null | undefined;
  readonly at: Date;
};

/** Whoever asks sooner gets the same snapshot: asking often must cost nothing. */
const FRESH_MS = 5000;
const LIMIT_MS = 4000;

/**
 * The gauges of an installation; they are the same in every process.
 * @param services.depth of the queue
 * @param services.doors what waits at the edge; left out where there is none to ask
 * @param services.lastBackupAt null when there was none; it does not throw
 */
export function createWaitingGauges(services: {
  readonly database: Database;
  readonly now: () => Date;
  readonly timeZone: string;
  readonly depth: () => Promise<QueueDepth>;
  readonly doors?: () => Promise<readonly DoorState[]>;
  readonly lastBackupAt: () => Promise<Date | null>;
}): WaitingGauges {
  const { now, depth, doors, lastBackupAt } = services;
  let last: { readonly atMs: number; readonly snapshot: Promise<Snapshot> } | null = null;

  const look = async (): Promise<Snapshot> => {
    const [counties, jobs, backupAt, atEdge] = await Promise.all([
      withTimeout(LIMIT_MS, countAll(services)).catch(() => null),
      withTimeout(LIMIT_MS, depth()).catch(() => null),
      lastBackupAt(),
      doors && withTimeout(LIMIT_MS, doors()).catch(() => null),
    ]);
    return { counties, depth: jobs, backupAt, doors: atEdge, at: now() };
  };

  return {
    async read(jurisdictionId) {
      if (last === null || performance.now() - last.atMs > FRESH_MS) {
        last = { atMs: performance.now(), snapshot: look() };
      }
      return draw(await last.snapshot, jurisdictionId);
    },
  };
}

async function countAll(services: {
  readonly database: Database;
  readonly now: () => Date;
  readonly timeZone: string;
}): Promise<Watched[]> {
  const { database } = services;
  const counted: Watched[] = [];
  for (const county of await listCounties(database)) {
    const waiting = await countWaiting(database, county.id, services.now());
    const checkups = await lastCheckups(database, county.id);
    const calendar = await calendarNow(services, county.id);
    counted.push({ ...county, waiting, checkups, accounts: await accountStates(database, county.id), calendar });
  }
  return counted;
}

function draw(snapshot: Snapshot, jurisdictionId: string | undefined): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  gauge("liaison_database_up", "Whether the database answers").set(snapshot.counties === null ? 0 : 1);
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
  const ended = gauge("liaison_deliveries_ended_badly", "Deliveries of the last day that failed or are uncertain", [
    "county",
    "reason",
  ]);
  const unlinked = gauge("liaison_events_unlinked", "Events that the ledger's chain does not cover yet", ["county"]);
  const checked = {
    at: gauge(
      "liaison_checkup_last_seconds",
      "When a night's part of the ledger, or all of it, was last verified; 0 for never",
      ["county", "kind"],
    ),
    isGood: gauge(
      "liaison_checkup_good",
      "Whether nothing that was found stands uncleared; 1 also where it was never done",
      ["county", "kind"],
    ),
  };
  const refused = gauge("liaison_account_refused", "Whether the platform refuses the account direct messages", [
    "channel",
    "account",
  ]);
  const behind = gauge(
    "liaison_pull_behind_seconds",
    "How long messages have lain at the platform that could not be fetched, or nobody could look; 0 where all was fetched",
    ["channel", "account"],
  );
  const calendars = {
    days: gauge("liaison_calendar_known_days", "For how many days ahead the calendar knows days off and make-up days", [
      "county",
    ]),
    missing: gauge("liaison_calendar_missing", "Whether somebody has to enter the days off of a year now", ["county"]),
  };
  for (const { id, code, waiting: counts, checkups, accounts, calendar } of snapshot.counties ?? []) {
    if (jurisdictionId !== undefined && id !== jurisdictionId) continue;
    for (const kind of ["messages", "deliveries"] as const) {
      for (const [reason, count] of Object.entries(counts[kind])) {
        const labels = { county: code, reason };
        waiting[kind].set(labels, count.count);
        oldest[kind].set(labels, ageSeconds(count, snapshot.at));
      }
    }
    for (const [reason, count] of Object.entries(counts.endedBadly)) ended.set({ county: code, reason }, count);
    unlinked.set({ county: code }, counts.unlinkedEvents);
    calendars.days.set({ county: code }, calendar.daysLeft);
    calendars.missing.set({ county: code }, calendar.missing === null ? 0 : 1);
    for (const { channel, name, isRefused, behindSince } of accounts) {
      refused.set({ channel, account: name }, isRefused ? 1 : 0);
      behind.set({ channel, account: name }, ageSeconds({ oldest: behindSince }, snapshot.at));
    }
    for (const kind of CHECKUPS) {
      const last = checkups.find((one) => one.kind === kind);
      checked.at.set({ county: code, kind }, last === undefined ? 0 : last.at.getTime() / 1000);
      checked.isGood.set({ county: code, kind }, last?.isGood === false ? 0 : 1);
    }
  }
  if (jurisdictionId !== undefined) return registry.metrics();
  gauge("liaison_queue_up", "Whether the queue answers").set(snapshot.depth === null ? 0 : 1);
  gauge("liaison_backup_last_seconds", "When the last backup was made; 0 for never").set(
    (snapshot.backupAt?.getTime() ?? 0) / 1000,
  );
  drawDoors(snapshot.doors, gauge);
  const jobs = gauge("liaison_queue_jobs", "Jobs that the queue holds, by state", ["queue", "state"]);
  for (const [queue, states] of Object.entries(snapshot.depth ?? {})) {
    for (const [state, count] of Object.entries(states)) jobs.set({ queue, state }, count);
  }
  return registry.metrics();
}

/** The edge has the real clock, whatever was done to ours. Where there is none to ask, nothing has a value. */
function drawDoors(
  doors: readonly DoorState[] | null | undefined,
  gauge: (name: string, help: string, labelNames?: string[]) => Gauge,
): void {
  const up = gauge("liaison_edge_up", "Whether the edge says how much waits there");
  if (doors === undefined) up.remove();
  else up.set(doors === null ? 0 : 1);
  const labels = ["channel", "account"];
  const waiting = gauge("liaison_edge_waiting", "Requests that wait at the edge", labels);
  const oldest = gauge("liaison_edge_oldest_seconds", "Age of the oldest request at the edge, 0 without", labels);
  const refused = gauge("liaison_edge_refused", "Requests of the edge that the service refused", labels);
  for (const { channel, account, ...door } of doors ?? []) {
    waiting.set({ channel, account }, door.waiting);
    oldest.set({ channel, account }, door.oldestSeconds);
    refused.set({ channel, account }, door.refused);
  }
}

function ageSeconds({ oldest }: Pick<WaitingCount, "oldest">, now: Date): number {
  return oldest === null ? 0 : Math.max(0, (now.getTime() - oldest.getTime()) / 1000);
}
