import type { Ground } from "./ground.ts";
import { ingress, ingressPeer } from "./ingress.ts";
import { ingressTail } from "./ingress-tail.ts";
import type { Effort, Line } from "./measure.ts";
import { routing } from "./routing.ts";

type Benchmark = (ground: Ground, effort: Effort) => Promise<Line[]>;

/** Every benchmark that there is, by the name that quality.md gives it. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  ingress,
  "ingress-peer": ingressPeer,
  "ingress-tail": ingressTail,
  routing,
};
