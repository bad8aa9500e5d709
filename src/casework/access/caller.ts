import type { Reader } from "../../domain/access/may-see.ts";

/** The caller of a request: a program known by its token, or a person known by a session. */
export type Caller = Reader & {
  readonly kind: "token" | "person";
  readonly jurisdictionId: string;
  /** Under which the caller stands in every ledger; unique in the county. */
  readonly name: string;
  /** When the person last gave a code of the second factor, by the real clock; null for never, and for a token. */
  readonly confirmedAt: Date | null;
  /** What the person must do before anything else; left out where that is nothing. */
  readonly must?: "second-factor";
};
