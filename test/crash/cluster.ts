import { execFile, spawnSync } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import { canEnter, canRun, chooseRunner, copyBinaries, findBinaries } from "../../db/embedded/binaries.ts";
import {
  type Cluster,
  clusterUrl,
  createCluster,
  giveTo,
  readPostmaster,
  startPostmaster,
  stopPostmaster,
} from "../../db/embedded/cluster.ts";

const run = promisify(execFile);

/** A Postgres of its own with the settings of production, which can be struck down. */
export type CrashCluster = {
  /** Past every proxy; changes with each start. */
  url(): string;
  /** Ends it as a power cut would, and starts it again; resolves with the new port. */
  strike(): Promise<number>;
  /** No byte more fits on its disk; null where that could not be arranged. */
  readonly fillDisk: (() => Promise<void>) | null;
  emptyDisk(): Promise<void>;
  /** Starts it again where it gave up; resolves with its port. */
  ensureUp(): Promise<number>;
  close(): Promise<void>;
};

/** Beside `postgres` of the service: fsync, synchronous_commit and full_page_writes are on, as everywhere. */
const SETTINGS = ["max_connections=200"];
const DISK_SIZE = "3g";
const MOST_SLACK = 16_000_000;
const UP_LIMIT_MS = 60_000;

/** Whether a disk of a few megabytes can be mounted here; needs the rights of root. */
export function canMount(): boolean {
  return process.getuid?.() === 0 && spawnSync("mount", ["--version"]).status === 0;
}

/**
 * Makes and starts a cluster below a folder.
 * @param onSmallDisk puts its files on a disk in memory that can be filled up
 */
export async function startCluster(folder: string, onSmallDisk: boolean): Promise<CrashCluster> {
  const disk = join(folder, "disk");
  await mkdir(disk);
  const isMounted = onSmallDisk && (await mountDisk(disk));
  const leave = async () => {
    if (isMounted) await run("umount", [disk]);
    await rm(disk, { recursive: true, force: true });
  };
  try {
    return await startOn(disk, folder, isMounted, leave);
  } catch (error) {
    await leave();
    throw error;
  }
}

async function startOn(
  disk: string,
  folder: string,
  isMounted: boolean,
  leave: () => Promise<void>,
): Promise<CrashCluster> {
  const runner = await chooseRunner();
  await giveTo(folder, runner);
  await giveTo(disk, runner);
  if (!canEnter(disk, runner)) throw new Error(`The user of Postgres cannot enter ${disk}: set TMPDIR.`);
  const found = findBinaries();
  const binaries = canRun(found, runner) ? found : await copyBinaries(found, folder);
  const cluster: Cluster = { folder: join(disk, "postgres"), binaries, runner };
  await createCluster(cluster);
  let port = await start(cluster);
  let url = await clusterUrl(cluster, port);
  const restart = async () => {
    port = await start(cluster);
    url = await clusterUrl(cluster, port);
    return port;
  };
  const resize = (size: string) => run("mount", ["-o", `remount,size=${size}`, disk]);
  return {
    url: () => url,
    async strike() {
      await stopNow(cluster);
      return restart();
    },
    fillDisk: isMounted ? () => shrink(disk, resize) : null,
    async emptyDisk() {
      if (isMounted) await resize(DISK_SIZE);
    },
    async ensureUp() {
      for (const until = performance.now() + UP_LIMIT_MS; performance.now() < until; await pause(100)) {
        if (await answers(url)) return port;
        if (!(await isRunning(cluster))) await restart();
      }
      throw new Error("Postgres did not come back.");
    },
    async close() {
      await stopPostmaster(cluster);
      await leave();
    },
  };
}

async function mountDisk(disk: string): Promise<boolean> {
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${DISK_SIZE}`, "tmpfs", disk]);
    return true;
  } catch {
    return false;
  }
}

async function start(cluster: Cluster): Promise<number> {
  const postmaster = await startPostmaster(cluster, SETTINGS);
  if (postmaster === null) throw new Error("Another server took the cluster of the crash run.");
  return postmaster.port;
}

async function stopNow({ binaries, folder, runner }: Cluster): Promise<void> {
  await run(binaries.pgCtl, ["stop", "-D", folder, "-m", "immediate", "-w"], { ...runner, cwd: "/" });
}

/** Leaves almost nothing free; what is written at the same moment may need another try. */
async function shrink(disk: string, resize: (size: string) => Promise<unknown>): Promise<void> {
  for (let slack = 16_384; ; slack *= 4) {
    try {
      await resize(String((await usedBytes(disk)) + slack));
      return;
    } catch (error) {
      if (slack > MOST_SLACK) throw error;
    }
  }
}

async function usedBytes(disk: string): Promise<number> {
  const { stdout } = await run("df", ["--output=used", "-B1", disk]);
  return Number(stdout.trim().split("\n").at(-1));
}

async function isRunning({ folder }: Cluster): Promise<boolean> {
  const postmaster = await readPostmaster(folder);
  if (postmaster === null) return false;
  try {
    process.kill(postmaster.pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
  try {
    await client`create temporary table can_write (one int)`;
    return true;
  } catch {
    return false;
  } finally {
    await client.end({ timeout: 1 });
  }
}
