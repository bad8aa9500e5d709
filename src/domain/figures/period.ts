import { addDays, dayOf, isDay, weekday } from "../calendar/days.ts";

/** The kinds of periods over which figures are counted. */
export const PERIOD_KINDS = ["day", "week", "month", "quarter", "season", "year", "span"] as const;
/** The kind of a period; `season` is one of heating. */
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** A period by its days, both included, and the code by which it is asked for: `2026-10`, `2026-W41`, `2026-Q4`, `2026-H`, `2026`, a day, or two days with `..`. */
export type Period = {
  readonly code: string;
  readonly kind: PeriodKind;
  readonly from: string;
  readonly until: string;
};

/** The days on which heating begins and ends in the north (城市供热管理: 15 November to 15 March). */
const HEATING = { from: "11-15", until: "03-15" } as const;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2199;
const LONGEST_SPAN_DAYS = 3700;

/** Reads the code of a period; null where there is none of this code. */
export function readPeriod(code: string): Period | null {
  const [from = "", until] = code.split("..");
  if (until !== undefined) {
    const isSpan = isDay(from) && isDay(until) && from <= until && addDays(from, LONGEST_SPAN_DAYS) > until;
    return isSpan && isInReach(from) && isInReach(until) ? { code, kind: "span", from, until } : null;
  }
  const year = Number(code.slice(0, 4));
  if (!/^\d{4}/.test(code) || year < FIRST_YEAR || year > LAST_YEAR) return null;
  const found = spanOf(code.slice(4), year, code);
  return found === null ? null : { code, ...found };
}

/** The period of a kind in which a day lies; of a season the one that begins next, in months without heating. */
export function periodOf(kind: Exclude<PeriodKind, "span">, day: string): Period {
  const year = Number(day.slice(0, 4));
  const found = readPeriod(codeOf(kind, day, year));
  if (found === null) throw new RangeError(`no ${kind} has the day ${day}`);
  return found;
}

/** The same period a year before, as far as it had come by `today`: what is not over is compared with as many days. */
export function yearBefore(
  { kind, from, until }: Period,
  today: string,
): { readonly from: string; readonly until: string } {
  const last = today >= from && today < until ? today : until;
  if (kind === "week") return { from: addDays(from, -364), until: addDays(last, -364) };
  const isWhole = last === until && (kind === "month" || kind === "quarter" || kind === "year");
  const end = isWhole ? addDays(backOneYear(addDays(until, 1)), -1) : backOneYear(last);
  return { from: backOneYear(from), until: end };
}

/** The period next to this one, before or behind; null beyond what can be counted. */
export function nextTo({ kind, from, until }: Period, by: -1 | 1): Period | null {
  if (kind === "span") return null;
  const day = by === 1 ? addDays(until, 1) : addDays(from, -1);
  if (!isInReach(day)) return null;
  if (kind === "season") return readPeriod(`${Number(from.slice(0, 4)) + by}-H`);
  return periodOf(kind, day);
}

function spanOf(rest: string, year: number, code: string): Omit<Period, "code"> | null {
  if (rest === "") return { kind: "year", from: `${year}-01-01`, until: `${year}-12-31` };
  if (rest === "-H") return { kind: "season", from: `${year}-${HEATING.from}`, until: `${year + 1}-${HEATING.until}` };
  const quarter = Number(/^-Q([1-4])$/.exec(rest)?.[1]);
  if (quarter > 0) return { kind: "quarter", ...months(year, quarter * 3 - 2, 3) };
  const month = Number(/^-(0[1-9]|1[0-2])$/.exec(rest)?.[1]);
  if (month > 0) return { kind: "month", ...months(year, month, 1) };
  const week = /^-W(\d{2})$/.exec(rest)?.[1];
  if (week !== undefined) {
    const from = addDays(firstMonday(year), (Number(week) - 1) * 7);
    const isOfYear = Number(week) > 0 && from < firstMonday(year + 1);
    return isOfYear ? { kind: "week", from, until: addDays(from, 6) } : null;
  }
  return isDay(code) ? { kind: "day", from: code, until: code } : null;
}

function codeOf(kind: Exclude<PeriodKind, "span">, day: string, year: number): string {
  switch (kind) {
    case "day":
      return day;
    case "week": {
      const weekYear = day < firstMonday(year) ? year - 1 : day >= firstMonday(year + 1) ? year + 1 : year;
      const weeks = (Date.parse(day) - Date.parse(firstMonday(weekYear))) / (7 * 86_400_000);
      return `${weekYear}-W${String(Math.floor(weeks) + 1).padStart(2, "0")}`;
    }
    case "month":
      return day.slice(0, 7);
    case "quarter":
      return `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    case "season":
      return `${day.slice(5) <= HEATING.until ? year - 1 : year}-H`;
    case "year":
      return String(year);
  }
}

/** The Monday with which the first week of a year begins: the one that has its fourth day (ISO 8601). */
function firstMonday(year: number): string {
  const fourth = `${year}-01-04`;
  return addDays(fourth, 1 - weekday(fourth));
}

function months(year: number, first: number, count: number): { readonly from: string; readonly until: string } {
  const behind = first + count > 12 ? `${year + 1}-01-01` : `${year}-${String(first + count).padStart(2, "0")}-01`;
  return { from: `${year}-${String(first).padStart(2, "0")}-01`, until: addDays(behind, -1) };
}

/** A year earlier; of 29 February the day before. */
function backOneYear(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return dayOf(year - 1, month, date) ?? `${year - 1}-02-28`;
}

function isInReach(day: string): boolean {
  const year = Number(day.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}
