import type { ClockKind } from "../case/clock.ts";

/** The units in which deadlines are given. */
export const CLOCK_UNITS = ["hours", "working_hours", "working_days", "days", "months"] as const;
/** A unit of a deadline. */
export type ClockUnit = (typeof CLOCK_UNITS)[number];

/** The states of a rule that somebody wants, as they are stored. */
export const PROPOSAL_STATES = ["waiting", "published", "refused", "withdrawn"] as const;
/** The state of a rule that somebody wants: it waits for another person, or ended in one of three ways. */
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** The period of a deadline: so many of a unit. */
export type Period = { readonly amount: number; readonly unit: ClockUnit };

/** The key of a rule of deadlines: it is about cases of one category or, by null, of all; urgent ones or not; one kind of clock. */
export type RuleKey = { readonly category: string | null; readonly priority: boolean; readonly kind: ClockKind };

/** A rule of deadlines: from a day on, until when something is due, and who says so. It is never changed; a later one takes its place. */
export type ClockRule = RuleKey &
  Period & {
    /** The statute, decision or agreement that it rests on, as people read it. */
    readonly source: string;
    /** The first day on which clocks are set by it, YYYY-MM-DD. */
    readonly fromOn: string;
  };

/** A rule as it is in force: null is the id of one that the service brings along. */
export type RuleInForce = ClockRule & { readonly id: string | null };

/**
 * The rule by which a clock of a case is set on a day.
 *
 * The one that says most of the case holds: for urgent cases before for all, then for its category before for every one. Of
 * several about the same the county's own comes before the service's, and a later one before an earlier one.
 * @returns null where no rule knows such a clock
 */
export function ruleFor(
  rules: readonly RuleInForce[],
  { category, priority, kind }: RuleKey,
  day: string,
): RuleInForce | null {
  const fitting = rules.filter(
    (rule) =>
      rule.kind === kind &&
      rule.fromOn <= day &&
      (rule.category === null || rule.category === category) &&
      (!rule.priority || priority),
  );
  return fitting.reduce<RuleInForce | null>(
    (best, rule) => (best === null || isCloser(rule, best) ? rule : best),
    null,
  );
}

/** The rules that clocks are set by on a day: of several about the same only the one that holds. */
export function rulesOn(rules: readonly RuleInForce[], day: string): RuleInForce[] {
  const inForce = rules.filter(({ fromOn }) => fromOn <= day);
  return inForce.filter((rule) => !inForce.some((other) => isSameKey(rule, other) && isCloser(other, rule)));
}

/** Whether two rules are about the same cases and the same clock. */
export function isSameKey(one: RuleKey, other: RuleKey): boolean {
  return one.category === other.category && one.priority === other.priority && one.kind === other.kind;
}

function isCloser(one: RuleInForce, other: RuleInForce): boolean {
  if (one.priority !== other.priority) return one.priority;
  if ((one.category === null) !== (other.category === null)) return one.category !== null;
  if ((one.id === null) !== (other.id === null)) return one.id !== null;
  return one.fromOn > other.fromOn;
}
