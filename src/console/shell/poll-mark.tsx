import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLanguage } from "../client/language.tsx";

type Freshness = { readonly at: number; readonly isStale: boolean };

/** Says how fresh the page is: it asks again every half minute, and says so; nobody shall take it for live. */
export function PollMark() {
  const { words, times } = useLanguage();
  const queries = useQueryClient();
  const [{ at, isStale }, setFreshness] = useState<Freshness>({ at: 0, isStale: false });
  useEffect(() => {
    const read = (): void => {
      const shown = queries
        .getQueryCache()
        .findAll({ type: "active", predicate: ({ queryKey }) => queryKey[0] !== "me" });
      const answered = shown.map(({ state }) => state.dataUpdatedAt).filter((time) => time > 0);
      const next = {
        at: answered.length === 0 ? 0 : Math.min(...answered),
        isStale: shown.some(({ state }) => state.data !== undefined && state.error !== null),
      };
      setFreshness((before) => (before.at === next.at && before.isStale === next.isStale ? before : next));
    };
    read();
    // Within another component's rendering no state may change.
    return queries.getQueryCache().subscribe(() => queueMicrotask(read));
  }, [queries]);
  if (at === 0) return <span className="poll" />;
  const clock = times.clock(new Date(at));
  return (
    <span className={isStale ? "poll poll-stale" : "poll"}>
      {isStale ? words.shell.stale(clock) : words.shell.polled(clock)}
    </span>
  );
}
