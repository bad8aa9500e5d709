/** The part of a fault by which calls are found that it hits. */
type Hitting = {
  /** The beginning of the path of the calls that it hits; empty for every call. */
  readonly path: string;
  /** Hits only calls that write to this person. */
  readonly to?: string;
  /** How many calls it hits; Infinity for all until `clear`. */
  readonly times: number;
};

/** The faults that are still to come, in the order in which they were ordered. */
export type FaultPlan<F extends Hitting> = {
  add(fault: F): void;
  clear(): void;
  /**
   * The fault that hits this call, counted down; null when the call may go through.
   * @param to whom the call writes to, null when to nobody
   */
  take(path: string, to: string | null): F | null;
};

/** Creates an empty plan of faults. */
export function planFaults<F extends Hitting>(): FaultPlan<F> {
  const pending: { fault: F; left: number }[] = [];
  return {
    add(fault) {
      pending.push({ fault, left: fault.times });
    },
    clear() {
      pending.length = 0;
    },
    take(path, to) {
      const index = pending.findIndex(
        ({ fault }) => path.startsWith(fault.path) && (fault.to === undefined || fault.to === to),
      );
      const next = pending[index];
      if (next === undefined) return null;
      next.left -= 1;
      if (next.left <= 0) pending.splice(index, 1);
      return next.fault;
    },
  };
}
