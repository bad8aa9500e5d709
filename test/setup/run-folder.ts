import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, readlink } from "node:fs/promises";
import { tmpdir } from "node:os";
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

/** Whether this process, or one that it stems from, has made the folder of the run. */
export function isInRunFolder(): boolean {
  return process.env[FOLDER] !== undefined;
}

/**
 * Makes the folder of this run, and starts a process that cleans up after the run however it ends: that process has a
 * group of its own, so that Ctrl-C does not reach it, and notices by the end of a pipe that this one is no more.
 */
export async function openRunFolder(): Promise<RunFolder> {
  const path = await mkdtemp(join(tmpdir(), "liaison-run-"));
  // Postgres runs as another user where we are root.
  await chmod(path, 0o755);
  const cleaner: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, "cleaner.ts")], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const left = text(cleaner.stdout!);
  cleaner.stdin!.write(`${path}\n`);
  process.env.TMPDIR = path;
  process.env[FOLDER] = path;
  return {
    path,
    async close() {
      cleaner.stdin!.end("done\n");
      return (await left).split("\n").filter((line) => line !== "");
    },
  };
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
