import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "../src/main.js");
/** The processes that a test has started, until {@link killRunning} ends them. */
export const running: ChildProcess[] = [];

/** How a process ended, and what it said. */
type Ended = { readonly status: number | null; readonly out: string; readonly err: string };

/** A `liaison` command in a process of its own; `said` grows as it speaks. */
export type MainProcess = {
  readonly child: ChildProcess;
  readonly said: { readonly out: string; readonly err: string };
  readonly ended: Promise<Ended>;
};

/** Starts a `liaison` command in a process of its own, in an environment of these variables alone. */
export function startMain(args: readonly string[], variables: Record<string, string>): MainProcess {
  const { PATH, NODE_OPTIONS } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, NODE_OPTIONS, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    said.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.err += chunk;
  });
  const ended = new Promise<Ended>((resolve) => child.once("close", (status) => resolve({ status, ...said })));
  return { child, said, ended };
}

/** Kills what a test has started and left running; for the end of each test. */
export function killRunning(): void {
  for (const child of running.splice(0)) child.kill("SIGKILL");
}
