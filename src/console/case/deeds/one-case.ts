import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { mayAskAgain, pollEvery } from "../../client/asking.ts";
import type { Answered } from "../../client/call.ts";
import { asksForReason, Refused } from "../../client/refused.ts";
import { useSession } from "../../client/session.ts";

/** A case whole, as its page shows it. */
export type OneCase = Answered<"GET /cases/{number}">;
/** A verb on a case, by the name of its operation. */
export type Verb = OneCase["may"][number];
/** An event of a case. */
type CaseEvent = OneCase["events"][number];

/** A case that is being looked at: as it is shown, and what has happened since. */
export type Looked = {
  readonly shown: OneCase | undefined;
  /** What happened since it is shown so, and is not shown yet. */
  readonly since: readonly CaseEvent[];
  /** The name of whoever has it now, by their code; null for anybody else. */
  readonly nameOf: (code: string) => string | null;
  readonly isChanged: boolean;
  /** Shows it as it is now. */
  readonly show: () => void;
  /** Asks for it anew and shows it at once, as after an own deed. */
  readonly renew: () => Promise<void>;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly again: () => void;
};

/** So long after an own deed is what becomes of its messages followed, and so often. */
const FOLLOWED_MS = 60_000;
const FOLLOW_MS = 2_000;

/**
 * Looks at a case and asks each half minute whether it has changed, but never of a sealed one; what somebody reads changes when
 * they say so. Whether a message has arrived is no event of the case and moves nothing: that is shown at once.
 */
export function useCase(number: string): Looked {
  const { call } = useSession();
  const queries = useQueryClient();
  const [shown, setShown] = useState<OneCase | undefined>(undefined);
  const followedUntil = useRef(0);
  const asked = useQuery({
    queryKey: ["case", number],
    queryFn: async ({ signal }) => (await call("GET /cases/{number}", { params: { number }, signal })).body,
    // Each look at a sealed case is written down as a reading, and who gives their reason is not disturbed: nobody looks by themselves.
    refetchInterval({ state: { data, error } }) {
      if (data?.sealed === true || asksForReason(error)) return false;
      const isFollowed = performance.now() < followedUntil.current && data?.messages.some(isUnderWay) === true;
      return isFollowed ? FOLLOW_MS : pollEvery();
    },
    refetchOnWindowFocus: ({ state }) => state.data?.sealed !== true && !asksForReason(state.error),
    refetchOnReconnect: ({ state }) => state.data?.sealed !== true && !asksForReason(state.error),
    retry: mayAskAgain,
  });
  const now = asked.data;
  useEffect(() => {
    setShown((before) => (now === undefined || before?.number === now.number ? before : now));
  }, [now]);
  const current = shown?.number !== number || shown.etag === now?.etag ? now : shown;
  const isChanged = current !== undefined && now !== undefined && current.etag !== now.etag;
  // Sealed or moved away meanwhile: what was shown is not for this person any more.
  const isGone = asked.error instanceof Refused && (asked.error.status === 403 || asked.error.status === 404);
  return {
    shown: current,
    nameOf: (code) => (now?.holder.code === code ? now.holder.name : null),
    since: isChanged ? now.events.slice(current.events.length) : [],
    isChanged,
    show: () => setShown(now),
    async renew() {
      followedUntil.current = performance.now() + FOLLOWED_MS;
      const { data } = await asked.refetch();
      if (data !== undefined) setShown(data);
      await queries.invalidateQueries({ queryKey: ["today"] });
    },
    error: current === undefined || isGone ? asked.error : null,
    isPending: asked.isPending,
    again: () => void asked.refetch(),
  };
}

function isUnderWay({ delivery, waitsForContact }: OneCase["messages"][number]): boolean {
  return delivery === "sending" || (delivery === "waiting" && !waitsForContact);
}
