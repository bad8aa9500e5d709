import { useEffect, useState } from "react";
import { Refused } from "./refused.ts";

const POLL_MS = 30_000;
/** While changes are heard of, what no hint tells is still asked for now and then. */
const LIVE_POLL_MS = 120_000;
/** Questions that nobody waits for would keep a session open at a computer that somebody left. */
const IDLE_AFTER_MS = 5 * 60_000;

let touchedAt = performance.now();
let isLive = false;

/** Remembers whether changes are heard of, so that pages need not ask as often. */
export function setLive(isHeard: boolean): void {
  isLive = isHeard;
}

/** Notices whether somebody is at the page. @param back told when somebody comes back to a page that was left alone */
export function watchActivity(back: () => void): void {
  const touch = (): void => {
    const wasIdle = pollEvery() === false;
    touchedAt = performance.now();
    if (wasIdle) back();
  };
  for (const type of ["pointermove", "pointerdown", "keydown", "touchstart"])
    addEventListener(type, touch, { passive: true });
}

/** The milliseconds for which nobody has touched the page. */
export function untouchedMs(): number {
  return performance.now() - touchedAt;
}

/** The pause after which a page asks again for what it shows, in milliseconds; false while nobody is there. */
export function pollEvery(): number | false {
  return untouchedMs() > IDLE_AFTER_MS ? false : isLive ? LIVE_POLL_MS : POLL_MS;
}

/** Whether a failed question may be asked again by itself: the API's refusals stay what they are. */
export function mayAskAgain(count: number, error: unknown): boolean {
  return count < 2 && error instanceof Refused && (error.status === 0 || error.status === 503);
}

/** Whether something has gone on for long enough to be worth showing, so that quick answers do not flicker. */
export function useLasting(isOn: boolean, afterMs = 150): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isOn) {
      setLasts(false);
      return;
    }
    const timer = setTimeout(() => setLasts(true), afterMs);
    return () => clearTimeout(timer);
  }, [isOn, afterMs]);
  return lasts;
}
