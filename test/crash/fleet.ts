import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Role } from "./plan-faults.ts";

/** The processes of the service under test: two that take webhooks, two that work. Whoever dies is started again. */
export type Fleet = {
  /** The next web process that is ready, in turn; null while there is none. */
  nextWebPort(): number | null;
  kill(role: Role, index: number): void;
  stall(role: Role, index: number, lastsMs: number): Promise<void>;
  /** Sets the clock of one process off by so many seconds, from its next start, which is now. */
  jump(role: Role, index: number, seconds: number): void;
  /**
   * Starts another process beside one, and lets that one stop when the new one, or whoever followed it, is ready.
   * @returns what went wrong, null when nothing did
   */
  roll(role: Role, index: number): Promise<string | null>;
  /** Kills all at once and starts all again with their clocks put forward. */
  jumpAll(seconds: number): void;
  /** Resolves when every process is ready. @throws Error after `limitMs` */
  ready(limitMs: number): Promise<void>;
  /** How often processes ended although nobody had killed them, by what they said last. */
  fallen(): ReadonlyMap<string, number>;
  /** Asks all to stop. @returns those that did not within ten seconds */
  close(): Promise<string[]>;
};

type Member = { readonly child: ChildProcess; port: number | null; isReady: boolean; isDoomed: boolean; words: string };
type Slot = { readonly role: Role; readonly index: number; offsetS: number; member: Member };

const MAIN = fileURLToPath(new URL("../../src/main.js", import.meta.url));
const STOP_LIMIT_MS = 11_000;
const ROLL_LIMIT_MS = 60_000;
const RESTART_PAUSE_MS = 300;

/**
 * Starts the processes.
 * @param options.environment what they are given besides their port and clock
 * @param options.logs a folder for their logs
 */
export function startFleet(options: {
  readonly environment: Readonly<Record<string, string>>;
  readonly logs: string;
}): Fleet {
  const fallen = new Map<string, number>();
  let isClosing = false;
  let commonS = 0;
  let turn = 0;
  const open: Member[] = [];

  const launch = (slot: Pick<Slot, "role" | "index" | "offsetS">): Member => {
    const log = createWriteStream(join(options.logs, `${slot.role}-${slot.index}.log`), { flags: "a" });
    const member = spawnMember(slot, options.environment, log);
    open.push(member);
    member.child.once("exit", (code, signal) => {
      log.end(`--- ended: ${code ?? signal}\n`);
      open.splice(open.indexOf(member), 1);
      member.isReady = false;
      if (!member.isDoomed) {
        const words = member.words.trim().split("\n").at(-1) ?? "";
        fallen.set(words, (fallen.get(words) ?? 0) + 1);
      }
      const current = slots.find((one) => one.member === member);
      if (current === undefined || isClosing) return;
      void pause(member.isDoomed ? 0 : RESTART_PAUSE_MS).then(() => {
        if (!isClosing && current.member === member) replace(current);
      });
    });
    return member;
  };
  const replace = (slot: Slot): void => {
    slot.member = launch(slot);
  };
  const slots: Slot[] = [];
  for (const role of ["web", "worker"] as const) {
    for (const index of [0, 1]) {
      const at = { role, index, offsetS: 0 };
      slots.push({ ...at, member: launch(at) });
    }
  }
  const slotOf = (role: Role, index: number): Slot => {
    const slot = slots.find((one) => one.role === role && one.index === index);
    if (slot === undefined) throw new Error(`there is no ${role} ${index}`);
    return slot;
  };
  const kill = (role: Role, index: number): void => {
    const { member } = slotOf(role, index);
    member.isDoomed = true;
    member.child.kill("SIGKILL");
  };

  return {
    nextWebPort() {
      const ready = slots.flatMap(({ member }) => (member.isReady && member.port !== null ? [member.port] : []));
      turn += 1;
      return ready[turn % ready.length] ?? null;
    },
    kill,
    async stall(role, index, lastsMs) {
      const { member } = slotOf(role, index);
      member.child.kill("SIGSTOP");
      await pause(lastsMs);
      member.child.kill("SIGCONT");
    },
    jump(role, index, seconds) {
      slotOf(role, index).offsetS = commonS + seconds;
      kill(role, index);
    },
    async roll(role, index) {
      const slot = slotOf(role, index);
      const old = slot.member;
      replace(slot);
      const until = performance.now() + ROLL_LIMIT_MS;
      while (!slot.member.isReady && performance.now() < until) await pause(50);
      const isReady = slot.member.isReady;
      const trouble = await stop(old);
      return isReady ? trouble : "the new one did not become ready";
    },
    jumpAll(seconds) {
      commonS += seconds;
      for (const slot of slots) {
        slot.offsetS += seconds;
        kill(slot.role, slot.index);
      }
    },
    async ready(limitMs) {
      const until = performance.now() + limitMs;
      while (!slots.every(({ member }) => member.isReady)) {
        if (performance.now() > until) throw new Error(`The service is not ready after ${limitMs} ms.`);
        await pause(50);
      }
    },
    fallen: () => fallen,
    async close() {
      isClosing = true;
      const troubles = await Promise.all([...open].map(stop));
      return troubles.flatMap((trouble) => (trouble === null ? [] : [trouble]));
    },
  };
}

function spawnMember(
  { role, index, offsetS }: Pick<Slot, "role" | "index" | "offsetS">,
  environment: Readonly<Record<string, string>>,
  log: WriteStream,
): Member {
  const clock = `${offsetS < 0 ? "-" : ""}PT${Math.abs(offsetS)}S`;
  const child = spawn(process.execPath, [MAIN, role === "web" ? "serve" : "work"], {
    // As under npm, a process ends when its parent does: nothing outlives a run that was killed itself.
    env: { ...environment, PORT: "0", LIAISON_CLOCK_OFFSET: clock, npm_lifecycle_event: "crash" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const member: Member = { child, port: null, isReady: false, isDoomed: false, words: "" };
  log.write(`--- ${role} ${index} begins, clock ${clock}\n`);
  child.stdout.pipe(log, { end: false });
  child.stderr.on("data", (chunk: Buffer) => {
    member.words = (member.words + chunk.toString()).slice(-4000);
    log.write(chunk);
    const [, port] = /Liaison listens on http:\/\/[^:]+:(\d+)/.exec(member.words) ?? [];
    if (port !== undefined) member.port = Number(port);
    member.isReady ||= port !== undefined || member.words.includes("Liaison works.");
  });
  return member;
}

/** @returns what went wrong, null when it ended by itself in time */
async function stop(member: Member): Promise<string | null> {
  const { child } = member;
  if (child.exitCode !== null || child.signalCode !== null) return null;
  member.isDoomed = true;
  const ended = new Promise<boolean>((resolve) => child.once("exit", () => resolve(true)));
  child.kill("SIGCONT");
  child.kill("SIGTERM");
  const given = new AbortController();
  const late = pause(STOP_LIMIT_MS, false, { signal: given.signal }).catch(() => false);
  const isOver = await Promise.race([ended, late]);
  given.abort();
  if (isOver) return child.exitCode === 0 || child.signalCode !== null ? null : `it ended with ${child.exitCode}`;
  child.kill("SIGKILL");
  await ended;
  return "it did not stop within ten seconds";
}
