import { addDays, dayOf, daysBetween, weekday } from "../calendar/days.ts";
import { numeral } from "../text/words.ts";

/** How long ago a day without a year must have passed to mean next year's, in days; one that has just passed is a slip. */
const NEXT_YEAR_DAYS = 185;

const WEEKDAYS = "一二三四五六日";
const ENGLISH_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** The first three letters of the English months. */
export const ENGLISH_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const RELATIVE: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
  大后天: 3,
  today: 0,
  tomorrow: 1,
};
/** A pattern of the words that may precede a day: "请在", "我", signs. */
export const LEADING = /^[\s\p{P}请在休我]+/gu;

/**
 * The day with which a text begins: "12月3日", "下周一", "明天", "3号", "next Friday"; of a period its last.
 *
 * @param today YYYY-MM-DD
 * @param after the beginning of a span, from which a bare day of the month or of the week is counted
 * @returns YYYY-MM-DD; null where the text begins otherwise
 */
export function oneDay(said: string, today: string, after: string | null): string | null {
  const text = said.replace(LEADING, "");
  const [relative] = /^(?:大后天|今天|今日|明天|明日|后天|today|tomorrow)/.exec(text) ?? [];
  if (relative !== undefined) return addDays(today, RELATIVE[relative] ?? 0);
  return (
    fullDate(text) ??
    monthAndDay(text, today) ??
    inWeek(text, today, after ?? today) ??
    periodEnd(text, today) ??
    dayOfMonth(text, after ?? today)
  );
}

function fullDate(text: string): string | null {
  const [, year, month, day] = /^(20\d{2})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})/.exec(text) ?? [];
  return year === undefined ? null : dayOf(Number(year), Number(month), Number(day));
}

function monthAndDay(text: string, today: string): string | null {
  const [, month, day] =
    /^(\d{1,2}|[一二三四五六七八九十]{1,2})(?:月|[-/.])(\d{1,2}|[一二三四五六七八九十]{1,3})(?:日|号|$|[^\d天])/.exec(
      text,
    ) ?? [];
  if (month !== undefined && day !== undefined) return inTheFuture(numeral(month), numeral(day), today);
  const english = /^(?:(\d{1,2})(?:st|nd|rd|th)? (?:of )?)?([a-z]{3})[a-z]*\.?(?: (\d{1,2}))?/.exec(text);
  const named = english === null ? -1 : ENGLISH_MONTHS.indexOf(english[2] ?? "");
  const number = english?.[1] ?? english?.[3];
  return named < 0 || number === undefined ? null : inTheFuture(named + 1, Number(number), today);
}

function inTheFuture(month: number | null, day: number | null, today: string): string | null {
  if (month === null || day === null) return null;
  const year = Number(today.slice(0, 4));
  const thisYear = dayOf(year, month, day);
  if (thisYear !== null && thisYear >= today) return thisYear;
  const nextYear = dayOf(year + 1, month, day);
  return nextYear !== null && daysBetween(today, nextYear) <= NEXT_YEAR_DAYS ? nextYear : null;
}

/** @param from the beginning of a span, from which a weekday without "next" is the first */
function inWeek(text: string, today: string, from: string): string | null {
  const [, next, name] = /^((?:下个?)*)(?:这个?|本)?(?:周|星期|礼拜)([一二三四五六日天末1-7])?/.exec(text) ?? [];
  if (next !== undefined && /周|星期|礼拜/.test(text)) {
    const target = name === undefined || /[天末日]/.test(name) ? 7 : Number(name) || WEEKDAYS.indexOf(name) + 1;
    const weeks = (next.match(/下/g) ?? []).length;
    return inWeekAfter(target, weeks, weeks === 0 ? from : today);
  }
  const [, nextEnglish, english] = /^(next |this )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*/.exec(text) ?? [];
  if (english === undefined) return /^next week\b/.test(text) ? inWeekAfter(7, 1, today) : null;
  const isNext = nextEnglish === "next ";
  return inWeekAfter(ENGLISH_WEEKDAYS.indexOf(english) + 1, isNext ? 1 : 0, isNext ? today : from);
}

/** Without "next" the coming one is meant; with it the one of next week. */
function inWeekAfter(target: number, weeks: number, today: string): string {
  if (weeks > 0) return addDays(today, 7 * weeks + target - weekday(today));
  return addDays(today, (target - weekday(today) + 7) % 7);
}

function periodEnd(text: string, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  if (/^(?:本|这个?)?月(?:底|末)|^(?:the )?end of (?:the |this )?month/.test(text)) return lastOfMonth(year, month);
  if (/^下个?月(?:底|末|$|[^\d初])|^next month/.test(text))
    return lastOfMonth(month === 12 ? year + 1 : year, (month % 12) + 1);
  const [, named] = /^(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:底|末)/.exec(text) ?? [];
  const of = named === undefined ? null : numeral(named);
  if (of !== null && of >= 1 && of <= 12) return lastOfMonth(of < month ? year + 1 : year, of);
  if (/^年(?:底|末)|^(?:the )?end of (?:the |this )?year/.test(text)) return `${year}-12-31`;
  return null;
}

function lastOfMonth(year: number, month: number): string | null {
  const firstOfNext = month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1);
  return firstOfNext === null ? null : addDays(firstOfNext, -1);
}

function dayOfMonth(text: string, from: string): string | null {
  const [, number] = /^(\d{1,2}|[一二三四五六七八九十]{1,3})(?:日|号)/.exec(text) ?? [];
  const day = number === undefined ? null : numeral(number);
  if (day === null) return null;
  const year = Number(from.slice(0, 4));
  const month = Number(from.slice(5, 7));
  const thisMonth = dayOf(year, month, day);
  if (thisMonth !== null && thisMonth >= from) return thisMonth;
  return month === 12 ? dayOf(year + 1, 1, day) : dayOf(year, month + 1, day);
}

/** The first day of what a text names: a day, or a period of several. */
export function firstDayOf(said: string, today: string): string | null {
  const text = said.replace(LEADING, "");
  const [, weeks] = /^((?:下个?)+)(?:周|星期|礼拜)(?![一二三四五六日天末1-7])/.exec(text) ?? [];
  if (weeks !== undefined) return inWeekAfter(1, (weeks.match(/下/g) ?? []).length, today);
  if (/^next week/.test(text)) return inWeekAfter(1, 1, today);
  if (/^(?:下个?月(?:初|$|[^底末\d])|next month)/.test(text)) return firstOfNextMonth(today);
  return oneDay(text, today, null);
}

function firstOfNextMonth(today: string): string | null {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1);
}
