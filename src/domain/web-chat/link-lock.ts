/** The lock of a link, which wrong codes close. */
export type LinkLock = {
  /** The moments of wrong codes of the last day, oldest first. */
  readonly wrongAt: readonly string[];
  /** Closed until then; null where it is not. */
  readonly until: string | null;
  /** Closed until its person comes back on a device that they have opened already. */
  readonly tillReturn: boolean;
};

/** The lock that nobody has tried. */
export const OPEN_LOCK: LinkLock = { wrongAt: [], until: null, tillReturn: false };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** So many wrong codes within so long close a link for an hour. */
const A_FEW = { most: 5, withinMs: 15 * MINUTE_MS, closedMs: 60 * MINUTE_MS } as const;
/** So many within a day close it until its person comes back. */
const MANY = 20;

/** Whether a link is closed at this moment: no code is looked at then, not even the right one. */
export function isLocked({ until, tillReturn }: LinkLock, now: Date): boolean {
  return tillReturn || (until !== null && Date.parse(until) > now.getTime());
}

/** The lock after one more wrong code. */
export function afterWrongCode(lock: LinkLock, now: Date): LinkLock {
  const since = (ms: number) => (at: string) => Date.parse(at) > now.getTime() - ms;
  const wrongAt = [...lock.wrongAt.filter(since(DAY_MS)), now.toISOString()];
  const isClosed = wrongAt.filter(since(A_FEW.withinMs)).length >= A_FEW.most;
  return {
    wrongAt,
    until: isClosed ? new Date(now.getTime() + A_FEW.closedMs).toISOString() : lock.until,
    tillReturn: lock.tillReturn || wrongAt.length >= MANY,
  };
}
