import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { type Binaries, moveUnlessThere, type Runner } from "./binaries.ts";
import { choosePort, keepPort } from "./port.ts";

const run = promisify(execFile);
const PASSWORD_FILE = "liaison.password";
const LOG_FILE = "liaison.log";
const START_LIMIT_MS = 60_000;

/** A cluster of the embedded Postgres: its folder, the programs that run it, and under which user. */
export type Cluster = { readonly folder: string; readonly binaries: Binaries; readonly runner: Runner };

/** The content of the lock file of a running Postgres: process, port and state. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly ready: boolean };

/**
 * Creates an empty cluster with its own random password; does nothing when there is one.
 *
 * It is made beside its place and moved there when it is finished, so that a process that dies, or another that does the
 * same at the same time, leaves no half of one behind.
 * @param durable false for tests: nothing is flushed to the disk
 */
export async function createCluster(cluster: Cluster, durable = true): Promise<void> {
  const { folder, binaries, runner } = cluster;
  const half = join(dirname(folder), `.postgres.${randomBytes(6).toString("hex")}`);
  const passwordFile = `${half}.password`;
  await mkdir(half, { recursive: true, mode: 0o700 });
  try {
    await writeFile(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
    if (runner !== null) {
      await chown(half, runner.uid, runner.gid);
      await chown(passwordFile, runner.uid, runner.gid);
    }
    const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    const access = ["--username=liaison", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    const flags = [`--pgdata=${half}`, ...access, ...locale, ...(durable ? [] : ["--no-sync"])];
    await initialise(binaries, runner, flags);
    const kept = join(half, PASSWORD_FILE);
    await writeFile(kept, await readFile(passwordFile), { mode: 0o600 });
    if (runner !== null) await chown(kept, runner.uid, runner.gid);
    await moveUnlessThere(half, folder);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(half, { recursive: true, force: true });
  }
}

async function initialise(binaries: Binaries, runner: Runner, flags: readonly string[]): Promise<void> {
  try {
    await run(binaries.initdb, flags, { ...runner, cwd: "/" });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr ?? "";
    throw new Error(`The embedded Postgres could not make its files: ${lastWords(said)}`, { cause: error });
  }
}

/** A server that was just launched and may not take connections yet. */
export type LaunchedPostmaster = {
  /** When it takes connections; null when another process is starting or running this cluster. */
  readonly ready: Promise<Postmaster | null>;
};

/**
 * Starts the server of a cluster on 127.0.0.1, on the port of last time where it is free, and waits until it takes connections.
 *
 * The server is a process group of its own: a Ctrl-C meant for us does not reach it before we have closed our
 * connections, and it outlives us when we are killed.
 * @param flags more settings, as `name=value`
 * @returns null when another process is starting or running this cluster
 * @throws Error with the server's own words when it does not start
 */
export async function startPostmaster(cluster: Cluster, flags: readonly string[] = []): Promise<Postmaster | null> {
  return (await launchPostmaster(cluster, flags)).ready;
}

/**
 * Starts a server as `startPostmaster` does, without waiting for it; somebody must wait for `ready`, which may fail.
 */
export async function launchPostmaster(cluster: Cluster, flags: readonly string[] = []): Promise<LaunchedPostmaster> {
  const port = await choosePort(cluster.folder);
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", ...flags].flatMap((flag) => ["-c", flag]);
  const logPath = join(cluster.folder, LOG_FILE);
  const log = await open(logPath, "a", 0o600);
  try {
    const start = (await log.stat()).size;
    const child = spawn(cluster.binaries.postgres, ["-D", cluster.folder, "-p", String(port), ...settings], {
      ...cluster.runner,
      cwd: "/",
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    return {
      ready: untilReady(cluster, child, async () => (await readFile(logPath)).subarray(start).toString("utf8")),
    };
  } finally {
    await log.close();
  }
}

async function untilReady(
  cluster: Cluster,
  child: ChildProcess,
  words: () => Promise<string>,
): Promise<Postmaster | null> {
  let failure: Error | null = null;
  child.once("error", (error) => {
    failure = error;
  });
  child.unref();
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    const postmaster = await readPostmaster(cluster.folder);
    if (postmaster?.ready && postmaster.pid === child.pid) {
      await keepPort(cluster.folder, postmaster.port);
      return postmaster;
    }
    if (failure !== null || child.exitCode !== null || child.signalCode !== null) {
      const said = await words();
      if (/lock file "postmaster.pid"|pre-existing shared memory block/.test(said)) return null;
      throw new Error(`The embedded Postgres did not start: ${lastWords(said)}`, { cause: failure });
    }
    await pause(15);
  }
  throw new Error(`The embedded Postgres did not start within ${START_LIMIT_MS / 1000} seconds.`);
}

function lastWords(log: string): string {
  const lines = log.split("\n").filter((line) => /FATAL|PANIC|error:|ERROR|HINT/.test(line));
  return lines.at(-1) ?? log.trim().split("\n").at(-1) ?? "it said nothing.";
}

/**
 * The server that runs this cluster now, by Postgres's own lock file; null when none does, or the file is half written.
 */
export async function readPostmaster(folder: string): Promise<Postmaster | null> {
  let text: string;
  try {
    text = await readFile(join(folder, "postmaster.pid"), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const lines = text.split("\n").map((line) => line.trim());
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!(pid > 0 && port > 0)) return null;
  return { pid, port, ready: lines[7] === "ready" };
}

/** Stops the server: running transactions are rolled back, everything committed is on the disk when this returns. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  if ((await readPostmaster(cluster.folder)) === null) return;
  const flags = ["stop", "-D", cluster.folder, "-m", "fast", "-w", "-t", "60"];
  try {
    await run(cluster.binaries.pgCtl, flags, { ...cluster.runner, cwd: "/" });
  } catch (error) {
    if ((await readPostmaster(cluster.folder)) !== null) throw error;
  }
}

/** The url of a running cluster's database. */
export async function clusterUrl(cluster: Cluster, port: number, database = "postgres"): Promise<string> {
  const password = (await readFile(join(cluster.folder, PASSWORD_FILE), "utf8")).trim();
  return `postgres://liaison:${password}@127.0.0.1:${port}/${database}`;
}

/** Gives the runner of a cluster the right to write in `folder`, which is created when it is missing. */
export async function giveTo(folder: string, runner: Runner): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (runner === null) return;
  await chown(folder, runner.uid, runner.gid);
  await chmod(folder, 0o755);
}
