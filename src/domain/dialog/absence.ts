import { addDays, daysBetween } from "../calendar/days.ts";
import { normalise, numeral } from "../text/words.ts";
import { ENGLISH_MONTHS, firstDayOf, LEADING, oneDay } from "./spoken-days.ts";

/** The longest absence, in days: a later day was read or typed wrong. */
const LONGEST_DAYS = 366;
/** So long ago an absence may have begun that is told today. */
const LATELY_DAYS = 60;

const COUNT = "(?<![周期拜])(\\d{1,3}|[一二两三四五六七八九十]{1,3}|半|an?)";

/** The days of an absence, both included, YYYY-MM-DD. */
export type AbsenceSpan = { readonly from: string; readonly until: string };

const STANDS_IN = "\\s*(?:代表)?\\s*(?:代替|代班|代办|代管|代理|顶替|顶班|接手|接替|代|替|顶)(?:一下|班|我)*[。.!！]?$";

/**
 * The days of an absence, as a deputy typed them: "到周五", "12月10日到12日", "3天", "明天起3天", "下周", "until Friday".
 *
 * An end alone counts from today, a number of days from the day on which it begins. Tomorrow or next week alone are what
 * they say, and do not begin today. A beginning that is there and cannot be read, or days that do not follow each other,
 * make the whole unreadable: nobody is away on days that they did not say.
 * @param today YYYY-MM-DD in the county's time zone
 * @returns today or later, at most a year ahead; null when it could not be read
 */
export function absenceSpan(text: string, today: string): AbsenceSpan | null {
  const said = monthOnBoth(
    normalise(text)
      .toLowerCase()
      .replace(/\s+/g, " ")
      .replace(/下一(?=[个周星礼月])/g, "下"),
  );
  const span = byLength(said, today) ?? byDays(said, today) ?? byEnd(said, today);
  if (span === null) return null;
  const from = span.from > today ? span.from : today;
  return from <= span.until && daysBetween(today, span.until) <= LONGEST_DAYS ? { from, until: span.until } : null;
}

/**
 * The substitute that a deputy typed:  "由王建国代", "D002代班", "请王建国代表替我", "D002 covers".
 *
 * @returns a code, or words that end in the name; null when nobody is named
 */
export function standInNamed(text: string): string | null {
  const said = normalise(text).trim();
  const [, asked] = new RegExp(`(?:由|请|让|叫|找|委?托|交给)([^,。;!?]{2,48}?)${STANDS_IN}`, "u").exec(said) ?? [];
  const [, chinese] = new RegExp(`([\\p{L}\\p{N}·•・‧._-]{2,32}?)${STANDS_IN}`, "u").exec(said) ?? [];
  const [, english] =
    /([\p{L}\p{N}][\p{L}\p{N} ·•・‧._-]{0,63}?) (?:covers|stands in|will cover|fills in)\b/iu.exec(said) ?? [];
  return (asked ?? chinese ?? english ?? "").replace(/代表$/, "").trim() || null;
}

/** "10 to 12 december" and "december 10-12" name the month once for both. */
function monthOnBoth(said: string): string {
  const between = "(?:-|–|—|to|until|till|through)";
  const month = `(?:${ENGLISH_MONTHS.join("|")})[a-z]*`;
  const day = "(\\d{1,2})(?:st|nd|rd|th)?";
  return said
    .replace(new RegExp(`${day} ?${between} ?${day} (?:of )?(${month})`), "$1 $3 to $2 $3")
    .replace(new RegExp(`(${month}) ${day} ?${between} ?${day}(?!\\d)`), "$1 $2 to $1 $3");
}

function byLength(said: string, today: string): AbsenceSpan | null {
  const found = new RegExp(
    `${COUNT} ?(天(?!后)|日假|个?星期|个?礼拜|周(?![一二三四五六日天末])|个月|days?|weeks?|months?)`,
  ).exec(said);
  const [, count, unit] = found ?? [];
  if (found === null || count === undefined || unit === undefined) return null;
  const number = /^(半|an?)$/.test(count) ? 1 : numeral(count);
  if (number === null || number === 0) return null;
  const from = beginning(said.slice(0, found.index), said.slice(found.index + found[0].length), today);
  if (from === null) return null;
  const days = /月|month/.test(unit) ? number * 30 : number * (/天|日假|day/.test(unit) ? 1 : 7);
  return { from, until: addDays(from, days - 1) };
}

