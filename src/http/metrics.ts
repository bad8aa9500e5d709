import { Hono } from "hono";
import { type Metrics, PROMETHEUS_TEXT } from "../observe/metrics.ts";
import type { WaitingGauges } from "../observe/waiting.ts";
import { type CallerEnv, type Guard, identify } from "./auth.ts";

/** The services behind `/metrics`. */
export type MetricsServices = {
  readonly guard: Guard;
  readonly metrics: Metrics;
  readonly gauges: WaitingGauges;
};

/**
 * The page `/metrics` in Prometheus' text format.
 *
 * An operator runs the installation and sees all of it: numbers by county, and of this process. An auditor belongs to one
 * county and sees who waits there.
 */
export function metricsPage({ guard, metrics, gauges }: MetricsServices): Hono<CallerEnv> {
  return new Hono<CallerEnv>().get("/metrics", identify(guard, { roles: ["operator", "auditor"] }), async (c) => {
    const { role, jurisdictionId } = c.get("caller");
    const parts =
      role === "operator" ? await Promise.all([gauges.read(), metrics.read()]) : [await gauges.read(jurisdictionId)];
    return c.body(parts.join("\n"), 200, { "content-type": PROMETHEUS_TEXT, "cache-control": "no-store" });
  });
}
