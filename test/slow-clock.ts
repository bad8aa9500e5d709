import { dayIn } from "../src/domain/calendar/deadline.ts";
import { workdayFrom } from "../src/domain/calendar/months.ts";

/** A clock of tests: it goes on when it is told to. */
export type SlowClock = { readonly now: () => Date; advance(ms: number): void };

/**
 * Ten o'clock in the county of today, or of the next day on which people work: what happens by the hour (quiet hours, reminders, days off)
 * is the same whenever a test runs.
 */
export function tenOnAWorkday(): number {
  return onAWorkday("10:00");
}

/** Nine o'clock in the evening of such a day, when nobody is called or reminded of anything. */
export function eveningOfAWorkday(): number {
  return onAWorkday("21:00");
}

function onAWorkday(time: string): number {
  const day = workdayFrom(dayIn(new Date(), "Asia/Shanghai"), {});
  return Date.parse(`${day}T${time}:00+08:00`);
}

/** So much slower than real time: what is to happen three seconds later does not while a busy machine takes a minute. */
const SLOWNESS = 20;

/**
 * Starts one at this moment, or at another one. By itself it goes so slowly that no test depends on how fast the machine is, but it goes, so that what
 * is tried again a second later is; and no two looks at it show the same.
 */
export function slowClock(begin: number = Date.now()): SlowClock {
  const startedAt = performance.now();
  let set = begin;
  let last = 0;
  return {
    now() {
      last = Math.max(last + 1, Math.floor(set + (performance.now() - startedAt) / SLOWNESS));
      return new Date(last);
    },
    advance(ms) {
      set += ms;
      last += ms;
    },
  };
}
