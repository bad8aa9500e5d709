const DAY_MS = 86_400_000;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether a text is a day that exists, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text) ?? [];
  return year !== undefined && dayOf(Number(year), Number(month), Number(day)) === text;
}

/** The day with these numbers, YYYY-MM-DD; null when there is none, such as 30 February. `month` is 1 to 12. */
export function dayOf(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 9999 || month < 1 || day < 1) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

/** The day some days later, or earlier when `days` is negative; both YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The number of days from `from` to `to`, both YYYY-MM-DD; negative when `to` is before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The day of the week by ISO 8601: 1 is Monday, 7 is Sunday. */
export function weekday(day: string): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}
