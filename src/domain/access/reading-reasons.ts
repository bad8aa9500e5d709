import type { Role } from "./roles.ts";

/** The reasons for which somebody reads what is kept closed. */
export const READING_REASONS = [
  "answer-the-resident",
  "identify-the-place",
  "matter-for-another-authority",
  "request-of-the-resident",
  "inspection",
] as const;

/** A reason for which somebody reads what is kept closed. */
export type ReadingReason = (typeof READING_REASONS)[number];

/** A look at what a resident wrote, or at the number they left, as they may know of it: the day and the role, never the name. */
export type LookAtMine = {
  readonly number: string;
  readonly what: "original" | "phone";
  readonly on: string;
  readonly role: Role;
  /** Null where none that is known was given. */
  readonly reason: ReadingReason | null;
};

/** The latest looks at a resident's words, newest first, and how many there are besides. */
export type LooksAtMine = { readonly latest: readonly LookAtMine[]; readonly earlier: number };
