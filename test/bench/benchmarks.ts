import { answerTime } from "./answer-time.ts";
import { consoleBenchmark, consoleFiguresBenchmark, consoleSearchBenchmark } from "./console.ts";
import { consoleLiveBenchmark } from "./console-live.ts";
import { consoleMapBenchmark } from "./console-map.ts";
import { consolePageBenchmark } from "./console-page.ts";
import { dryRunBenchmark } from "./dry-run.ts";
import type { Environment } from "./environment.ts";
import { importBenchmark } from "./import.ts";
import { ingress, ingressPeer, ingressStateless } from "./ingress.ts";
import { ingressTail } from "./ingress-tail.ts";
import { locateBenchmark } from "./locate.ts";
import type { Effort, Line } from "./measure.ts";
import { remindersBenchmark } from "./reminders.ts";
import { routing } from "./routing.ts";
import { rulesBenchmark } from "./rules.ts";
import { scale } from "./scale.ts";
import { start } from "./start.ts";
import { understandingBenchmark } from "./understanding.ts";

type Benchmark = (environment: Environment, effort: Effort) => Promise<Line[]>;

/** Every benchmark that there is, by the name that quality.md gives it. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  ingress,
  "ingress-peer": ingressPeer,
  "ingress-stateless": ingressStateless,
  "ingress-tail": ingressTail,
  routing,
  "answer-time": answerTime,
  locate: locateBenchmark,
  rules: rulesBenchmark,
  "dry-run": dryRunBenchmark,
  console: consoleBenchmark,
  "console-search": consoleSearchBenchmark,
  "console-figures": consoleFiguresBenchmark,
  "console-page": consolePageBenchmark,
  "console-map": consoleMapBenchmark,
  "console-live": consoleLiveBenchmark,
  start,
  import: importBenchmark,
  scale,
  reminders: remindersBenchmark,
  understanding: understandingBenchmark,
};
