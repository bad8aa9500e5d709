const DURATION = /^(-)?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Parses an ISO 8601 duration of weeks, days, hours, minutes and seconds, in whole numbers; a minus in front goes back.
 *
 * Years and months are refused: they have no fixed length.
 * @returns milliseconds, or null when the text is no such duration
 */
export function parseDuration(text: string): number | null {
  const parts = DURATION.exec(text);
  if (parts === null || /[PT]$/.test(text)) return null;
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  const ms =
    (Number(weeks) * 7 + Number(days)) * DAY_MS +
    Number(hours) * HOUR_MS +
    Number(minutes) * MINUTE_MS +
    Number(seconds) * SECOND_MS;
  if (!Number.isSafeInteger(ms) || Number.isNaN(new Date(Date.now() + ms).getTime())) return null;
  return sign === "-" ? -ms : ms;
}

/**
 * Creates the clock of the service.
 * @param offsetMs added to the machine's clock, for rehearsals and tests
 */
export function createClock(offsetMs: number): () => Date {
  return () => new Date(Date.now() + offsetMs);
}
