import { setTimeout as pause } from "node:timers/promises";
import type { Environment } from "./environment.ts";
import type { FaultDone } from "./history.ts";
import type { Fault, LinkName, PlatformFault } from "./plan-faults.ts";
import { plantPoison } from "./poison.ts";

/** Whoever breaks things, and writes down what was broken. */
export type Nemesis = {
  /** Begins a fault; returns at once. */
  strike(fault: Fault): void;
  /** Ends all that lasts, and resolves when everything that was broken stands again but the service itself. */
  relent(): Promise<void>;
  done(): readonly FaultDone[];
  /** Dedupe keys of what was planted. */
  poison(): readonly string[];
};

/** What one worker may have on its way to the platform (workers/start.ts). */
const CALLS_AT_ONCE = 32;
const BOTH_WORKERS = 2 * CALLS_AT_ONCE;
const LOSING: ReadonlySet<PlatformFault["as"]> = new Set([
  "accept-then-hang",
  "accept-then-reset",
  "hang",
  "reset",
  "garbled",
  "accept-then-502",
  "http-502",
]);

/** @returns a nemesis that has done nothing yet */
export function createNemesis(environment: Environment): Nemesis {
  const done: FaultDone[] = [];
  const lasting = new Set<Promise<void>>();
  const poison: string[] = [];
  // Postgres is struck by one hand at a time.
  let postgres = Promise.resolve();

  const overPostgres = (work: () => Promise<void>): Promise<void> => {
    const next = postgres.then(work);
    postgres = next.catch(() => undefined);
    return next;
  };
  const restore = async (port: Promise<number>): Promise<void> => environment.link("postgres").retarget(await port);

  const apply = async (fault: Fault): Promise<string | null> => {
    switch (fault.kind) {
      case "kill":
        environment.fleet.kill(fault.role, fault.index);
        return null;
      case "stall":
        await environment.fleet.stall(fault.role, fault.index, fault.lastsMs);
        return null;
      case "clock-jump":
        environment.fleet.jump(fault.role, fault.index, fault.seconds);
        return null;
      case "rolling":
        return environment.fleet.roll(fault.role, fault.index);
      case "postgres-restart":
        await overPostgres(() => restore(environment.cluster.strike()));
        return null;
      case "disk-full":
        await overPostgres(() => fillDisk(environment, fault.lastsMs, restore));
        return null;
      case "redis-flush":
        await environment.redis?.flush();
        return null;
      case "redis-restart":
        await environment.redis?.restart();
        return null;
      case "redis-pause":
        await environment.redis?.pause(fault.lastsMs);
        await pause(fault.lastsMs);
        return null;
      case "cut":
      case "delay":
      case "half-open":
        await breakLink(environment, fault);
        return null;
      case "platform":
        environment.wechat.fail({ path: "/cgi-bin/message/", times: fault.times, ...platformFault(fault.how) });
        return null;
      case "poison":
        poison.push(await plantPoison(environment, poison.length));
        return null;
    }
  };

  return {
    strike(fault) {
      const at = environment.now();
      const work = apply(fault).then(
        (trouble) => note(trouble),
        (error) => note(error instanceof Error ? error.message : String(error)),
      );
      const note = (trouble: string | null): void => {
        lasting.delete(work);
        const { kind, target, mayLose } = described(fault);
        done.push({ kind, target, at, until: environment.now(), mayLose, trouble });
      };
      lasting.add(work);
    },
    async relent() {
      environment.wechat.clearFaults();
      await Promise.all(lasting);
      await environment.cluster.emptyDisk();
      await restore(environment.cluster.ensureUp());
    },
    done: () => done,
    poison: () => poison,
  };
}

async function fillDisk(
  { cluster }: Environment,
  lastsMs: number,
  restore: (port: Promise<number>) => Promise<void>,
): Promise<void> {
  await cluster.fillDisk?.();
  await pause(lastsMs);
  await cluster.emptyDisk();
  await restore(cluster.ensureUp());
}

type LinkFault = Extract<Fault, { kind: "cut" | "delay" | "half-open" }>;

async function breakLink(environment: Environment, fault: LinkFault): Promise<void> {
  const proxy = environment.link(fault.link);
  switch (fault.kind) {
    case "cut":
      proxy.cut();
      return;
    case "delay":
      proxy.delay(fault.ms);
      await pause(fault.lastsMs);
      proxy.delay(0);
      return;
    case "half-open":
      proxy.halfOpen({ newToo: fault.newToo });
      await pause(fault.lastsMs);
      proxy.resume();
  }
}

function platformFault({ as: kind, errcode, delayMs }: PlatformFault) {
  return { kind, ...(errcode === undefined ? {} : { errcode }), ...(delayMs === undefined ? {} : { delayMs }) };
}

function described(fault: Fault): Pick<FaultDone, "kind" | "target" | "mayLose"> {
  switch (fault.kind) {
    case "kill":
    case "stall":
    case "clock-jump":
    case "rolling": {
      const mayLose = fault.role === "worker" && fault.kind !== "rolling" ? CALLS_AT_ONCE : 0;
      return { kind: fault.kind, target: `${fault.role} ${fault.index}`, mayLose };
    }
    case "cut":
    case "delay":
    case "half-open":
      return { kind: fault.kind, target: `link to ${fault.link}`, mayLose: lostBy(fault.kind, fault.link) };
    case "platform": {
      const { as, errcode } = fault.how;
      const target = errcode === undefined ? as : String(errcode);
      return { kind: "platform", target, mayLose: LOSING.has(as) ? fault.times : 0 };
    }
    case "postgres-restart":
    case "disk-full":
      return { kind: fault.kind, target: "postgres", mayLose: BOTH_WORKERS };
    case "redis-flush":
    case "redis-restart":
    case "redis-pause":
      return { kind: fault.kind, target: "redis", mayLose: 0 };
    case "poison":
      return { kind: "poison", target: "inbox", mayLose: 0 };
  }
}

/** What is out when a link breaks; while it is half open, as many again. */
function lostBy(kind: LinkFault["kind"], link: LinkName): number {
  if (kind === "delay" || link === "redis" || link === "web") return 0;
  return kind === "cut" ? BOTH_WORKERS : 2 * BOTH_WORKERS;
}
