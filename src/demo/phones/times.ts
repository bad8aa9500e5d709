const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
const clockWithSeconds = new Intl.DateTimeFormat("zh-CN", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});

/** A time of day such as 14:05. */
export function shortTime(iso: string): string {
  return clock.format(new Date(iso));
}

/** A time of day such as 14:05:09. */
export function exactTime(iso: string): string {
  return clockWithSeconds.format(new Date(iso));
}
