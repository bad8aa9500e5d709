import chineseDays from "chinese-days";
import type { History, PromisedDay, Reminder, Violation } from "./history.ts";

const ZONE_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
/** Nothing is said before half past seven, or from eight in the evening on. */
const LOUD_FROM_MINUTE = 7 * 60 + 30;
const LOUD_UNTIL_MINUTE = 20 * 60;

/** NO-DOUBLE-DIGEST: a deputy gets at most one digest a day, none in quiet hours or on days off. */
export function oneDigestADay({ reminders }: History): Violation[] {
  const broken = (one: Reminder, text: string): Violation => ({
    invariant: "NO-DOUBLE-DIGEST",
    text: `the digest of ${one.county}/${one.deputy} at ${one.at} ${text}`,
    about: null,
  });
  const days = Map.groupBy(reminders, (one) => `${one.county} ${one.deputy} ${dayOf(one.at)}`);
  return [
    ...[...days.values()].flatMap((all) => all.slice(1).map((one) => broken(one, "is another one of its day"))),
    ...reminders.flatMap((one) => {
      if (!chineseDays.isWorkday(dayOf(one.at))) return [broken(one, "came on a day off")];
      const minute = minuteOf(one.at);
      return minute < LOUD_FROM_MINUTE || minute >= LOUD_UNTIL_MINUTE ? [broken(one, "came in quiet hours")] : [];
    }),
  ];
}

/**
 * PROMISE-KEPT-OR-SAID: whenever a promised day passes, its resident, deputy and station have been told by the next working day's
 * evening. A case without a deputy is the office's, which sees it in its own list; so is one of a deputy without a chat.
 */
export function promiseKeptOrSaid({ promises, reminders, endsAt }: History): Violation[] {
  return promises.flatMap((one): Violation[] => {
    const evening = eveningAfter(one.dueAt);
    if (Date.parse(evening) > Date.parse(endsAt) || isKept(one, evening)) return [];
    const broken = (text: string): Violation => ({ invariant: "PROMISE-KEPT-OR-SAID", text, about: one.number });
    const by = (at: string | null) => at !== null && at <= evening;
    const reminded = reminders.some(
      (digest) => digest.cases.includes(one.number) && digest.county === one.county && digest.at <= evening,
    );
    return [
      ...(by(one.saidAt) ? [] : [broken(`its resident was not told by ${evening} that ${one.dueAt} had passed`)]),
      ...(by(one.passedOnAt) ? [] : [broken(`neither station nor office was asked by ${evening} to see to it`)]),
      ...(one.deputy === null || !one.hasChat || reminded ? [] : [broken(`its deputy was not reminded by ${evening}`)]),
    ];
  });
}

/** Somebody answered, it ended, or another day was promised, before anybody had to say that the day had passed. */
function isKept({ settledAt, answeredAt }: PromisedDay, evening: string): boolean {
  return [settledAt, answeredAt].some((at) => at !== null && at <= evening);
}

/** Eight in the evening of the first working day after the day of a moment. */
function eveningAfter(at: string): string {
  let day = addDay(dayOf(at));
  while (!chineseDays.isWorkday(day)) day = addDay(day);
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + LOUD_UNTIL_MINUTE * 60_000).toISOString();
}

function dayOf(at: string): string {
  return new Date(Date.parse(at) + ZONE_MS).toISOString().slice(0, 10);
}

function addDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function minuteOf(at: string): number {
  const there = new Date(Date.parse(at) + ZONE_MS);
  return there.getUTCHours() * 60 + there.getUTCMinutes();
}
