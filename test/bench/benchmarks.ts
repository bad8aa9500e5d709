import type { Ground } from "./ground.ts";
import { ingress, ingressPeer } from "./ingress.ts";
import type { Effort, Line } from "./measure.ts";

type Benchmark = (ground: Ground, effort: Effort) => Promise<Line[]>;

/** Every benchmark that there is, by the name that quality.md gives it. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  ingress,
  "ingress-peer": ingressPeer,
};
