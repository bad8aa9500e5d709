import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { CountyTime } from "../../domain/calendar/office-hours.ts";
import type { ClockKind } from "../../domain/case/clock.ts";
import { defaultRules } from "../../domain/clocks/defaults.ts";
import { type DueMoment, dueAfter } from "../../domain/clocks/due-moment.ts";
import { ruleFor } from "../../domain/clocks/rule.ts";
import { DEFAULTS } from "../county/settings.ts";
import type { Turn } from "../turn/turn.ts";

/** A day as a case keeps it: `dueWithin` is the number of working days where the day may still move, else null. */
export type DueDay = { readonly dueOn: string; readonly dueWithin: number | null };

/** A clock to be set: its kind, until when it is due, and by which of the county's own rules; null where by none. */
export type ClockToSet = DueMoment & { readonly kind: ClockKind; readonly rule: string | null };

/** A case as far as deadlines look at it. */
type Subject = Pick<CaseRecord, "category" | "priority">;

/**
 * A clock of one kind as it begins now, by the rule that holds today; a year that the calendar lacks is logged.
 *
 * Where holidays up to its day are not known, nobody is told the day: it serves for lists and figures alone.
 * @throws Error for a kind of clock that has no rule for such a case
 */
export function clockFrom(turn: Turn, kind: ClockKind, subject: Subject): ClockToSet {
  const rules = [...turn.county.clockRules, ...defaultRules(settingsOf(turn).workingDays)];
  const rule = ruleFor(rules, { ...subject, kind }, turn.today);
  if (rule === null) throw new Error(`no rule says until when ${kind} is due`);
  const due = dueAfter(turn.now, rule, timeOf(turn));
  if (due.dueWithin !== null) turn.runtime.log.warn({ kind }, "the holiday calendar is incomplete");
  return { kind, rule: rule.id, ...due };
}

/** The day of a case whose answer is due so. */
export function dayOf({ dueOn, dueWithin }: DueMoment): DueDay {
  return { dueOn, dueWithin };
}

/** The days and hours of the county of a turn. */
export function timeOf(turn: Turn): CountyTime {
  return { holidays: settingsOf(turn).holidays, timeZone: turn.runtime.timeZone };
}

function settingsOf(turn: Turn) {
  return { ...DEFAULTS, ...turn.county.settings };
}
