import { weekday } from "../calendar/days.ts";
import type { Due } from "../calendar/due.ts";

/** 2026年12月1日（星期二）, of YYYY-MM-DD. */
export function zhDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日（星期${"一二三四五六日"[weekday(day) - 1]}）`;
}

const EN_DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });

/** Tuesday 1 December 2026, of YYYY-MM-DD. */
export function enDay(day: string): string {
  return EN_DAY.format(new Date(`${day}T00:00:00Z`)).replace(",", "");
}

/** By when, in Chinese: 最晚2026年12月1日（星期二）. */
export function zhDue(due: Due): string {
  return typeof due === "string" ? `最晚${zhDay(due)}` : `从反映起${due.within}个工作日内`;
}

/** By when, in English: by Tuesday 1 December 2026. */
export function enDue(due: Due): string {
  if (typeof due === "string") return `by ${enDay(due)}`;
  return `within ${due.within} working day${due.within === 1 ? "" : "s"} of the report`;
}

/** In chat a case is called by its last digits without zeros. */
export function shortNumber(number: string): string {
  return String(Number(number.slice(number.indexOf("-") + 1)));
}
