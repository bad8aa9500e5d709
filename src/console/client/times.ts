/** The days and moments as people read them, in the county's zone. */
export type Times = {
  /** 11月29日 10:42, with the year when it is not this one. */
  moment(iso: string): string;
  /** 10:42. */
  clock(at: Date | string): string;
  /** 12月3日 周四: a day by which something is due, with the year when it is not this one. */
  day(iso: string): string;
  /** The day of a moment in the county's zone, YYYY-MM-DD. */
  dayOf(at: Date): string;
};

/** All counties lie in one zone, which has no summer time; the browser's own formats take an old computer some milliseconds each to make. */
const ZONE_MS = 8 * 3_600_000;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];
const WEEKDAYS = {
  "zh-CN": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
} as const;

const two = (value: number): string => String(value).padStart(2, "0");

/** A moment whose UTC is the county's time. */
const there = (at: Date | string): Date => new Date(new Date(at).getTime() + ZONE_MS);

const dayOf = (at: Date): string => there(at).toISOString().slice(0, 10);

/** The times in a language. */
export function timesIn(locale: "zh-CN" | "en"): Times {
  const clock = (at: Date | string): string => {
    const local = there(at);
    return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
  };
  const monthDay = (at: Date): string =>
    locale === "en"
      ? `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
      : `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  const withYear = (at: Date): string =>
    locale === "en" ? `${monthDay(at)} ${at.getUTCFullYear()}` : `${at.getUTCFullYear()}年${monthDay(at)}`;
  return {
    clock,
    moment(text) {
      const local = there(text);
      const isThisYear = local.getUTCFullYear() === there(new Date()).getUTCFullYear();
      return `${(isThisYear ? monthDay : withYear)(local)} ${clock(text)}`;
    },
    day(text) {
      // A day has no zone: it is read as its own midnight.
      const at = new Date(`${text.slice(0, 10)}T00:00:00Z`);
      const weekday = WEEKDAYS[locale][at.getUTCDay()] ?? "";
      const isThisYear = at.getUTCFullYear() === there(new Date()).getUTCFullYear();
      const said = (isThisYear ? monthDay : withYear)(at);
      return locale === "en" ? `${weekday} ${said}` : `${said} ${weekday}`;
    },
    dayOf,
  };
}
