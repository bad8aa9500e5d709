import type { Due } from "../calendar/due.ts";
import type { TopicLine } from "./topics/topic-line.ts";

/** The distance of a case from its day: late by so many working days, or due on a day that is near; null where that day is not sure. */
export type NearDue = { readonly late: number } | { readonly on: string | null };

/** A case in the reminder of a day, or a topic for all of its cases: what is due of it, its answer or its end. */
export type DigestLine<Line> = { readonly what: "reply" | "result"; readonly due: NearDue } & (
  | { readonly line: Line }
  | { readonly topic: TopicLine }
);

/** An urgent case as somebody on duty hears of it: `line` is null for a sealed one, of which no word is said. */
type Urgent<Line> = {
  readonly number: string;
  readonly line: Line | null;
  readonly deputy: string | null;
  readonly isAgain: boolean;
};

/** The sentences of reminders, and of what is said where nobody answered in time; `Line` is a case as its deputy may see it. */
export type ReminderWording<Line> = {
  /** To a deputy, once a day; `more` are those that the message does not name. */
  digest(a: { lines: readonly DigestLine<Line>[]; more: number; today: string }): string;
  /** To the resident of a case that nobody answered in time: who sees to it now, null for the office. */
  lateForResident(a: { number: string; dueOn: Due; station: string | null; promised: Due }): string;
  /** To a resident who was told so before: the office sees to it now. */
  stillLateForResident(a: { number: string; promised: Due }): string;
  /** To somebody on duty, until one says that they see to it. */
  urgentToDuty(a: Urgent<Line>): string;
  /** To somebody of the staff whose chat this is from now on. */
  dutyBound(a: { name: string }): string;
  /** The code is wrong, or too old. */
  dutyRefused(): string;
  /** To whoever says that they see to an urgent case; `isFirst`: nobody had said so before. */
  dutyTaken(a: { number: string; isFirst: boolean }): string;
  /** Which of several urgent cases is meant? None waits where there are none. */
  dutyWhich(a: { numbers: readonly string[] }): string;
};
