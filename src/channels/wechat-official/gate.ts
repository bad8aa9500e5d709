import { setTimeout as wait } from "node:timers/promises";
import type { Pause, SenderServices } from "../channel.ts";
import type { Failed } from "./errors.ts";
import { isTokenCode } from "./errors.ts";

/** The gate before every call of one account, in this process: it lets a call pass, or answers in the platform's place. */
export type Gate = {
  /** Why an interface is not called now, and until when; null when it is. */
  pause(path: string): Pause | null;
  /** Makes the call, or says without one that it must wait; never throws for what the platform does. */
  pass<T extends { ok: true }>(path: string, call: () => Promise<T | Failed>): Promise<T | Failed>;
};

/** So many calls in a row that nobody answered properly: the platform is taken to be down. */
const FAILURES = 5;
const FIRST_PAUSE_MS = 2_500;
/** With the jitter and the sweep still within a minute of the platform's return. */
const LONGEST_PAUSE_MS = 30_000;
/** An interface that somebody must mend first is tried so often, by one call. */
const MENDING_PAUSE_MS = 30_000;
/** Below what an account may do in a minute; the platform tells its limit only by refusing (45011). */
const CALLS_PER_SECOND = 300;
/** The interface's quota of the day or the minute is used up. */
const QUOTA_CODES: ReadonlySet<number | null> = new Set([45009, 45011]);
const BUSY = -1;
/** Speaks of one kind of message, menus mostly, and not of the interface. */
const KIND_REFUSED = 40200;
/** Timers are no finer. */
const LEAST_WAIT_MS = 2;
const DOWN = "the platform is down";

/**
 * Creates a gate that spares an account's quota.
 *
 * It opens a circuit while the platform is down, with one call trying from time to time, and keeps away from an
 * interface whose quota is used up until the quota is renewed, or that somebody must mend first.
 *
 * Nothing of it is shared between processes: each finds out by a handful of calls.
 */
export function createGate({ now, random = Math.random }: Pick<SenderServices, "now" | "random">): Gate {
  const restingUntil = new Map<string, Pause>();
  /** `pauses` in a row that brought nothing; while there are any, one call tries for all. */
  const state = { failures: 0, pauses: 0, retryAtMs: 0, nextSlotMs: 0 };
  let trying: Promise<unknown> | null = null;

  const pause = (path: string): Pause | null => {
    const rest = restingUntil.get(path);
    if (rest !== undefined && rest.until > now()) return rest;
    return state.retryAtMs > now().getTime() ? { until: new Date(state.retryAtMs), reason: DOWN } : null;
  };

  const slot = async (): Promise<void> => {
    const atMs = performance.now();
    state.nextSlotMs = Math.max(atMs, state.nextSlotMs) + 1000 / CALLS_PER_SECOND;
    const waitMs = state.nextSlotMs - atMs;
    if (waitMs > LEAST_WAIT_MS) await wait(waitMs);
  };

  const learn = (path: string, answer: { ok: true } | Failed): void => {
    const restMs = answer.ok ? 0 : restOf(answer);
    if (!answer.ok && restMs > 0) {
      restingUntil.set(path, { until: new Date(now().getTime() + restMs), reason: answer.failure.reason });
    }
    if (!isDown(answer)) {
      Object.assign(state, { failures: 0, pauses: 0, retryAtMs: 0 });
      return;
    }
    state.failures += 1;
    const isPaused = state.retryAtMs > now().getTime();
    if (isPaused || (state.pauses === 0 && state.failures < FAILURES)) return;
    state.pauses += 1;
    state.retryAtMs = now().getTime() + pauseAfter(state.pauses, random());
  };

  const make = async <T extends { ok: true }>(path: string, call: () => Promise<T | Failed>): Promise<T | Failed> => {
    await slot();
    const answer = await call();
    if (answer.ok || answer.uncalled !== true) learn(path, answer);
    return answer;
  };

  return {
    pause,
    async pass(path, call) {
      while (trying !== null) await trying;
      const paused = pause(path);
      if (paused !== null) return held(paused, now());
      const made = make(path, call);
      if (state.pauses === 0) return made;
      const ended = made.then(
        () => undefined,
        () => undefined,
      );
      trying = ended;
      try {
        return await made;
      } finally {
        trying = null;
      }
    },
  };
}

/**
 * How long nothing is called after the platform was found to be down, in milliseconds: doubling from 2.5 s to half a
 * minute, with up to a quarter of jitter.
 *
 * @param attempt how often in a row it was found down, from 1
 * @param random 0 to 1
 */
function pauseAfter(attempt: number, random: number): number {
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(pauseMs * (1 + random / 4));
}

/** No answer of the platform itself, its own word that it is busy, or no token that it takes. */
function isDown(answer: { ok: true } | Failed): boolean {
  if (answer.ok) return false;
  if (answer.code === BUSY || isTokenCode(answer.code)) return true;
  return answer.code === null && answer.failure.outcome !== "refused";
}

/** How long an interface is better left alone after this answer, in milliseconds; 0 when it is not. */
function restOf({ code, failure }: Failed): number {
  if (failure.outcome === "retry") return QUOTA_CODES.has(code) ? failure.afterMs : 0;
  const mustBeMended = failure.outcome === "refused" && failure.blocks === "account" && code !== KIND_REFUSED;
  return mustBeMended ? MENDING_PAUSE_MS : 0;
}

function held({ until, reason }: Pause, now: Date): Failed {
  const afterMs = Math.max(0, until.getTime() - now.getTime());
  return { ok: false, code: null, failure: { outcome: "retry", reason, afterMs } };
}
