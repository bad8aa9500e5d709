import { useEffect, useState } from "react";
import { Refused } from "./refused.ts";

/** How often a page asks again for what it shows. */
export const POLL_MS = 30_000;

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
