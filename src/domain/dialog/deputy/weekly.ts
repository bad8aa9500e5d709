import { addDays, weekday } from "../../calendar/days.ts";
import { type DayPart, daysEachWeek, type EachWeek } from "../../calendar/weekly.ts";
import { normalise, withoutEdges } from "../../text/words.ts";
import { firstDayOf, oneDay } from "../spoken-days.ts";

/**
 * The days of each week of which a deputy speaks: away on them, or, with `isEnd`, not any more; `isHalf` where they said a part of the day that is no half of it,
 * `isSure` where nothing else can be meant.
 */
export type Weekly = EachWeek & { readonly isHalf: boolean; readonly isEnd: boolean; readonly isSure: boolean };

/** Nobody says this in more words. */
const LONGEST = 60;

const WEEK = "(?:周|星期|礼拜)";
const DAY = "[一二三四五六日天1-7]";
const DAYS = `${WEEK}${DAY}(?:(?:到|至|-|~)${WEEK}?${DAY}|(?:[、,和及与跟]|以及|还有)?(?:每个?)?(?:${WEEK}${DAY}|${DAY}(?!\\d)))*|${WEEK}末`;
const EVERY = "(?:每逢|每个?|逢)";
const SUBJECT = "(?:我|本人|俺)";
const PART = "(?:上午|下午|早上|晚上|中午|半天|白天)";
/** What keeps a person from a case, of whoever says it without another subject. */
const ACT =
  "(?:(?:开|有)?(?:例会|会议)|开会|上课|有课|学习|培训|值班|坐班|出差|外出|有事|没空|没时间|不方便|休息|休假|请假|看病|透析|理疗|体检|办事|照顾[\\p{Script=Han}]{1,4}|不在(?:家|岗|村里|镇上|县里|本地)?)";
const MOOD = "(?:都|要|得|会|固定|定期|一般|基本|可能|我|,|\\s)*";
const PLACE = "(?:(?:去|到|在|回)[\\p{Script=Han}]{1,6}?)?";
const DATE = "[\\d一二三四五六七八九十两月日号周星期礼拜天下个这本今明后年底初末]{2,12}?";
const UNTIL = `(?:[,\\s]*(?:从)?(?<back>${DATE})(?:起|开始)?就?(?:恢复|照常|正常|回来|在)(?:了|上班|接件)*|[,\\s]*(?:一?直?到|至)(?<last>${DATE})(?:为止|结束|止)?)?`;
const END = "(?:了|吧|哈|啊|呢|哦|,?(?:谢谢|特此请假|请知悉))*";
const FROM = `(?:(?:从|自)?(?<from>${DATE})(?:起|开始|以后)[,\\s]*)?`;

const SAID = new RegExp(
  `^${FROM}${SUBJECT}?(?<every>${EVERY})?(?<days>${DAYS})(?<part>${PART})?${MOOD}${PLACE}${ACT}(?:[,\\s]*${MOOD}${ACT})*${UNTIL}${END}$`,
  "u",
);
/** The command with days of each week behind it: 请假 每周三下午. */
const LEAVE = new RegExp(
  `^(?:我要|我想)?请假[\\s,:]*${FROM}(?<every>${EVERY})(?<days>${DAYS})(?<part>${PART})?${UNTIL}${END}$`,
  "u",
);
const TAKEN_BACK = new RegExp(
  `^(?:(?<verb>销假|取消|恢复)[\\s,:]*(?:每逢|每个?|逢)?(?<days>${DAYS})${PART}?(?:的|不在|请假|开会|上课)*|${SUBJECT}?${EVERY}(?<all>${DAYS})${PART}?(?:都|又)?(?:恢复|在|照常|能接件|可以接件|不用请假|不开会|不上课|不请假))了?$`,
  "u",
);
const ENGLISH_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const ENGLISH =
  /^(?:i am|i'm|i'll be|i will be)? ?(?:away|out|off|not available|in a meeting|in meetings) (?:every|each|on) (?<days>(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:, | and | )?)+)(?:(?<part>morning|afternoon)s?)?(?: until (?<last>.{3,20}))?$|^(?:every|each) (?<all>(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:, | and | )?)+) (?:i am|i'm) (?:away|out|off|in a meeting)$/u;
const ENGLISH_BACK =
  /^(?:back|here again|end) (?:every|each|on) (?<days>(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:, | and | )?)+)$/u;

