import type { Config } from "../config.ts";
import { createLog } from "../log.ts";
import { withTimeout } from "../with-timeout.ts";
import type { ExitStatus, Output } from "./output.ts";
import { beginServer } from "./server.ts";
import type { Role, Service, startService } from "./service.ts";

/** Whoever stops processes kills those that take longer than ten seconds. */
const STOP_LIMIT_MS = 9000;

/**
 * Runs `liaison start`, `serve` or `work` until SIGINT or SIGTERM, or until its database has ended for good, then ends
 * what is under way.
 *
 * What has not ended in time is left as a killed process leaves it: unheard messages are found by the next sweep, calls
 * that are out become uncertain when their lease ends. Whoever is still starting stops too, also where the start hangs.
 */
export async function runService({ err }: Pick<Output, "err">, config: Config, role: Role): Promise<ExitStatus> {
  const log = createLog(config.logLevel);
  process.on("unhandledRejection", (error) => log.error({ err: error }, "something failed that nobody waited for"));
  const stopped = stopSignal(config);
  const lost = Promise.withResolvers<Error>();
  const starting = beginService(config, { role, log, say: err }, lost.resolve);
  const started = await Promise.race([starting, stopped]);
  if (typeof started !== "string") {
    log.info({ role, url: started.url }, "ready");
    if (role !== "work") err(`Liaison listens on ${started.url}`);
    else err(started.url === null ? "Liaison works." : `Liaison works. Its metrics are on ${started.url}`);
  }
  const end = await Promise.race([stopped, lost.promise]);
  if (end instanceof Error) err(end.message);
  else log.info({ signal: end }, "stopping");
  try {
    await withTimeout(
      STOP_LIMIT_MS,
      starting.then((service) => service.close()),
    );
    log.info("stopped");
  } catch (error) {
    log.warn({ err: error }, "stopped before all had ended");
  }
  // Whoever supervises this process starts it anew, and with it the database.
  return end instanceof Error ? 1 : 0;
}

/** Loads the service while its database starts. */
async function beginService(
  config: Config,
  options: Parameters<typeof startService>[1],
  onLost: (error: Error) => void,
): Promise<Service> {
  const { opened: server } = await beginServer(config, { asService: options.role === "start", say: options.say });
  server.then(
    ({ lost }) => lost.then(onLost),
    () => undefined,
  );
  const { startService } = await import("./service.ts");
  return startService(config, { ...options, server });
}

const PARENT_PAUSE_MS = 250;
/** A Ctrl+C under npm arrives twice, from the terminal and from npm; only somebody's second one means it. */
const SAME_SIGNAL_MS = 1500;

/**
 * Resolves with the first signal to stop; another one, later, ends the process at once.
 *
 * npm hands a signal to the shell between it and us, and that shell ends at it without any message: where npm started us, the
 * end of our parent is a signal too.
 */
export function stopSignal({ startedByNpm }: Pick<Config, "startedByNpm">): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAt: number | null = null;
    let watching: NodeJS.Timeout | undefined;
    const stop = (signal: NodeJS.Signals) => {
      clearInterval(watching);
      if (firstAt === null) {
        firstAt = performance.now();
        resolve(signal);
      } else if (performance.now() - firstAt > SAME_SIGNAL_MS) {
        process.exit(1);
      }
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    if (!startedByNpm) return;
    const parent = process.ppid;
    watching = setInterval(() => {
      if (process.ppid !== parent) stop("SIGTERM");
    }, PARENT_PAUSE_MS);
    watching.unref();
  });
}
