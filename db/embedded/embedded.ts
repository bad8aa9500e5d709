import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import {
  type Cluster,
  clusterUrl,
  createCluster,
  type LaunchedPostmaster,
  launchPostmaster,
  readPostmaster,
  startPostmaster,
  stopPostmaster,
} from "./cluster.ts";
import { type Hold, type Kept, keepServer } from "./keep.ts";
import { placeCluster } from "./place.ts";

/**
 * A process's hold on the embedded database: it runs as long as some process holds it, and is started again where it ends before.
 *
 * All other connections must be closed before `close`; the last process that lets go stops the server.
 */
export type Embedded = Kept;

/** How a process needs it. */
type EmbeddedOptions = {
  /** The data folder, absolute. */
  readonly folder: string;
  /** True for the service itself, of which there is one per data folder. */
  readonly asService: boolean;
  /** Is given sentences that the operator should read. */
  readonly say: (sentence: string) => void;
};

/** Held in common by every process that needs the server; whoever gets it alone is the last one. */
const USERS_LOCK = 7_204_113_907;
/** Held by the one service of a data folder. */
const SERVICE_LOCK = 7_204_113_908;
const OPEN_LIMIT_MS = 90_000;
const LAST_CONNECTIONS_MS = 2000;

/**
 * Joins the server that runs in this data folder, or creates and starts one.
 *
 * Who may use or stop the server is decided by locks inside it, which a dying process cannot leave behind: a server whose
 * processes were all killed is simply joined by the next one.
 * @throws Error with a plain sentence when the service runs already, or there is no way to run a server here
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  return (await beginEmbedded(options)).opened;
}

/**
 * Begins what `openEmbedded` does, without waiting for Postgres, which starts as a process of its own: the caller can
 * do something else meanwhile.
 */
export async function beginEmbedded(options: EmbeddedOptions): Promise<{ readonly opened: Promise<Embedded> }> {
  const cluster = await placeCluster(options.folder, options.say);
  if (!(await isCluster(cluster))) await createCluster(cluster);
  const launched = (await readPostmaster(cluster.folder)) === null ? await launchPostmaster(cluster) : null;
  const opened = joinOrStart(cluster, launched, options).then((hold) =>
    keepServer(hold, () => joinOrStart(cluster, null, options), options.say),
  );
  return { opened };
}

async function joinOrStart(
  cluster: Cluster,
  launched: LaunchedPostmaster | null,
  options: EmbeddedOptions,
): Promise<Hold> {
  const limit = Date.now() + OPEN_LIMIT_MS;
  await launched?.ready;
  while (Date.now() < limit) {
    const running = await readPostmaster(cluster.folder);
    const joined = running?.ready ? await joinServer(cluster, running.port, options) : null;
    if (joined !== null) return joined;
    // One that is stopping still has its port, on which the next one is to listen.
    if (running !== null && (await isServer(cluster, running.pid))) await pause(50);
    // Does nothing while a server is alive: Postgres's own lock file decides.
    else if ((await startPostmaster(cluster)) === null) await pause(50);
  }
  throw new Error(
    `The database in ${cluster.folder} neither answers nor stops: see liaison.log there, and end its process ${(await readPostmaster(cluster.folder))?.pid ?? ""}.`,
  );
}

/** @returns null when there is nothing to join: the server stopped, or is about to */
async function joinServer(cluster: Cluster, port: number, options: EmbeddedOptions): Promise<Hold | null> {
  const url = await clusterUrl(cluster, port);
  const ended = Promise.withResolvers<void>();
  const client = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => undefined,
    connection: { application_name: `liaison ${process.pid}` },
    onclose: () => ended.resolve(),
  });
  try {
    await client`select pg_advisory_lock_shared(${USERS_LOCK})`;
  } catch {
    // Refused, of another server, or shut down while we waited: not a server to join, whatever the reason.
    await client.end({ timeout: 0 });
    return null;
  }
  if (options.asService) {
    const [service] = await client<{ free: boolean }[]>`select pg_try_advisory_lock(${SERVICE_LOCK}) as free`;
    if (!service?.free) {
      const holder = await nameHolder(client);
      await leave(cluster, client);
      throw new Error(
        `Liaison runs on ${options.folder} already${holder}: stop it first, or set LIAISON_DATA to another folder.`,
      );
    }
  }
  return { url, ended: ended.promise, leave: () => leave(cluster, client) };
}

async function nameHolder(client: postgres.Sql): Promise<string> {
  const [holder] = await client<{ name: string }[]>`
    select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted and (l.classid::bigint << 32) + l.objid::bigint = ${SERVICE_LOCK}`;
  return holder === undefined ? "" : ` (process ${holder.name.replace("liaison ", "")})`;
}

async function leave(cluster: Cluster, client: postgres.Sql): Promise<void> {
  try {
    if (await isLast(client)) await stopPostmaster(cluster);
  } finally {
    await client.end({ timeout: 1 });
  }
}

/** True with the users' lock held alone, so that nobody joins until the server has stopped. */
async function isLast(client: postgres.Sql): Promise<boolean> {
  await client`select pg_advisory_unlock_all()`;
  const [users] = await client<{ none: boolean }[]>`select pg_try_advisory_lock(${USERS_LOCK}) as none`;
  if (!users?.none) return false;
  // Connections that were closed a moment ago take some time to go; whoever stays longer is using the server.
  const limit = Date.now() + LAST_CONNECTIONS_MS;
  while (Date.now() < limit) {
    const [others] = await client<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid()
        and application_name !~ '^liaison \\d+$'`;
    if (others?.count === 0) return true;
    await pause(20);
  }
  return false;
}

async function isCluster(cluster: Cluster): Promise<boolean> {
  try {
    return (await stat(join(cluster.folder, "PG_VERSION"))).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/**
 * Whether the process that Postgres's lock file names is a server; the file is removed where it is surely none. After a crash
 * that number may belong to another program, or to a zombie process; Postgres would take both for one.
 * @returns false, too, where only Postgres itself can tell
 */
async function isServer(cluster: Cluster, pid: number): Promise<boolean> {
  if (process.platform !== "linux") return false;
  let status: string;
  try {
    status = await readFile(`/proc/${pid}/stat`, "utf8");
  } catch {
    return false; // The process is gone, which Postgres sees by itself.
  }
  if (status.includes("(postgres) ") && !status.includes("(postgres) Z")) return true;
  await rm(join(cluster.folder, "postmaster.pid"), { force: true });
  return false;
}
