import type { Step } from "./console-steps.ts";

/** What needs Node itself, a database or a queue: the edge has none of them. */
const NOT_THERE = [
  ...["node:fs", "node:fs/**", "node:net", "node:http", "node:child_process", "node:worker_threads"],
  ...["drizzle-orm", "drizzle-orm/**", "postgres", "pg", "ioredis", "hono", "hono/**", "pino", "zod"],
];

const STEPS: readonly Step[] = [
  { "cloudflare.d.ts": "the part of the platform's types that is used" },
  { "environment.ts": "settings, secrets and accounts" },
  { "door.ts": "the line of one account" },
  { "webhook.ts": "what platforms send", "control.ts": "what the service asks" },
];

/** The parts of the ladder that run elsewhere than the service: on Cloudflare Workers, in front of the webhooks. */
export const EDGE_PARTS = [
  {
    path: "src/edge",
    about:
      "the receiving side of the channels on Cloudflare Workers: a line for each account, in front of the webhooks",
    mayImport: ["src/domain", "src/edge-protocol.ts", "src/channels"],
    refuses: NOT_THERE,
    steps: STEPS,
  },
  {
    path: "src/edge.ts",
    about: "the program of the edge: which request is whose",
    mayImport: ["src/edge-protocol.ts", "src/edge"],
    refuses: NOT_THERE,
  },
];