/**
 * The days of each week of which a deputy says that they are away on them, or are there again; null in other words, `unclear` where the
 * beginning or the end cannot be read.
 *
 * Without "每" several days that do not follow each other are those of this week, or of the next where they are over.
 * @param today YYYY-MM-DD in the county's time zone
 */
export function weeklyIn(text: string, today: string): Weekly | "unclear" | null {
  if (text.length > LONGEST || /[?？]\s*$/.test(text)) return null;
  const said = withoutEdges(normalise(text)).toLowerCase();
  const back = TAKEN_BACK.exec(said)?.groups ?? ENGLISH_BACK.exec(said)?.groups;
  if (back !== undefined) {
    const weekdays = weekdaysIn(back.days ?? back.all ?? "");
    return weekdays.length === 0
      ? null
      : { weekdays, from: today, until: null, part: null, isHalf: false, isEnd: true, isSure: back.all === undefined };
  }
  const found = SAID.exec(said)?.groups ?? LEAVE.exec(said)?.groups ?? ENGLISH.exec(said)?.groups;
  const weekdays = weekdaysIn(found?.days ?? found?.all ?? "");
  if (found === undefined || weekdays.length === 0) return null;
  const part = partIn(found.part ?? "");
  const isHalf = part === null && found.part !== undefined && found.part !== "白天";
  const from = found.from === undefined ? today : firstDayOf(found.from, today);
  const until = lastDay(found.back, found.last, today);
  if (from === null || until === undefined) return "unclear";
  const isEnglish = /^[a-z]/.test(said);
  if (found.every !== undefined || isEnglish) return spanned({ weekdays, from, until, part }, isHalf, today);
  // Days that follow each other are an absence of their own.
  const isOneSpan = weekdays.every((day, at) => at === 0 || day === (weekdays[at - 1] ?? 0) + 1);
  if (isOneSpan) return null;
  return spanned({ weekdays, from, until: until ?? endOfWeek(weekdays, from), part }, isHalf, today);
}

function spanned(week: EachWeek, isHalf: boolean, today: string): Weekly | "unclear" {
  const from = week.from < today ? today : week.from;
  const isEmpty = daysEachWeek({ ...week, from }, from, week.until ?? addDays(from, 6)).length === 0;
  return isEmpty ? "unclear" : { ...week, from, isHalf, isEnd: false, isSure: true };
}

/** The half of a day that is said; null where it is the whole of it, or none that can be kept. */
function partIn(said: string): DayPart | null {
  if (/^(?:上午|早上|morning)/.test(said)) return "morning";
  return /^(?:下午|afternoon)/.test(said) ? "afternoon" : null;
}

/** @returns null where no end was said, undefined where it cannot be read */
function lastDay(back: string | undefined, last: string | undefined, today: string): string | null | undefined {
  if (back === undefined && last === undefined) return null;
  if (last !== undefined) return oneDay(last, today, null) ?? undefined;
  const first = firstDayOf(back ?? "", today);
  return first === null ? undefined : addDays(first, -1);
}

/** The Sunday of this week, or of the next where none of these days is left. */
function endOfWeek(weekdays: readonly number[], from: string): string {
  const sunday = addDays(from, 7 - weekday(from));
  return daysEachWeek({ weekdays, from, until: sunday }, from, sunday).length > 0 ? sunday : addDays(sunday, 7);
}

function weekdaysIn(days: string): number[] {
  if (/^[a-z]/.test(days)) {
    return ENGLISH_DAYS.flatMap((name, at) => (days.includes(name) ? [at + 1] : []));
  }
  if (/末$/.test(days)) return [6, 7];
  const found = new Set<number>();
  const signs = [...days.matchAll(/(到|至|-|~)?(?:周|星期|礼拜)?([一二三四五六日天1-7])/gu)];
  let last = 0;
  for (const [, range, sign = ""] of signs) {
    const day = Number(sign) || (/[日天]/.test(sign) ? 7 : "一二三四五六".indexOf(sign) + 1);
    if (range !== undefined) for (let at = last; at <= day; at += 1) found.add(at);
    found.add(day);
    last = day;
  }
  return [...found].toSorted((a, b) => a - b);
}
