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

/** All counties lie in one zone. */
const ZONE = "Asia/Shanghai";

/** The times in a language. */
export function timesIn(locale: "zh-CN" | "en"): Times {
  const tag = locale === "en" ? "en-GB" : "zh-CN";
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  const clock = format({ timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const monthDay = format({ timeZone: ZONE, month: locale === "en" ? "short" : "long", day: "numeric" });
  const withYear = format({
    timeZone: ZONE,
    year: "numeric",
    month: locale === "en" ? "short" : "long",
    day: "numeric",
  });
  // A day has no zone: it is read as its own midnight.
  const due = { timeZone: "UTC", month: locale === "en" ? "short" : "long", day: "numeric", weekday: "short" } as const;
  const dueThisYear = format(due);
  const dueInYear = format({ ...due, year: "numeric" });
  const iso = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
  const dayOf = (at: Date): string => iso.format(at);
  return {
    clock: (at) => clock.format(new Date(at)),
    moment(text) {
      const at = new Date(text);
      const isThisYear = dayOf(at).slice(0, 4) === dayOf(new Date()).slice(0, 4);
      return `${(isThisYear ? monthDay : withYear).format(at)} ${clock.format(at)}`;
    },
    day(text) {
      const isThisYear = text.slice(0, 4) === dayOf(new Date()).slice(0, 4);
      const said = (isThisYear ? dueThisYear : dueInYear).format(new Date(`${text.slice(0, 10)}T00:00:00Z`));
      return said.replace(/(日)(周)/, "$1 $2");
    },
    dayOf,
  };
}
