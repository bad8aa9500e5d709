import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { type CaseRecord, caseClocks } from "../../../db/schema/cases.ts";
import { type DueMoment, dueAgain, dueOnDay } from "../../domain/clocks/due-moment.ts";
import type { Turn } from "../turn/turn.ts";
import { type ClockToSet, clockFrom, timeOf } from "./due-day.ts";
import { record, settleClocks } from "./record.ts";

/**
 * Sets the first clocks of a case that was opened just now: one of its answer, which is due as the case says, and one of its result.
 *
 * @param options.isAsked its resident is asked something without which nobody can go on: they stand still until that is known
 */
export function setFirstClocks(
  turn: Turn,
  subject: CaseRecord,
  reply: ClockToSet,
  { isAsked }: { readonly isAsked: boolean },
): void {
  const clocks = [reply, clockFrom(turn, "result", subject), ...ofDanger(turn, subject)];
  // The clocks of a danger never stand still.
  const isPaused = isAsked && !subject.priority;
  addClocks(turn, subject, clocks, isPaused ? { state: "paused", pausedSince: turn.now } : { state: "running" });
  if (!isPaused) return;
  record(turn, subject, "paused", "service", { kinds: clocks.map(({ kind }) => kind), why: "resident" });
}

/** Sets the clocks of a case that was reopened: of its answer, by the day that the case has now, and of its result. */
export function setClocksAgain(turn: Turn, subject: CaseRecord, reply: ClockToSet): void {
  replaceClocks(turn, subject, [reply, clockFrom(turn, "result", subject)]);
}

/** Sets another clock of the answer, for a case that became urgent, and one until when somebody confirms the danger. */
export function setUrgentClocks(turn: Turn, subject: CaseRecord, reply: ClockToSet): void {
  replaceClocks(turn, subject, [reply, ...ofDanger(turn, subject)]);
}

function ofDanger(turn: Turn, subject: CaseRecord): ClockToSet[] {
  return subject.priority ? [clockFrom(turn, "acknowledge", subject)] : [];
}

/** Sets another clock of the answer, for a case whose day was changed; the one that runs is dropped. */
export function setReplyClock(turn: Turn, subject: CaseRecord, reply: ClockToSet): void {
  replaceClocks(turn, subject, [reply]);
}

/**
 * Sets the clocks of a unit that gets a case: until when it accepts it or gives it back, and until when it reports.
 *
 * @returns the day by which it reports
 */
export function setUnitClocks(turn: Turn, subject: CaseRecord): string {
  const result = clockFrom(turn, "unit_result", subject);
  replaceClocks(turn, subject, [clockFrom(turn, "unit_accept", subject), result]);
  return result.dueOn;
}

/** Sets the clock of a unit's report anew: by the rules, for what it has again, or by a day that the office gave. @returns that day */
export function setUnitResult(turn: Turn, subject: CaseRecord, day: string | null): string {
  const result: ClockToSet =
    day === null
      ? clockFrom(turn, "unit_result", subject)
      : { kind: "unit_result", rule: null, ...dueOnDay(day, turn.runtime.timeZone), dueWithin: null };
  replaceClocks(turn, subject, [result]);
  return result.dueOn;
}

/** Sets the clock of a petition: until when the office says in writing to whom it belongs. It never stands still. @returns that clock */
export function setPetitionClock(turn: Turn, subject: CaseRecord): ClockToSet {
  const notice = clockFrom(turn, "petition_notice", subject);
  replaceClocks(turn, subject, [notice]);
  return notice;
}

/** Sets the clock of the verdict of a case that was closed just now, and whose resident is asked for it. */
export function setConfirmClock(turn: Turn, subject: CaseRecord, confirm: ClockToSet): void {
  replaceClocks(turn, subject, [confirm]);
}

/** A clock of the answer that is due on a day that somebody gave, or on the one that the case has. */
export function replyOn(turn: Turn, day: string, dueWithin: number | null = null): ClockToSet {
  const due = dueOnDay(day, turn.runtime.timeZone);
  return { kind: "reply", rule: null, ...due, dueWithin };
}

/** Lets the clocks of a case go on that stood still; its resident hears so much later as it waited for them. */
export async function resumeClocks(turn: Turn, subject: CaseRecord): Promise<void> {
  const stopped = await turn.tx
    .select()
    .from(caseClocks)
    .where(and(eq(caseClocks.caseId, subject.id), eq(caseClocks.state, "paused")));
  const again = stopped.flatMap(({ id, kind, pausedSince, pausedDays, dueAt }) =>
    pausedSince === null
      ? []
      : [{ id, kind, before: pausedDays, ...dueAgain(turn.now, { pausedSince, dueAt }, timeOf(turn)) }],
  );
  if (again.length === 0) return;
  const clocks = again.map(({ kind, pausedDays, ...due }) => ({ kind, pausedDays, ...inEvent(due) }));
  const reply = again.find(({ kind }) => kind === "reply");
  const moved = reply === undefined ? {} : { dueOn: reply.dueOn, dueWithin: reply.dueWithin };
  record(turn, subject, "resumed", "service", { clocks }, moved);
  for (const { id, before, pausedDays, dueAt, dueWithin } of again) {
    const changes = { state: "running" as const, pausedSince: null, pausedDays: before + pausedDays, dueAt, dueWithin };
    turn.writes.update(caseClocks, id, changes);
  }
}

function replaceClocks(turn: Turn, subject: CaseRecord, clocks: readonly ClockToSet[]): void {
  settleClocks(turn, subject.id, { kinds: clocks.map(({ kind }) => kind), isDropped: true });
  addClocks(turn, subject, clocks);
}

function addClocks(
  turn: Turn,
  subject: CaseRecord,
  clocks: readonly ClockToSet[],
  life: Pick<typeof caseClocks.$inferInsert, "state" | "pausedSince"> = { state: "running" },
): void {
  const { jurisdictionId, now: startedAt } = turn;
  const set = clocks.map(({ kind, rule, ...due }) => ({ kind, rule, ...inEvent(due) }));
  record(turn, subject, "clock_set", "service", { clocks: set });
  for (const { kind, rule: ruleId, dueAt, dueWithin } of clocks) {
    const row = { id: newId(), jurisdictionId, caseId: subject.id, kind, ruleId, startedAt, dueAt, dueWithin };
    turn.writes.insert(caseClocks, { ...row, ...life });
  }
}

function inEvent({ dueAt, dueOn, dueWithin }: DueMoment) {
  return { dueAt: dueAt.toISOString(), dueOn, dueWithin };
}
