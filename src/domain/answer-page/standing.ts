import type { CaseEventType } from "../case/case.ts";
import { SHOWN_AFTER_MS } from "./limits.ts";

/** The events of a case with which every link to it ends: it was closed, given to somebody, sealed, or goes with another one from then on. */
export const ENDING_EVENTS = [
  "assigned",
  "left_to_office",
  "taken",
  "returned",
  "closed",
  "sealed",
  "merged",
] as const satisfies readonly CaseEventType[];

/** The facts of a link, its case, its deputy and its chat, at one moment. */
export type LinkFacts = {
  readonly usedAt: Date | null;
  /** When another link to the same case took its place. */
  readonly revokedAt: Date | null;
  readonly expiresAt: Date;
  /** Whether the chat to which it was sent is still bound to its deputy. */
  readonly isBound: boolean;
  /** Whether the deputy's term is over. */
  readonly isTermOver: boolean;
  /** Whether the deputy is away and somebody stands in for them. */
  readonly isStoodInFor: boolean;
  /** Whether the case is open, no accusation, and this deputy's; and whether any of {@link ENDING_EVENTS} came since the link was made. */
  readonly isTheirs: boolean;
  readonly isSealed: boolean;
  readonly hasEnded: boolean;
};

/**
 * The standing of a link. `open`: it can be answered by. `used`: it was, and the device that did so is still shown what was sent. All
 * others say why nothing is shown any more; of a sealed case no more than that it is not this deputy's.
 */
export type Standing =
  | "open"
  | "used"
  | "over"
  | "expired"
  | "replaced"
  | "unbound"
  | "term-over"
  | "away"
  | "not-yours";

/** The standing of a link at a moment. */
export function standingOf(facts: LinkFacts, now: Date): Standing {
  if (facts.isSealed) return "not-yours";
  if (!facts.isBound) return "unbound";
  if (facts.usedAt !== null) return now.getTime() - facts.usedAt.getTime() < SHOWN_AFTER_MS ? "used" : "over";
  if (facts.revokedAt !== null) return "replaced";
  if (facts.expiresAt <= now) return "expired";
  if (facts.isTermOver) return "term-over";
  if (!facts.isTheirs || facts.hasEnded) return "not-yours";
  return facts.isStoodInFor ? "away" : "open";
}
