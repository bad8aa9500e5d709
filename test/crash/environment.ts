import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { migrate } from "../../db/migrate.ts";
import { type SimulatedWechat, startWechat } from "../../src/demo/platforms/wechat.ts";
import { type TestRedis, testRedis } from "../redis.ts";
import { type TcpProxy, tcpProxy } from "../tcp-proxy.ts";
import { type CrashCluster, startCluster } from "./cluster.ts";
import { type Counties, installCounties } from "./counties.ts";
import { type Fleet, startFleet } from "./fleet.ts";
import { type Grid, startGrid } from "./grid.ts";
import type { LinkName } from "./plan-faults.ts";

/** All that a run stands on: real processes, a real Postgres, a real Redis, a simulated platform, a proxy on every link. */
export type Environment = {
  readonly cluster: CrashCluster;
  readonly counties: Counties;
  readonly wechat: SimulatedWechat;
  /** The case system to which deputies hand over. */
  readonly grid: Grid;
  readonly fleet: Fleet;
  readonly redis: CrashRedis | null;
  link(name: LinkName): TcpProxy;
  /** Leads webhooks to the next web process that is ready. */
  turnWeb(): void;
  /** Milliseconds since the beginning. */
  now(): number;
  /** The time on the service's and the platform's clocks, without the small errors of single processes. */
  serviceNow(): Date;
  /** Puts all clocks forward by a day and an hour; every process dies of it. */
  nextDay(): void;
  /** Puts all clocks forward to a moment; every process dies of it. */
  passTo(moment: Date): void;
  /** @returns processes that did not stop when asked to */
  stopService(): Promise<string[]>;
  close(): Promise<void>;
};

/** A Redis that can be struck down; it keeps nothing over a restart. */
type CrashRedis = { restart(): Promise<void>; flush(): Promise<void>; pause(ms: number): Promise<void> };

/** WeChat repeats a callback that got no answer; its own pause is not documented. */
const RETRY_AFTER_MS = 1000;
const NEXT_DAY_MS = 25 * 3_600_000;

/**
 * @param options.logs where the logs of the processes are copied to in the end; nowhere when left out
 * @param options.opened is given what lets go of everything, before anything is opened
 */
export async function openEnvironment(options: {
  readonly backend: "postgres" | "redis";
  readonly onSmallDisk: boolean;
  readonly logs: string | undefined;
  readonly opened: (close: () => Promise<void>) => void;
}): Promise<Environment> {
  const startedAt = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "liaison-crash-"));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  let closing: Promise<void> | null = null;
  const closeAll = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const close = () => {
    closing ??= closeAll();
    return closing;
  };
  options.opened(close);
  try {
    const logs = join(folder, "logs");
    await mkdir(logs);
    const { logs: kept } = options;
    if (kept !== undefined) undo.push(() => cp(logs, kept, { recursive: true }));
    const cluster = await startCluster(folder, options.onSmallDisk);
    undo.push(cluster.close);
    await migrate(cluster.url());
    const grid = await startGrid();
    undo.push(grid.close);
    const counties = await installCounties(cluster.url(), folder, grid);
    const wechat = await startWechat({ accounts: counties.accounts, retryAfterMs: RETRY_AFTER_MS });
    undo.push(wechat.close);
    const links = new Map<LinkName, TcpProxy>();
    const proxy = async (name: LinkName, port: number) => {
      const made = await tcpProxy(port);
      links.set(name, made);
      undo.push(made.close);
      return made;
    };
    const toPostgres = await proxy("postgres", Number(new URL(cluster.url()).port));
    const toPlatform = await proxy("platform", Number(new URL(wechat.url).port));
    const toWeb = await proxy("web", 9);
    const redis = options.backend === "redis" ? await openRedis(undo) : null;
    const toRedis = redis === null ? null : await proxy("redis", redis.port);
    const fleet = startFleet({
      logs,
      environment: {
        PATH: process.env.PATH ?? "",
        DATABASE_URL: toPostgres.through(cluster.url()),
        ...(toRedis === null ? {} : { REDIS_URL: `redis://127.0.0.1:${toRedis.port}` }),
        LIAISON_SECRET: counties.secret,
        LIAISON_DATA: join(folder, "data"),
        WECHAT_API_BASE: toPlatform.through(wechat.url).replace(/\/$/, ""),
        PUBLIC_URL: `http://127.0.0.1:${toWeb.port}`,
        LOG_LEVEL: "info",
      },
    });
    let isStopped = false;
    let offsetMs = 0;
    const stopService = async () => {
      isStopped = true;
      return fleet.close();
    };
    undo.push(async () => (isStopped ? [] : stopService()));
    const pass = (ms: number): void => {
      const seconds = Math.ceil(ms / 1000);
      offsetMs += seconds * 1000;
      wechat.advanceClock(seconds * 1000);
      fleet.jumpAll(seconds);
    };
    for (const { name } of counties.accounts) {
      wechat.setWebhook(name, `http://127.0.0.1:${toWeb.port}/webhooks/wechat-official/${name}`);
    }
    return {
      cluster,
      counties,
      wechat,
      grid,
      fleet,
      redis,
      link(name) {
        const found = links.get(name);
        if (found === undefined) throw new Error(`there is no link to ${name}`);
        return found;
      },
      turnWeb() {
        const port = fleet.nextWebPort();
        if (port !== null) toWeb.retarget(port);
      },
      now: () => performance.now() - startedAt,
      serviceNow: () => new Date(Date.now() + offsetMs),
      nextDay: () => pass(NEXT_DAY_MS),
      passTo: (moment) => pass(moment.getTime() - Date.now() - offsetMs),
      stopService,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openRedis(undo: (() => Promise<unknown>)[]): Promise<CrashRedis & { readonly port: number }> {
  let server: TestRedis = await testRedis();
  const port = Number(new URL(server.url).port);
  undo.push(() => server.close());
  const tell = async (...words: [string, ...string[]]) => {
    const client = new Redis(server.url, { maxRetriesPerRequest: 5 });
    try {
      await client.call(...words);
    } finally {
      client.disconnect();
    }
  };
  return {
    port,
    async restart() {
      await server.close();
      server = await testRedis(port);
    },
    flush: () => tell("FLUSHALL"),
    pause: (ms) => tell("CLIENT", "PAUSE", String(ms), "ALL"),
  };
}
