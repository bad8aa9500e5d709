import type { Said } from "../turn/said.ts";

/** The arrival of a message: its number in the inbox, its moment, and whether it still counts. */
export type Arrived = {
  readonly seq: number;
  readonly receivedAt: Date;
  /** Whether it tells how things are now; false for an event that was overtaken (see following.ts). */
  readonly isCurrent: boolean;
  /** Whether its person did something else right before. */
  readonly isRightBehind: boolean;
};

/** The words or the medium of a message, in the form in which they go into a case. */
export function said(arrived: Arrived, kind: Said["kind"], text: string, mediaId: string | null): Said {
  return { seq: arrived.seq, at: arrived.receivedAt, kind, text, mediaId };
}
