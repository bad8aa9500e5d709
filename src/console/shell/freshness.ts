import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Refused } from "../client/refused.ts";

/** The age of what the page shows: the moment of the oldest answer, and why there is no newer one. */
export type Freshness = { readonly at: number; readonly trouble: "none" | "no-answer" | "database-away" };

/** Follows how fresh all that the page shows is. */
export function useFreshness(): Freshness {
  const queries = useQueryClient();
  const [freshness, setFreshness] = useState<Freshness>({ at: 0, trouble: "none" });
  useEffect(() => {
    const read = (): void => {
      const shown = queries
        .getQueryCache()
        .findAll({ type: "active", predicate: ({ queryKey }) => queryKey[0] !== "me" && queryKey[0] !== "jump" });
      const answered = shown.map(({ state }) => state.dataUpdatedAt).filter((time) => time > 0);
      const at = answered.length === 0 ? 0 : Math.min(...answered);
      const errors = shown.filter(({ state }) => state.data !== undefined).map(({ state }) => state.error);
      const isAway = shown.some(({ state }) => state.error instanceof Refused && state.error.status === 503);
      const trouble = isAway ? "database-away" : errors.some((error) => error !== null) ? "no-answer" : "none";
      setFreshness((before) => (before.at === at && before.trouble === trouble ? before : { at, trouble }));
    };
    read();
    // Within another component's rendering no state may change.
    return queries.getQueryCache().subscribe(() => queueMicrotask(read));
  }, [queries]);
  return freshness;
}
