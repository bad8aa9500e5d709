import { addDays, dayOf, daysBetween, weekday } from "../calendar/days.ts";
import { normalise, numeral } from "../text/words.ts";

/** The longest absence, in days: a later day was read or typed wrong. */
const LONGEST_DAYS = 366;
/** How long ago a day without a year must have passed to mean next year's, in days; one that has just passed is a slip. */
const NEXT_YEAR_DAYS = 185;

const WEEKDAYS = "一二三四五六日";
const ENGLISH_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const ENGLISH_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
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
const COUNT = "(\\d{1,3}|[一二两三四五六七八九十]{1,3}|半|an?)";

/**
 * The last day of an absence, as a deputy typed it: "到周五", "12月3日", "3天", "至下周一", "until Friday".
 *
 * Of a span ("12月1日到3日") the end counts; a number of days counts from the day on which it begins.
 * @param today YYYY-MM-DD in the county's time zone
 * @returns YYYY-MM-DD, today or later, at most a year ahead; null when it could not be read
 */
export function lastDayOfAbsence(text: string, today: string): string | null {
  const said = normalise(text).toLowerCase().replace(/\s+/g, " ");
  const day = lengthFrom(said, today) ?? endOf(said, today);
  if (day === null) return null;
  const ahead = daysBetween(today, day);
  return ahead >= 0 && ahead <= LONGEST_DAYS ? day : null;
}

/**
 * The substitute that a deputy typed:  "由王建国代", "D002代班", "请王建国代表替我", "D002 covers".
 *
 * @returns a code, or words that end in the name; null when nobody is named
 */
export function standInNamed(text: string): string | null {
  const said = normalise(text).trim();
  const [, chinese] =
    /([\p{Script=Han}·]{2,12}|[A-Za-z][\w-]{0,31})\s*(?:代表)?\s*(?:代替|代班|代办|代管|代理|顶替|顶班|接手|接替|代|替|顶)(?:一下|班|我)*[。.!！]?$/u.exec(
      said,
    ) ?? [];
  const [, english] =
    /([\p{L}\p{N}][\p{L}\p{N} _-]{0,63}?) (?:covers|stands in|will cover|fills in)\b/iu.exec(said) ?? [];
  return (
    (chinese ?? english ?? "")
      .replace(/代表$/, "")
      .replace(/^(?:由|请|让|叫|找|托|委托|交给)/, "")
      .trim() || null
  );
}

function lengthFrom(said: string, today: string): string | null {
  const [, count, unit] =
    new RegExp(`${COUNT} ?(天|日假|个?星期|个?礼拜|周(?![一二三四五六日天末])|个月|days?|weeks?|months?)`).exec(said) ??
    [];
  if (count === undefined || unit === undefined) return null;
  const number = /^(半|an?)$/.test(count) ? 1 : numeral(count);
  if (number === null || number === 0) return null;
  const first = beginning(said, today);
  if (/月|month/.test(unit)) return addDays(first, number * 30 - 1);
  return addDays(first, number * (/天|日假|day/.test(unit) ? 1 : 7) - 1);
}

/** The day named before the length: "明天起3天", "12月1日开始请3天". */
function beginning(said: string, today: string): string {
  const [, start] = /^(?:从|自|由|from )?(.{1,12}?)(?:起|开始|算起|请|for )/.exec(said) ?? [];
  const day = start === undefined ? null : oneDay(start.trim(), today, null);
  return day !== null && day >= today ? day : today;
}

function endOf(said: string, today: string): string | null {
  const parts = said.split(/(?:一?直?到|至|until|till|til|through|\bto\b|~|-{1,2}(?=\d{1,2}[月.日号])| - )/);
  const end = (parts.at(-1) ?? "").trim();
  const start = parts.length > 1 ? oneDay((parts.at(-2) ?? "").replace(/^从|^自|^由/, "").trim(), today, null) : null;
  return oneDay(end, today, start);
}

/** @param after the beginning of the span, from which a bare day of the month is counted */
function oneDay(said: string, today: string, after: string | null): string | null {
  const text = said.replace(/^[\s\p{P}请在休我]+/gu, "");
  const [relative] = /^(?:大后天|今天|今日|明天|明日|后天|today|tomorrow)/.exec(text) ?? [];
  if (relative !== undefined) return addDays(today, RELATIVE[relative] ?? 0);
  return (
    fullDate(text) ??
    monthAndDay(text, today) ??
    inWeek(text, today) ??
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

function inWeek(text: string, today: string): string | null {
  const [, next, name] = /^((?:下个?)*)(?:这个?|本)?(?:周|星期|礼拜)([一二三四五六日天末1-7])?/.exec(text) ?? [];
  if (next !== undefined && /周|星期|礼拜/.test(text)) {
    const target = name === undefined || /[天末日]/.test(name) ? 7 : Number(name) || WEEKDAYS.indexOf(name) + 1;
    return inWeekAfter(target, (next.match(/下/g) ?? []).length, today);
  }
  const [, nextEnglish, english] = /^(next |this )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*/.exec(text) ?? [];
  if (english === undefined) return null;
  return inWeekAfter(ENGLISH_WEEKDAYS.indexOf(english) + 1, nextEnglish === "next " ? 1 : 0, today);
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
  if (/^下个?月(?:底|末)?/.test(text)) return lastOfMonth(month === 12 ? year + 1 : year, (month % 12) + 1);
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
