import { spawnSync } from "node:child_process";
import { readdir, readFile, rm } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { processesOf, type RunProcess } from "./run-folder.ts";

/** How long what a run leaves may take to end by itself, or as it was asked to. */
const GRACE_MS = 3_000;

/** Cleans up after a run of the tests: it waits until the run ends or dies, and says what was left of one that ended. */
const [named = "", ended] = (await text(process.stdin)).split("\n");
const folders = named.split("\t").filter((folder) => folder !== "");
// Nobody reads this any more where the run died.
process.stdout.on("error", () => undefined);
if (ended === "done") {
  await untilGone();
  for (const { pid, command } of await ours()) process.stdout.write(`process ${pid}: ${command}\n`);
  for (const name of (await Promise.all(folders.map((folder) => readdir(folder)))).flat())
    process.stdout.write(`file ${name}\n`);
}
await endAll();
await unmountAll();
for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 10 });

/** What still runs of this run, each process once. */
async function ours(): Promise<RunProcess[]> {
  const found = (await Promise.all(folders.map(processesOf))).flat();
  return [...new Map(found.map((one) => [one.pid, one])).values()];
}

/** Waits for the processes of the run to end by themselves; resolves to whether they did. */
async function untilGone(): Promise<boolean> {
  for (const until = Date.now() + GRACE_MS; Date.now() < until; await pause(25))
    if ((await ours()).length === 0) return true;
  return false;
}

async function endAll(): Promise<void> {
  // Postgres gives its shared memory back at SIGQUIT, and only then.
  for (const { pid, command } of await ours()) end(pid, command.startsWith("postgres") ? "SIGQUIT" : "SIGKILL");
  while (!(await untilGone())) for (const { pid } of await ours()) end(pid, "SIGKILL");
}

/** Takes off the disks that a run mounted in its folder; only Linux names them. */
async function unmountAll(): Promise<void> {
  const mounts = process.platform === "linux" ? await readFile("/proc/mounts", "utf8") : "";
  for (const [, path = ""] of mounts.matchAll(/^\S+ (\S+)/gm))
    if (folders.some((folder) => path.startsWith(folder))) spawnSync("umount", [path]);
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