/** The day named before the length, or behind it in English: "明天起3天", "12月1日开始请3天", "3 days from 1 December". */
function beginning(before: string, behind: string, today: string): string | null {
  const start = before.replace(/(?:起|开始|算起|以后|请假?|休假?|大概|大约|共|一共|for|away|[\s\p{P}])+$/gu, "").trim();
  const [, later] =
    /\b(?:from|starting(?: on)?|beginning(?: on)?) (.+)$/.exec(behind) ??
    /(?:从|自)(.+?)(?:起|开始|算起)/.exec(behind) ??
    [];
  const named = later ?? start;
  return firstDayOf(named.replace(STARTS, ""), today) ?? (DAY_WORDS.test(named) ? null : today);
}

/** Days one by one: "12月10日、11日". */
function byDays(said: string, today: string): AbsenceSpan | null {
  const parts = said.split(/[、,，]|[和与及]|\band\b/).map((part) => part.trim());
  const days: string[] = [];
  for (const part of parts) {
    const day = /到|至|until|\bto\b|起|开始/.test(part) ? null : oneDay(part, today, days.at(-1) ?? null);
    if (day !== null) days.push(day);
  }
  const [from] = days;
  const until = days.at(-1);
  if (from === undefined || until === undefined || days.length < 2) return null;
  const follow = days.every((day, index) => index === 0 || daysBetween(days[index - 1] ?? day, day) === 1);
  return follow ? { from, until } : NEVER;
}

/** A span that no day is in: what was said was read, and cannot be meant. */
const NEVER: AbsenceSpan = { from: "9999-12-31", until: "0000-01-01" };

function byEnd(said: string, today: string): AbsenceSpan | null {
  const parts = said.split(UNTIL);
  const end = (parts.at(-1) ?? "").trim();
  const before = parts.length > 1 ? (parts.at(-2) ?? "").trim() : "";
  const start = before.replace(STARTS, "").replace(/(?:起|开始)$/, "");
  const from = start === "" ? null : (firstDayOf(start, today) ?? lately(start, today));
  if (parts.length > 1 && from === null && (STARTS.test(before) || DAY_WORDS.test(before))) return null;
  if (parts.length === 1) {
    if (/(?:起|开始|以后|之后|\bon)$|^(?:从|自|from |starting )/.test(end)) return null;
    const alone = itself(end, today);
    if (alone !== null) return alone;
  }
  const until = oneDay(end, today, from);
  return until === null ? null : { from: from ?? today, until };
}

/** Today, for a beginning that has just passed. */
function lately(start: string, today: string): string | null {
  const day = oneDay(start, addDays(today, -LATELY_DAYS), null);
  return day !== null && day < today ? today : null;
}

const UNTIL = /(?:一?直?到|至|until|till|til|through|\bto\b|~|—+|–|-{1,2}(?=\d{1,2}[月.日号/])| - )/;
const STARTS = /^(?:从|自|由|from |starting (?:on )?)/;
/** Words of a day or period, which must be read where they stand, or nothing is. */
const DAY_WORDS =
  /\d ?[月日号./-]|[周礼星][一二三四五六日天期拜]|[今明后]天|[下上本这]个?[周月星礼]|月[底初末]|年[底初末]|春节|元旦|国庆/;

/** Tomorrow, and a coming week or month, said alone: those days and not the ones before. */
function itself(said: string, today: string): AbsenceSpan | null {
  const text = said.replace(LEADING, "");
  if (/^(?:大后天|明天|明日|后天|tomorrow)(?!.*回)/.test(text)) {
    const day = oneDay(text, today, null);
    return day === null ? null : { from: day, until: day };
  }
  const isPeriod =
    /^(?:下个?)+(?:周|星期|礼拜)(?![一二三四五六日天末1-7])|^下个?月(?![底末\d])|^next (?:week|month)/.test(text);
  const from = isPeriod ? firstDayOf(text, today) : null;
  const until = isPeriod ? oneDay(text, today, null) : null;
  return from === null || until === null ? null : { from, until };
}
