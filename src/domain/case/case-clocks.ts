import type { CaseEventType, CaseOutcome } from "./case.ts";
import type { EventDetails } from "./case-event.ts";
import { afterChange, CLOCK_KINDS, type ClockChange, type ClockKind, type ClockState, isOpenClock } from "./clock.ts";

/** A clock as the events of its case tell it; moments in ISO 8601 (UTC). */
export type ReplayedClock = {
  readonly kind: ClockKind;
  readonly rule: string | null;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly dueWithin: number | null;
  readonly pausedSince: string | null;
  readonly pausedDays: number;
  readonly state: ClockState;
  readonly settledAt: string | null;
};

/** The effect of an event by itself on those clocks that have not ended: it settles some kinds, or drops them, for nobody waits any more. */
export type Settling = { readonly kinds: readonly ClockKind[]; readonly isDropped: boolean };

/** The events in which somebody says that they see to it, without a word to its resident yet. */
const HEEDING: readonly CaseEventType[] = ["acknowledged", "accepted", "taken", "referred"];

/** The outcomes after which nobody can say whether a clock was met. */
const DROPPING: readonly CaseOutcome[] = ["duplicate", "withdrawn", "no_contact"];

/**
 * The clocks that an event settles; null where it settles none. An answer meets the clock of the reply, as does a call in which the
 * resident was told; whoever says that they see to it confirms a danger; a closing meets all but the notice of a petition. A verdict meets
 * that of the verdict, and its end in silence misses it.
 */
export function settlingOf(type: CaseEventType, details: EventDetails): Settling | null {
  if (type === "replied" || (type === "phoned" && isTold(details as EventDetails<"phoned">)))
    return { kinds: ["reply", "acknowledge"], isDropped: false };
  if (HEEDING.includes(type)) return { kinds: ["acknowledge"], isDropped: false };
  const ofPetition = petitionSettling(type, details);
  if (ofPetition !== null) return ofPetition;
  const ofUnit = unitSettling(type, details);
  if (ofUnit !== null) return ofUnit;
  if (type === "rated" || type === "settled") return { kinds: ["confirm"], isDropped: false };
  if (type === "reopened") return { kinds: ["confirm"], isDropped: true };
  if (type !== "closed") return null;
  const isDropped = DROPPING.includes((details as EventDetails<"closed">).outcome);
  return { kinds: isDropped ? CLOCK_KINDS : CLOSED_CLOCKS, isDropped };
}

/** What a closing meets: the notice of a petition is owed although its matter is closed. */
const CLOSED_CLOCKS = CLOCK_KINDS.filter((kind) => kind !== "petition_notice");

/** The notice meets the clock of a petition; where it is no petition after all nobody waits for one. */
function petitionSettling(type: CaseEventType, details: EventDetails): Settling | null {
  if (type === "notice_given") return { kinds: ["petition_notice"], isDropped: false };
  const isTakenBack = type === "petition" && !(details as EventDetails<"petition">).petition;
  return isTakenBack ? { kinds: ["petition_notice"], isDropped: true } : null;
}

const UNIT_CLOCKS = ["unit_accept", "unit_result"] as const;

/** A unit that accepts meets one clock, one that reports both; giving back and taking back drop them. */
function unitSettling(type: CaseEventType, details: EventDetails): Settling | null {
  switch (type) {
    case "unit_accepted":
      return { kinds: ["unit_accept"], isDropped: false };
    case "unit_reported":
      return { kinds: UNIT_CLOCKS, isDropped: false };
    case "unit_returned":
      return { kinds: UNIT_CLOCKS, isDropped: true };
    case "unit_step":
      return (details as EventDetails<"unit_step">).step === "taken_back"
        ? { kinds: UNIT_CLOCKS, isDropped: true }
        : null;
    default:
      return null;
  }
}

function isTold({ result, to }: EventDetails<"phoned">): boolean {
  return result === "reached" && to === "resident";
}

/**
 * The clocks of a case after one more event.
 *
 * @param at ISO 8601 (UTC)
 * @returns null where the event names a clock that cannot see it
 */
export function clocksBy(
  clocks: readonly ReplayedClock[],
  type: CaseEventType,
  details: EventDetails,
  at: string,
): readonly ReplayedClock[] | null {
  const settling = settlingOf(type, details);
  if (settling !== null) return settled(clocks, settling, at);
  switch (type) {
    case "clock_set":
      return set(clocks, details as EventDetails<"clock_set">, at);
    case "clock_missed":
      return changed(clocks, (details as EventDetails<"clock_missed">).kinds, "miss", { settledAt: at });
    case "paused":
      return changed(clocks, (details as EventDetails<"paused">).kinds, "pause", { pausedSince: at });
    case "resumed":
      return (details as EventDetails<"resumed">).clocks.reduce<readonly ReplayedClock[] | null>(
        (all, { kind, dueAt, dueWithin, pausedDays }) =>
          all && resumed(all, kind, { dueAt: utc(dueAt), dueWithin }, pausedDays),
        clocks,
      );
    default:
      return clocks;
  }
}

/** Clocks as one text, whatever their order: for comparing. */
export function clocksText(clocks: readonly ReplayedClock[]): string {
  return clocks
    .map((one) => {
      const { kind, rule, startedAt, dueAt, dueWithin, pausedSince, pausedDays, state, settledAt } = one;
      return [kind, startedAt, dueAt, dueWithin, rule, pausedSince, pausedDays, state, settledAt].map(String).join(" ");
    })
    .toSorted()
    .join("; ");
}

function settled(clocks: readonly ReplayedClock[], { kinds, isDropped }: Settling, at: string): ReplayedClock[] {
  return clocks.map((clock) => {
    if (!isOpenClock(clock) || !kinds.includes(clock.kind)) return clock;
    const isLate = clock.state === "running" && clock.dueAt < at;
    const state = afterChange(clock.state, isDropped ? "drop" : isLate ? "miss" : "meet") ?? clock.state;
    return { ...clock, state, pausedSince: null, settledAt: at };
  });
}

function set(clocks: readonly ReplayedClock[], details: EventDetails<"clock_set">, at: string): ReplayedClock[] {
  const kinds = details.clocks.map(({ kind }) => kind);
  const added = details.clocks.map(({ kind, dueAt, dueWithin, rule }) => ({
    kind,
    rule,
    startedAt: at,
    dueAt: utc(dueAt),
    dueWithin,
    pausedSince: null,
    pausedDays: 0,
    state: "running" as const,
    settledAt: null,
  }));
  return [...settled(clocks, { kinds, isDropped: true }, at), ...added];
}

function changed(
  clocks: readonly ReplayedClock[],
  kinds: readonly ClockKind[],
  change: ClockChange,
  also: Partial<ReplayedClock>,
): ReplayedClock[] | null {
  const after = clocks.map((clock) => {
    const state = kinds.includes(clock.kind) ? afterChange(clock.state, change) : null;
    return state === null ? clock : { ...clock, ...also, state };
  });
  const isEach = kinds.every((kind) => after.some((one, index) => one.kind === kind && one !== clocks[index]));
  return isEach ? after : null;
}

function resumed(
  clocks: readonly ReplayedClock[],
  kind: ClockKind,
  due: Pick<ReplayedClock, "dueAt" | "dueWithin">,
  days: number,
): ReplayedClock[] | null {
  const before = clocks.find((clock) => clock.kind === kind && clock.state === "paused");
  const pausedDays = (before?.pausedDays ?? 0) + days;
  return changed(clocks, [kind], "resume", { ...due, pausedSince: null, pausedDays });
}

function utc(moment: string): string {
  return new Date(moment).toISOString();
}
