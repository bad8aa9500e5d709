/** The tries of invite codes by one person that failed: how many, and when the last was. */
export type CodeTries = {
  readonly wrong: number;
  readonly at: string;
  /** Whether the person was told that no code is looked up for a while. */
  readonly told?: true;
};

/** So many wrong codes are an honest person's: mistyped, used, too old. */
const MOST_WRONG = 5;
/** After a wrong code so long ago nothing counts any more; and so long nothing is looked up after the last one. */
const PAUSE_MS = 3_600_000;

/** The number of further wrong codes of this person that are looked up now. */
export function triesLeft(tries: CodeTries | undefined, now: Date): number {
  return Math.max(0, MOST_WRONG - (inForce(tries, now)?.wrong ?? 0));
}

/** The tries with some more that were wrong. */
export function withWrong(tries: CodeTries | undefined, wrong: number, now: Date): CodeTries {
  return { wrong: (inForce(tries, now)?.wrong ?? 0) + wrong, at: now.toISOString() };
}

/** One that lies ahead was noted by a clock that was wrong. */
function inForce(tries: CodeTries | undefined, now: Date): CodeTries | undefined {
  if (tries === undefined) return undefined;
  const ageMs = now.getTime() - Date.parse(tries.at);
  return ageMs >= 0 && ageMs < PAUSE_MS ? tries : undefined;
}
