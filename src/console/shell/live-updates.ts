import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { pollEvery } from "../client/asking.ts";
import { type Hint, hearChanges, type LiveState, liveState, watchLive } from "../client/live.ts";
import { asksForReason } from "../client/refused.ts";
import { mayAsk, useSession } from "../client/session.ts";
import { lookForVersion } from "./new-version.ts";

/** Hints that come together lead to one question. */
const GATHER_MS = 300;

const RULES = [
  ...["rulesets", "ruleset", "ruleset-in-force", "rule-changes", "rule-readiness", "rule-comments", "rule-marks"],
  ...["rules-use", "rule-use", "today"],
].map((what) => [what]);

/** The questions of pages that each topic answers anew; the list itself stays as it is until somebody wants it moved. */
const ASKED: Readonly<Record<Hint["topic"], (key: string) => readonly (readonly unknown[])[]>> = {
  cases: (number) => [
    ["case", number],
    ["cases-now"],
    ["phone-tasks"],
    ["units-work"],
    ["petitions"],
    ["recordings"],
    ["handovers"],
    ["today"],
    ["duty"],
  ],
  presence: (number) => [["presence", number]],
  deliveries: () => [["deliveries"], ["delivery"], ["delivery-groups"], ["stuck"], ["today"]],
  rules: () => RULES,
  errands: (id) => [["errand", id], ["reports"], ["trials"], ["layers"]],
};

/**
 * Whether a question may be asked again by itself. A list that somebody reads does not move, and each look at a sealed case is a
 * reading that stands in the records.
 */
function mayRefresh({ queryKey, state }: Query): boolean {
  const [what, search] = queryKey;
  if (what === "cases" || what === "jump") return false;
  if (what === "case")
    return !asksForReason(state.error) && (state.data as { readonly sealed?: boolean } | undefined)?.sealed !== true;
  const filter = (search as { readonly filter?: { readonly sealed?: boolean } } | undefined)?.filter;
  return what !== "cases-now" || filter?.sealed !== true;
}

/** Asks again for all that is shown, but for what may not be asked for by itself. */
export function refreshShown(queries: QueryClient): void {
  void queries.invalidateQueries({ predicate: mayRefresh });
}

/** Keeps what the page shows true while it is open: what changed elsewhere is asked for again. @param isPageThere before that nothing is heard */
export function useLiveUpdates(isPageThere: boolean): void {
  const { me } = useSession();
  const queries = useQueryClient();
  const { id } = me;
  const mayHear = isPageThere && mayAsk(me, "GET /live");
  useEffect(() => {
    if (!mayHear) return;
    let waiting: Hint[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      const keys = new Map(
        waiting.flatMap(({ topic, key }) => ASKED[topic](key).map((one) => [JSON.stringify(one), one] as const)),
      );
      waiting = [];
      // Where nobody is, nothing is asked for: the session may end. Who comes back sees all of it anew.
      const refetchType = pollEvery() === false ? "none" : "active";
      for (const queryKey of keys.values())
        void queries.invalidateQueries({ queryKey, predicate: mayRefresh, refetchType });
    };
    const close = hearChanges(`liaison-live-${id}`, {
      onHint(hint) {
        waiting.push(hint);
        timer ??= setTimeout(flush, GATHER_MS);
      },
      onGap() {
        if (pollEvery() !== false) refreshShown(queries);
      },
      onHello: () => void lookForVersion(),
    });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [id, mayHear, queries]);
}

/** Follows how live the page is. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(watchLive, liveState);
}
