import { type Asked, askModel, type ModelSettings } from "./ask-model.ts";

/** The voter of a process: another model that is asked about words which the service would have to ask about. */
export type Voter = {
  /** Whether it may be asked now: too many calls are not under way, and it is not given up for a while. */
  isReady(): boolean;
  /** Asks about a text in which nobody is named; never throws, and ends in time. */
  ask(text: string): Promise<Asked>;
};

/** The limits of a voter. */
export type VoterLimits = {
  /** For one call, from its beginning to the end of its answer. */
  readonly callMs: number;
  /** So many calls may be under way at once. */
  readonly atOnce: number;
  /** After so many failures in a row nobody is asked for a while. */
  readonly failures: number;
  readonly pauseMs: number;
};

const LIMITS: VoterLimits = { callMs: 2000, atOnce: 2, failures: 3, pauseMs: 60_000 };

/**
 * Creates a voter over a model's address.
 *
 * After a pause one call tries whether it answers again. An answer that cannot be used is a failure too: people wait for it in vain.
 * @param options.elapsedMs a clock that never goes back, in milliseconds; this process's when left out
 */
export function createVoter(
  settings: ModelSettings,
  options: { readonly limits?: Partial<VoterLimits>; readonly elapsedMs?: () => number } = {},
): Voter {
  const { elapsedMs = () => performance.now() } = options;
  const limits = { ...LIMITS, ...options.limits };
  let underWay = 0;
  let failures = 0;
  let pausedUntil = 0;
  const isReady = () => {
    const most = failures < limits.failures ? limits.atOnce : 1;
    return underWay < most && elapsedMs() >= pausedUntil;
  };
  return {
    isReady,
    async ask(text) {
      if (!isReady()) return { vote: null, why: "spared" };
      underWay += 1;
      const asked = await askModel(settings, text, limits.callMs);
      underWay -= 1;
      failures = asked.vote === null ? failures + 1 : 0;
      if (failures >= limits.failures) pausedUntil = elapsedMs() + limits.pauseMs;
      return asked;
    },
  };
}
