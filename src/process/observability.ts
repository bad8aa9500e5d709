import type { Logger } from "pino";
import type { Database } from "../../db/database.ts";
import type { Queues } from "../../workers/queues.ts";
import type { Config } from "../config.ts";
import { createFailures, type SessionLookup } from "../http/auth.ts";
import type { ClientAddress } from "../http/client-address.ts";
import type { MetricsServices } from "../http/metrics.ts";
import { createTokenCache } from "../http/token-cache.ts";
import { createMetrics, type Metrics } from "../observe/metrics.ts";
import type { StartedTracing } from "../observe/tracing.ts";
import { createWaitingGauges } from "../observe/waiting.ts";
import { askEdge } from "./edge-client.ts";
import { lastBackupAt } from "./last-backup.ts";

/** The observability of a process: metrics always, traces where the configuration says to where. */
export type Watch = {
  readonly metrics: Metrics;
  /** Null: nobody follows messages, and nothing of it is loaded. */
  readonly tracing: StartedTracing | null;
  close(): Promise<void>;
};

/** Opens the observability of this process. */
export async function openWatch(config: Pick<Config, "traces">, log: Logger): Promise<Watch> {
  const tracing =
    config.traces === null ? null : (await import("../observe/tracing.ts")).startTracing(config.traces, log);
  return {
    metrics: createMetrics(),
    tracing,
    close: async () => tracing?.close(),
  };
}

/** The services behind `/metrics`. */
export function metricsServices(
  { metrics }: Watch,
  services: {
    readonly database: Database;
    readonly queues: Pick<Queues, "depth">;
    readonly now: () => Date;
    readonly log: Logger;
    readonly dataFolder: string;
    readonly edge: Config["edge"];
    readonly timeZone: string;
    readonly addressOf: ClientAddress;
    readonly sessions?: SessionLookup;
  },
): MetricsServices {
  const { database, queues, now, log, dataFolder, edge, timeZone, addressOf, sessions } = services;
  return {
    guard: {
      tokens: createTokenCache({ database, now }),
      failures: createFailures(),
      addressOf,
      sessions,
      log,
    },
    metrics,
    gauges: createWaitingGauges({
      database,
      now,
      timeZone,
      depth: queues.depth,
      lastBackupAt: () => lastBackupAt(dataFolder),
      ...(edge?.url != null && { doors: askEdge({ secret: edge.secret, url: edge.url }).state }),
    }),
  };
}
