import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { canEnter, canRun, chooseRunner, copyBinaries, findBinaries } from "../../db/embedded/binaries.ts";
import {
  type Cluster,
  clusterUrl,
  createCluster,
  giveTo,
  startPostmaster,
  stopPostmaster,
} from "../../db/embedded/cluster.ts";
import { migrate } from "../../db/migrate.ts";
import { hasRedis, type TestRedis, testRedis } from "../redis.ts";

/** What the benchmarks of one run share: a Postgres with the settings of production, and Redis where there is one. */
export type Environment = {
  /** A migrated database of its own; `from` names one that it shall be a copy of. */
  database(from?: string): Promise<string>;
  /** A fresh Redis that keeps nothing; null where `redis-server` is not on the PATH. */
  redis(): Promise<TestRedis | null>;
  /** A folder that the user of Postgres can enter, gone after the run. */
  folder(): Promise<string>;
  close(): Promise<void>;
};

/** As the service starts it: fsync, synchronous_commit and full_page_writes on, no setting changed. */
const SETTINGS: readonly string[] = [];
const TEMPLATE = "bench_template";

/** Opens a ground; the server starts when the first database is asked for. */
export function openEnvironment(): Environment {
  const folders: string[] = [];
  const redises: TestRedis[] = [];
  let server: Promise<{ url: string; cluster: Cluster }> | null = null;

  const folder = async (): Promise<string> => {
    const made = await mkdtemp(join(tmpdir(), "liaison-bench-"));
    folders.push(made);
    await giveTo(made, await chooseRunner());
    return made;
  };
  const start = async (): Promise<{ url: string; cluster: Cluster }> => {
    const parent = await folder();
    const runner = await chooseRunner();
    if (!canEnter(parent, runner)) throw new Error(`The user of Postgres cannot enter ${parent}: set TMPDIR.`);
    const found = findBinaries();
    const binaries = canRun(found, runner) ? found : await copyBinaries(found, parent);
    const cluster = { folder: join(parent, "postgres"), binaries, runner };
    await createCluster(cluster);
    const postmaster = await startPostmaster(cluster, SETTINGS);
    if (postmaster === null) throw new Error("Another server took the cluster of the benchmarks.");
    const url = await clusterUrl(cluster, postmaster.port);
    await create(url, TEMPLATE, null);
    await migrate(withName(url, TEMPLATE));
    return { url, cluster };
  };

  return {
    folder,
    async database(from) {
      server ??= start();
      const { url } = await server;
      const name = `bench_${randomBytes(6).toString("hex")}`;
      await create(url, name, from === undefined ? TEMPLATE : new URL(from).pathname.slice(1));
      return withName(url, name);
    },
    async redis() {
      if (!hasRedis) return null;
      const redis = await testRedis();
      redises.push(redis);
      return redis;
    },
    async close() {
      for (const redis of redises) await redis.close();
      if (server !== null) await stopPostmaster((await server).cluster);
      for (const made of folders) await rm(made, { recursive: true, force: true });
    },
  };
}

async function create(url: string, name: string, template: string | null): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await client.unsafe(`create database ${name}${template === null ? "" : ` template ${template}`}`);
  } finally {
    await client.end();
  }
}

function withName(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}
