import type { Said } from "../turn/said.ts";

/** A message as it arrived. */
export type Arrived = {
  readonly seq: number;
  readonly receivedAt: Date;
  /** Whether it tells how things are now; false for an event that was overtaken (see following.ts). */
  readonly isCurrent: boolean;
  /** Whether its person did something else right before. */
  readonly isRightBehind: boolean;
};

/** What a person said or showed with a message. */
export function said(arrived: Arrived, kind: Said["kind"], text: string, mediaId: string | null): Said {
  return { seq: arrived.seq, at: arrived.receivedAt, kind, text, mediaId };
}
