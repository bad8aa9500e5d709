import { useIsFetching } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/** However long a page is in coming, what it needs not for itself begins then. */
const AT_LATEST_MS = 3000;

/** Whether the page that was opened has what it asked for, or failed to get it: until then nothing else is asked for that could hold it up. */
export function useIsPageThere(): boolean {
  const isIdle = useRouterState({ select: ({ status }) => status === "idle" });
  const isStill = useIsFetching() === 0 && isIdle;
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    if (isThere) return;
    // After the frame in which it is painted.
    const timer = setTimeout(() => setThere(true), isStill ? 0 : AT_LATEST_MS);
    return () => clearTimeout(timer);
  }, [isThere, isStill]);
  return isThere;
}
