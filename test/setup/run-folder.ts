import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, readlink, statfs } from "node:fs/promises";
import { freemem, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";

/** The folder in which everything that one run of the tests makes lies: it is the run's TMPDIR. */
export type RunFolder = {
  readonly path: string;
  /**
   * Ends what still runs in it and removes it.
   * @returns what the tests had left, a process or a file a line; nothing where they are as they should be
   */
  close(): Promise<string[]>;
};

/** Names the folder of the run to all of its processes. */
const FOLDER = "LIAISON_TEST_RUN";
/** Names the run's folder on the disk that it would have had without memory. */
const DISK = "LIAISON_TEST_DISK";
/** Linux's file system in memory: a database's thousand files are made there in a tenth of the time. */
const MEMORY = "/dev/shm";
const MEMORY_BYTES = 6 * 2 ** 30;

/** Whether this process, or one that it stems from, has made the folder of the run. */
export function isInRunFolder(): boolean {
  return process.env[FOLDER] !== undefined;
}

/** The run's folder on disk, where what is linked from the repository has its place. */
export function diskFolder(): string {
  return process.env[DISK] ?? tmpdir();
}

/**
 * Makes the folder of this run, and starts a process that cleans up after the run however it ends: that process has a
 * group of its own, so that Ctrl-C does not reach it, and notices by the end of a pipe that this one is no more.
 * @param options.mayBeInMemory whether the folder may lie in memory, where there is enough and nobody named another place by TMPDIR
 */
export async function openRunFolder(options: { readonly mayBeInMemory?: boolean } = {}): Promise<RunFolder> {
  const disk = await mkdtemp(join(tmpdir(), "liaison-run-"));
  const isInMemory = options.mayBeInMemory === true && process.env.TMPDIR === undefined && (await hasMemory());
  const path = isInMemory ? await mkdtemp(join(MEMORY, "liaison-run-")) : disk;
  const folders = [...new Set([path, disk])];
  // Postgres runs as another user where we are root.
  for (const folder of folders) await chmod(folder, 0o755);
  const cleaner: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, "cleaner.ts")], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const left = text(cleaner.stdout!);
  cleaner.stdin!.write(`${folders.join("\t")}\n`);
  process.env.TMPDIR = path;
  process.env[DISK] = disk;
  process.env[FOLDER] = path;
  return {
    path,
    async close() {
      cleaner.stdin!.end("done\n");
      return (await left).split("\n").filter((line) => line !== "");
    },
  };
}

/** Whether there is room in memory for files that may be run. */
async function hasMemory(): Promise<boolean> {
  if (process.platform !== "linux") return false;
  const mounts = await readFile("/proc/mounts", "utf8");
  const options =
    mounts
      .split("\n")
      .find((line) => line.split(" ")[1] === MEMORY)
      ?.split(" ")[3] ?? "noexec";
  if (options.split(",").some((option) => option === "noexec" || option === "ro")) return false;
  const { bavail, bsize } = await statfs(MEMORY);
  return bavail * bsize >= MEMORY_BYTES && freemem() >= MEMORY_BYTES;
}

/** A process that belongs to a run. */
export type RunProcess = { readonly pid: number; readonly command: string };

/**
 * The processes of a run: those that run in its folder, or were told of it by their arguments or their environment.
 * Only Linux tells this of a process; elsewhere none is found.
 */
export async function processesOf(folder: string): Promise<RunProcess[]> {
  const found: RunProcess[] = [];
  for (const name of process.platform === "linux" ? await readdir("/proc") : []) {
    const pid = Number(name);
    if (!(pid > 0) || pid === process.pid) continue;
    const read = (what: string) => readFile(join("/proc", name, what), "utf8").catch(() => "");
    const [command, environment, place] = await Promise.all([
      read("cmdline"),
      read("environ"),
      readlink(join("/proc", name, "cwd")).catch(() => ""),
    ]);
    if (!`${command}\0${environment}\0${place}`.includes(folder)) continue;
    const [program = "", ...rest] = command.split("\0");
    found.push({ pid, command: [basename(program), ...rest].join(" ").trim() });
  }
  return found;
}
