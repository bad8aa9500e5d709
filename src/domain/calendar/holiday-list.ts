import { type CalendarOverrides, isWorkday, missingFeasts } from "./calendar-year.ts";
import { addDays, daysBetween, isDay, weekday } from "./days.ts";
import { feastOn, feastsOf } from "./statutory.ts";

/** The mark of a day: a day off, a working day or, by null, no entry of the county's own. */
export type HolidayMark = "rest" | "work" | null;

/** An entry as somebody wrote it: a day or a span of days, and what they are. */
export type HolidayEntry = {
  /** How a problem with it begins, as `holidays.csv:4`. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly mark: HolidayMark;
};

/** The marks of single days, by YYYY-MM-DD. */
export type MarkedDays = Readonly<Record<string, HolidayMark>>;

/** The longest span that one entry may mean; the longest holidays so far had nine days. */
const LONGEST_SPAN = 31;
/** Days further off are taken for misspelled: nothing is announced for them, and nothing reaches back to them. */
const YEARS = { back: 1, ahead: 2 } as const;
/** From here on an announcement may name days of December: 31 December 2011 was worked for New Year's Day of 2012. */
const BEFORE_THE_YEAR = "12-25";
const DAYS_OF_WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MARKS: ReadonlyMap<string, HolidayMark> = new Map<string, HolidayMark>([
  ...["off", "rest", "休", "放假", "休息"].map((word) => [word, "rest"] as const),
  ...["work", "班", "上班", "补班"].map((word) => [word, "work"] as const),
  ["default", null],
]);

/** The mark that a word stands for, as `off`, 放假, `work` or `default`; undefined for any other word. */
export function markOf(word: string): HolidayMark | undefined {
  return MARKS.get(word.trim().toLowerCase());
}

/** The first and last day of `2027-02-05..2027-02-11`; of one day both are the same. Whether they exist is not looked at. */
export function spanOf(text: string): readonly [from: string, to: string] {
  const [from = "", ...rest] = text.split(/\.{2,3}|至|到|~|～|—+/).map((part) => part.trim());
  return [from, rest.length === 0 ? from : rest.join("..")];
}

/**
 * Spreads entries over their days.
 *
 * @param today YYYY-MM-DD
 * @returns the days, and everything that is wrong: days that do not exist or are far off, spans that end before they begin or
 * are too long, and days that stand there twice
 */
export function spreadEntries(
  entries: readonly HolidayEntry[],
  today: string,
): { readonly days: MarkedDays; readonly problems: readonly string[] } {
  const days: Record<string, HolidayMark> = {};
  const problems: string[] = [];
  const seenAt = new Map<string, string>();
  for (const { at, from, to, mark } of entries) {
    const fault = spanFault(from, to, Number(today.slice(0, 4)));
    if (fault !== null) {
      problems.push(`${at}: ${fault}`);
      continue;
    }
    for (let day = from; day <= to; day = addDays(day, 1)) {
      const before = seenAt.get(day);
      if (before !== undefined) problems.push(`${at}: ${day} stands there already, in ${before}`);
      else days[day] = mark;
      seenAt.set(day, before ?? at);
    }
  }
  return { days, problems };
}

function spanFault(from: string, to: string, year: number): string | null {
  const unreal = [from, to].find((day) => !isDay(day));
  if (unreal !== undefined) return `there is no day “${unreal}”: write it as ${year}-12-31`;
  if (to < from) return `the span ends before it begins: write the earlier day first`;
  const length = daysBetween(from, to) + 1;
  if (length > LONGEST_SPAN) return `the span has ${length} days, and no holiday has more than ${LONGEST_SPAN}`;
  const far = [from, to].find((day) => !isNear(day, year));
  if (far === undefined) return null;
  return `${far} is too far off: days of ${year - YEARS.back} to ${year + YEARS.ahead} can be entered`;
}

function isNear(day: string, year: number): boolean {
  const its = Number(day.slice(0, 4));
  return its >= year - YEARS.back && its <= year + YEARS.ahead;
}

/** Lists the faults of single days' marks: a working day that is free by law, or one that is worked anyway. */
export function markProblems(days: MarkedDays): string[] {
  return Object.entries(days).flatMap(([day, mark]) => {
    if (mark !== "work") return [];
    const feast = feastOn(day);
    if (feast !== null) return [`${day} cannot be worked: it is free by law (${feast})`];
    if (weekday(day) > 5 || !isWorkday(day, {})) return [];
    return [`${day} is a ${nameOfDay(day)}, which is worked anyway: a make-up day lies on a Saturday or Sunday`];
  });
}

/**
 * Lists what makes a list implausible as the announced days of a year, beside the faults of single days: days of other years,
 * entries to take something away, and statutory holidays that are not days off.
 */
export function yearProblems(year: number, days: MarkedDays): string[] {
  const named = Object.keys(days).toSorted();
  const foreign = named.filter((day) => !day.startsWith(`${year}-`) && !belongsBefore(day, year));
  const unmarked = named.filter((day) => days[day] === null);
  const missing = missingFeasts(year, entriesIn(days));
  return [
    ...(foreign.length > 0 ? [`has days of other years than ${year}: ${someOf(foreign)}`] : []),
    ...(unmarked.length > 0 ? [`says default of ${someOf(unmarked)}: a year's list has only off and work`] : []),
    ...missing.map(({ name, days: free }) => `lacks ${name}: ${free.join(", ")} must be off, by law`),
  ];
}

/**
 * The oddity of a plausible list, as a sentence; null where it has none.
 *
 * Each weekday off that is not free by law is made up for on a weekend, and a statutory holiday on a weekend is given on a
 * weekday: so it was in each year since 2008 but 2015, whose 3 September came beside. Another number mostly means that a make-up
 * day was forgotten.
 */
export function unusualIn(year: number, days: MarkedDays): string | null {
  const statutory = feastsOf(year).flatMap(({ days: free }) => free).length;
  const inYear = Object.entries(days).filter(([day]) => day.startsWith(`${year}-`));
  const off = inYear.filter(([day, mark]) => mark === "rest" && weekday(day) <= 5).length;
  const madeUp = Object.values(days).filter((mark) => mark === "work").length;
  if (off - statutory === madeUp) return null;
  return `${year}: ${off} weekdays are off, of which the law gives ${statutory}, so there should be ${Math.max(0, off - statutory)} make-up days, and the list has ${madeUp}: compare it with the announcement once more.`;
}

/** The marked days as entries of a calendar, without those that take something away. */
export function entriesIn(days: MarkedDays): CalendarOverrides {
  return Object.fromEntries(
    Object.entries(days).filter((entry): entry is [string, "rest" | "work"] => entry[1] !== null),
  );
}

/** Days as spans, in order: those that follow each other and have the same value stand together. */
export function spansIn<T>(
  days: Readonly<Record<string, T>>,
  isSame: (one: T, other: T) => boolean,
): { readonly span: string; readonly value: T }[] {
  const spans: { from: string; to: string; value: T }[] = [];
  for (const [day, value] of Object.entries(days).toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const last = spans.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day && isSame(last.value, value)) last.to = day;
    else spans.push({ from: day, to: day, value });
  }
  return spans.map(({ from, to, value }) => ({ span: from === to ? from : `${from}..${to}`, value }));
}

function belongsBefore(day: string, year: number): boolean {
  return day >= `${year - 1}-${BEFORE_THE_YEAR}` && day < `${year}-01-01`;
}

function nameOfDay(day: string): string {
  return DAYS_OF_WEEK[weekday(day) - 1] ?? "";
}

function someOf(days: readonly string[]): string {
  return days.length > 3 ? `${days.slice(0, 3).join(", ")} and ${days.length - 3} more` : days.join(", ");
}
