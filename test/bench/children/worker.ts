import { pino } from "pino";
import { startService } from "../../../src/process/service.ts";
import type { BenchInstallation } from "../county.ts";
import { configOf } from "../installation.ts";
import { serveBenchmark, setup } from "./parent.ts";

/** One worker process, as `liaison work` runs it, toward a platform that the benchmark simulates. */
const { installation, apiBase } = setup<{ readonly installation: BenchInstallation; readonly apiBase: string }>();
const service = await startService(configOf(installation, { WECHAT_API_BASE: apiBase }), {
  role: "work",
  log: pino({ level: "silent" }),
  say: () => undefined,
});

serveBenchmark({ close: () => service.close() });
