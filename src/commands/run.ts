import type { Config } from "../config.ts";
import { createLog } from "../log.ts";
import type { ExitStatus, Output } from "./output.ts";
import { type Role, startService } from "./service.ts";

/** `liaison start`, `serve` and `work`: runs until SIGINT or SIGTERM, then ends what is under way. */
export async function runService({ err }: Pick<Output, "err">, config: Config, role: Role): Promise<ExitStatus> {
  const log = createLog(config.logLevel);
  process.on("unhandledRejection", (error) => log.error({ err: error }, "something failed that nobody waited for"));
  const stopped = stopSignal();
  const service = await startService(config, { role, log, say: err });
  log.info({ role, url: service.url }, "ready");
  err(service.url === null ? "Liaison works." : `Liaison listens on ${service.url}`);
  const signal = await stopped;
  log.info({ signal }, "stopping");
  await service.close();
  log.info("stopped");
  return 0;
}

/** Resolves with the first signal to stop; the second ends the process at once, as if nobody had listened. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
      resolve(signal);
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
