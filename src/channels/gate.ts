import { setTimeout as wait } from "node:timers/promises";
import type { Pause, SenderServices } from "./channel.ts";
import type { Failed } from "./failure.ts";

/** The gate before every call of one account, in this process: it lets a call pass, or answers in the platform's place. */
export type Gate = {
  /** Why an interface is not called now, and until when; null when it is. */
  pause(path: string): Pause | null;
  /** Makes the call, or says without one that it must wait; never throws for what the platform does. */
  pass<T extends { ok: true }>(path: string, call: () => Promise<T | Failed>): Promise<T | Failed>;
};

/** The platform's own signs: what its codes say of itself and of its interfaces. */
export type GateRules = {
  /** Whether a code says that the platform is busy, or that it takes no token of ours; no answer at all is known without it. */
  isDown(failed: Failed): boolean;
  /** How long an interface is better left alone after this, in milliseconds; 0 when it is not. */
  restMs(failed: Failed): number;
  /** The most calls of the account in a second. */
  readonly perSecond: number;
};

/** So many calls in a row that nobody answered properly: the platform is taken to be down. */
const FAILURES = 5;
const FIRST_PAUSE_MS = 2_500;
/** With the jitter and the sweep still within a minute of the platform's return. */
const LONGEST_PAUSE_MS = 30_000;
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
export function createGate(
  { now, random = Math.random }: Pick<SenderServices, "now" | "random">,
  { isDown, restMs, perSecond }: GateRules,
): Gate {
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
    state.nextSlotMs = Math.max(atMs, state.nextSlotMs) + 1000 / perSecond;
    const waitMs = state.nextSlotMs - atMs;
    if (waitMs > LEAST_WAIT_MS) await wait(waitMs);
  };

  const learn = (path: string, answer: { ok: true } | Failed): void => {
    const rest = answer.ok ? 0 : restMs(answer);
    if (!answer.ok && rest > 0) {
      restingUntil.set(path, { until: new Date(now().getTime() + rest), reason: answer.failure.reason });
    }
    if (answer.ok || !(isUnanswered(answer) || isDown(answer))) {
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

/** No answer of the platform itself. */
function isUnanswered({ code, failure }: Failed): boolean {
  return code === null && failure.outcome !== "refused";
}

function held({ until, reason }: Pause, now: Date): Failed {
  const afterMs = Math.max(0, until.getTime() - now.getTime());
  return { ok: false, code: null, failure: { outcome: "retry", reason, afterMs, scope: "account" } };
}
