/**
 * A kind of fault of a call.
 *
 * `errcode`, `http-500`, `http-502` (a gateway could not pass it on) and `reset` (the connection is cut) do nothing else.
 * `hang` holds the connection and does nothing; `accept-then-hang` does everything and never says so, which leaves the caller
 * uncertain. Both let go after `delayMs`, or when the caller does. `accept-then-reset` does everything and cuts the connection, `garbled` does
 * everything and answers with half a JSON, `accept-then-502` does everything and answers as a gateway does that gave it up.
 * `slow` answers properly after `delayMs`; `drop` says that all is well and does nothing.
 */
export type FaultKind =
  | "errcode"
  | "http-500"
  | "http-502"
  | "hang"
  | "accept-then-hang"
  | "accept-then-reset"
  | "garbled"
  | "accept-then-502"
  | "reset"
  | "slow"
  | "drop";

/** A fault to come. `path` is an interface's path such as `/cgi-bin/message/custom/send`, or the beginning of it. */
export type Fault = {
  readonly path: string;
  /** Hits only calls that write to this openid. */
  readonly to?: string;
  /** How many calls it hits; Infinity for all until `clearFaults`. */
  readonly times: number;
  readonly kind: FaultKind;
  readonly errcode?: number;
  readonly delayMs?: number;
};

/** The faults that are still to come, in the order in which they were ordered. */
export type FaultPlan = {
  add(fault: Fault): void;
  clear(): void;
  /**
   * The fault that hits this call, counted down; null when the call may go through.
   * @param to whom the call writes to, null when to nobody
   */
  take(path: string, to: string | null): Fault | null;
};

/** Creates an empty plan of faults. */
export function planFaults(): FaultPlan {
  const pending: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      pending.push({ fault, left: fault.times });
    },
    clear: () => {
      pending.length = 0;
    },
    take: (path, to) => {
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
