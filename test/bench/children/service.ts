import { pino } from "pino";
import { startService } from "../../../src/process/service.ts";
import type { BenchInstallation } from "../county.ts";
import { configOf } from "../installation.ts";
import { serveBenchmark, setup } from "./parent.ts";

/** The whole service in one process, as `liaison start` runs it, toward a platform that the benchmark simulates. */
const { installation, apiBase } = setup<{ readonly installation: BenchInstallation; readonly apiBase: string }>();
const service = await startService(configOf(installation, { WECHAT_API_BASE: apiBase }), {
  role: "start",
  log: pino({ level: "silent" }),
  say: () => undefined,
});

serveBenchmark({
  ready: { url: service.url ?? "" },
  on: {
    /** What is left after a collection; with `--expose-gc`. */
    heap: () => {
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    },
  },
  close: () => service.close(),
});
