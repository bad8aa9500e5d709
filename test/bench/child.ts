import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Answer, Command } from "./children/parent.ts";

/** A program of ours in a process of its own, so that it has its own event loop and its own memory. */
export type Child = {
  /** What it said when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Asks it for something that it offers. @throws Error with its words when it failed */
  ask(what: string, about?: unknown): Promise<unknown>;
  /** Processor time that it has used, in milliseconds, and its memory in bytes. */
  usage(): Promise<{ readonly cpuMs: number; readonly rssBytes: number }>;
  /** Lets it close what it holds, and waits for its end. */
  stop(): Promise<void>;
};

const STOP_LIMIT_MS = 15_000;

/**
 * Starts `children/<name>.ts`.
 *
 * With `BENCH_PROFILE` set to a folder, the child writes a CPU profile there when it stops.
 * @throws Error when it ends before it is ready
 */
export async function startChild(name: string, setup: unknown, flags: readonly string[] = []): Promise<Child> {
  const script = fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
  const { BENCH_PROFILE } = process.env;
  const profiling = BENCH_PROFILE === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${BENCH_PROFILE}`];
  const child = fork(script, [JSON.stringify(setup)], {
    execArgv: [...profiling, ...flags],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  const failAll = (error: Error): void => {
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  const expect = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));

  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.once("close", (code) => failAll(new Error(`${name} ended with ${code}`)));
  child.on("message", (answer: Answer) => {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) one?.resolve(answer.value);
    else one?.reject(new Error(answer.reason));
  });
  const ask = (what: string, about?: unknown): Promise<unknown> => {
    last += 1;
    const command: Command = { id: last, what, about };
    const answer = expect(last);
    child.send(command);
    return answer;
  };
  const ready = (await expect(0)) as Record<string, unknown>;
  return {
    ready,
    ask,
    usage: async () => (await ask("usage")) as { cpuMs: number; rssBytes: number },
    async stop() {
      await Promise.race([ask("stop"), ended]).catch(() => undefined);
      await within(child, ended);
    },
  };
}

async function within(child: ChildProcess, ended: Promise<void>): Promise<void> {
  const limit = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await ended;
  clearTimeout(limit);
}
