import type { Random } from "../../src/demo/county/random.ts";
import type { FaultKind } from "../../src/demo/platforms/wechat/faults.ts";

/** The links that can break: each has a proxy of its own. */
const LINKS = ["postgres", "redis", "platform", "web"] as const;

export type LinkName = (typeof LINKS)[number];

/** What the nemesis does. */
export type Fault =
  | { readonly kind: "kill"; readonly role: Role; readonly index: number }
  | { readonly kind: "stall"; readonly role: Role; readonly index: number; readonly lastsMs: number }
  | { readonly kind: "clock-jump"; readonly role: Role; readonly index: number; readonly seconds: number }
  | { readonly kind: "rolling"; readonly role: Role; readonly index: number }
  | { readonly kind: "postgres-restart" }
  | { readonly kind: "redis-flush" }
  | { readonly kind: "redis-restart" }
  | { readonly kind: "redis-pause"; readonly lastsMs: number }
  | { readonly kind: "cut"; readonly link: LinkName }
  | { readonly kind: "delay"; readonly link: LinkName; readonly ms: number; readonly lastsMs: number }
  | { readonly kind: "half-open"; readonly link: LinkName; readonly newToo: boolean; readonly lastsMs: number }
  | { readonly kind: "platform"; readonly how: PlatformFault; readonly times: number }
  | { readonly kind: "disk-full"; readonly lastsMs: number }
  | { readonly kind: "poison" };

export type Role = "web" | "worker";

/** How calls of the platform go wrong; `errcode` names itself. */
export type PlatformFault = { readonly as: FaultKind; readonly errcode?: number; readonly delayMs?: number };

/** A fault, and before which deed it begins. */
export type FaultOrder = { readonly atDeed: number; readonly fault: Fault };

const PLATFORM_FAULTS: readonly [PlatformFault, ...PlatformFault[]] = [
  { as: "errcode", errcode: -1 },
  { as: "errcode", errcode: 40001 },
  { as: "errcode", errcode: 45009 },
  { as: "errcode", errcode: 45015 },
  { as: "http-500" },
  { as: "http-502" },
  { as: "accept-then-502" },
  { as: "accept-then-hang" },
  { as: "accept-then-reset" },
  { as: "hang" },
  { as: "reset" },
  { as: "garbled" },
  { as: "slow", delayMs: 2500 },
];

/**
 * Decides which faults come when: the kills that are asked for, spread evenly with some chance, and about as many other
 * faults, of every kind at least one.
 */
export function planFaults(random: Random, options: PlanOptions): FaultOrder[] {
  const { messages, kills } = options;
  const first = Math.min(20, Math.floor(messages / 10));
  const at = () => random.whole(first, Math.max(first, messages - 1));
  const killing = Array.from({ length: kills }, (_, index): FaultOrder => {
    const share = (messages - first) / Math.max(kills, 1);
    const atDeed = Math.min(messages - 1, first + Math.floor(share * (index + random.number())));
    return { atDeed, fault: { kind: "kill", ...process(random) } };
  });
  const others = kills === 0 ? [] : random.shuffled(otherFaults(random, options));
  const wanted = Math.max(others.length, kills);
  const rest = Array.from({ length: others.length === 0 ? 0 : wanted }, (_, index): FaultOrder[] => {
    const fault = index < others.length ? others[index] : random.pick(others as [Fault, ...Fault[]]);
    return fault === undefined ? [] : [{ atDeed: at(), fault }];
  });
  return [...killing, ...rest.flat()].sort((a, b) => a.atDeed - b.atDeed);
}

/** One of each kind. */
function otherFaults(random: Random, { backend, mayFillDisk }: PlanOptions): Fault[] {
  const lasting = (least: number, most: number) => ({ lastsMs: random.whole(least, most) });
  const links = LINKS.filter((link) => link !== "redis" || backend === "redis");
  return [
    { kind: "stall", ...process(random), ...lasting(1000, 4000) },
    { kind: "stall", role: "worker", index: 0, ...lasting(9000, 12_000) },
    { kind: "clock-jump", ...process(random), seconds: random.whole(5, 15) },
    { kind: "clock-jump", ...process(random), seconds: -random.whole(5, 15) },
    { kind: "rolling", role: "web", index: random.whole(0, 1) },
    { kind: "rolling", role: "worker", index: random.whole(0, 1) },
    { kind: "postgres-restart" },
    { kind: "poison" },
    ...links.flatMap((link): Fault[] => [
      { kind: "cut", link },
      { kind: "delay", link, ms: random.whole(50, 400), ...lasting(1000, 3000) },
      { kind: "half-open", link, newToo: random.number() < 0.5, ...lasting(1500, 4000) },
    ]),
    ...PLATFORM_FAULTS.map((how): Fault => ({ kind: "platform", how, times: random.whole(1, 2) })),
    ...(backend === "redis"
      ? ([{ kind: "redis-flush" }, { kind: "redis-restart" }, { kind: "redis-pause", ...lasting(1000, 3000) }] as const)
      : []),
    ...(mayFillDisk ? [{ kind: "disk-full", ...lasting(1500, 2500) } as const] : []),
  ];
}

function process(random: Random): { role: Role; index: number } {
  return { role: random.number() < 0.6 ? "worker" : "web", index: random.whole(0, 1) };
}

/** What a run is asked for. */
export type PlanOptions = {
  readonly seed: number;
  readonly messages: number;
  readonly kills: number;
  readonly backend: "postgres" | "redis";
  readonly mayFillDisk: boolean;
};
