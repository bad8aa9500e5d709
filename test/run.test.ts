import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { processesOf } from "./setup/run-folder.ts";

const ROOT = join(import.meta.dirname, "..");
const LIMIT = { timeout: 60_000, interval: 50 };

type Run = { readonly pid: number; readonly said: { out: string }; readonly ended: Promise<number | null> };
const running: Run[] = [];

const AS_NPM_TEST = ["test/run.ts"];
/** As whoever runs vitest itself does. */
const AS_VITEST = [
  "--input-type=module",
  "-e",
  'const { startVitest } = await import("vitest/node"); await startVitest("test", [], { run: true, include: [process.argv[1]] })',
];

/** Runs one file, as `npm test` does unless said otherwise, in a group of processes of its own, as a shell does. */
function run(file: string, how: readonly string[] = AS_NPM_TEST, place = process.env.TMPDIR): Run {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [...how, file], {
    cwd: ROOT,
    env: { PATH, TMPDIR: place, NODE_COMPILE_CACHE },
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = { out: "" };
  child.stdout.on("data", (chunk) => {
    said.out += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const one = { pid: child.pid!, said, ended };
  running.push(one);
  return one;
}

/** Ends a group of processes, which may have ended by itself before what it said is read to its end. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGTERM");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

afterEach(async () => {
  for (const { pid, ended } of running.splice(0)) {
    endGroup(pid);
    await ended;
  }
});

/** The folder of a run that has come to its middle. */
async function folderOf({ said }: Run): Promise<string> {
  await expect.poll(() => said.out, LIMIT).toMatch(/In the middle of .+\.\n/);
  return /In the middle of (.+)\.\n/.exec(said.out)?.[1] ?? "";
}

async function expectNothingLeft(folder: string): Promise<void> {
  await expect.poll(() => processesOf(folder), LIMIT).toEqual([]);
  await expect.poll(() => existsSync(folder), LIMIT).toBe(false);
}

describe("nothing is left of a run, no process, no database, no folder", () => {
  test.each<[string, (run: Run) => void, readonly string[]]>([
    ["that a person ends with Ctrl-C", ({ pid }) => process.kill(-pid, "SIGINT"), AS_NPM_TEST],
    ["whose runner is killed", ({ pid }) => process.kill(pid, "SIGKILL"), AS_NPM_TEST],
    ["of vitest itself that is killed", ({ pid }) => process.kill(pid, "SIGKILL"), AS_VITEST],
    ["of vitest itself that a time limit ends", ({ pid }) => process.kill(pid, "SIGTERM"), AS_VITEST],
  ])("%s in the middle", async (_how, end, how) => {
    const one = run("test/setup/unfinished.ts", how);
    const folder = await folderOf(one);
    const commands = (await processesOf(folder)).map(({ command }) => command);
    expect(commands).toEqual(
      expect.arrayContaining([expect.stringMatching(/^postgres/), expect.stringContaining("-e")]),
    );
    end(one);
    await expectNothingLeft(folder);
  });

  test.each<[string, readonly string[], string, NodeJS.Signals]>([
    [
      "a benchmark that a time limit ends",
      ["test/bench/main.ts", "--short", "--out", "/dev/null"],
      "routing",
      "SIGTERM",
    ],
    ["a crash run that is killed", ["test/crash/main.ts", "--backend", "postgres", "--seed"], "1", "SIGKILL"],
  ])("of %s", async (_what, how, last, signal) => {
    const place = await mkdtemp(join(tmpdir(), "liaison-measured-"));
    await chmod(place, 0o755);
    const one = run(last, how, place);
    const isPostgres = expect.arrayContaining([
      expect.objectContaining({ command: expect.stringMatching(/^postgres/) }),
    ]);
    await expect.poll(() => processesOf(place), LIMIT).toEqual(isPostgres);
    process.kill(one.pid, signal);
    await expect.poll(() => processesOf(place), LIMIT).toEqual([]);
    await expect.poll(() => readdir(place), LIMIT).toEqual([]);
    await rm(place, { recursive: true });
  });

  test("whose tests leave something: it says what that was, and counts it as failed", async () => {
    const one = run("test/setup/untidy.ts");
    const folder = await folderOf(one);
    expect(await one.ended).toBe(1);
    expect(one.said.out).toMatch(/Left behind by a test, and cleaned up: process \d+: node -e setInterval/);
    expect(one.said.out).toMatch(/Left behind by a test, and cleaned up: file liaison-untidy-/);
    expect(one.said.out).toMatch(/^1 passed, 2 failed$/m);
    await expectNothingLeft(folder);
  });
});
