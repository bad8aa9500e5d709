import { weekday } from "../calendar/days.ts";
import type { Due } from "../calendar/due.ts";
import { isRehearsalNumber } from "../case/rehearsal.ts";

/** A day in Chinese: 2026年12月1日（星期二）. @param day YYYY-MM-DD */
export function zhDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日（星期${"一二三四五六日"[weekday(day) - 1]}）`;
}

const EN_DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });

/** A day in English: Tuesday 1 December 2026. @param day YYYY-MM-DD */
export function enDay(day: string): string {
  return EN_DAY.format(new Date(`${day}T00:00:00Z`)).replace(",", "");
}

/** A deadline in Chinese: 最晚2026年12月1日（星期二）. */
export function zhDue(due: Due): string {
  return typeof due === "string" ? `最晚${zhDay(due)}` : `从反映起${due.within}个工作日内`;
}

/** A deadline in English: by Tuesday 1 December 2026. */
export function enDue(due: Due): string {
  if (typeof due === "string") return `by ${enDay(due)}`;
  return `within ${due.within} working day${due.within === 1 ? "" : "s"} of the report`;
}

/** The number of a case as chats call it: its last digits without zeros; of a rehearsal whole, for a real case may have the same digits. */
export function shortNumber(number: string): string {
  if (isRehearsalNumber(number)) return number;
  return String(Number(number.slice(number.indexOf("-") + 1)));
}
