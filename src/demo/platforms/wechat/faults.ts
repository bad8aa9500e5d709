import type { PlatformFault } from "../face/platform.ts";

/**
 * A kind of fault of a call.
 *
 * `errcode`, `http-500`, `http-502` (a gateway could not pass it on) and `reset` (the connection is cut) do nothing else.
 * `hang` holds the connection and does nothing; `accept-then-hang` does everything and never says so, which leaves the caller
 * uncertain. Both let go after `delayMs`, or when the caller does. `accept-then-reset` does everything and cuts the connection, `garbled` does
 * everything and answers with half a JSON, `accept-then-502` does everything and answers as a gateway does that gave it up.
 * `slow` answers properly after `delayMs`; `drop` says that all is well and does nothing.
 */
export type FaultKind = Exclude<PlatformFault["kind"], "error" | "rate-limit" | "late-report"> | "errcode";

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
