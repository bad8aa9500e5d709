import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { mayAskAgain } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useSession } from "../client/session.ts";

const REST_MS = 2_000;
const FRESH_MS = 60_000;

/** A finding of a check. */
export type Found = Answered<"POST /rulesets/check">["findings"][number];

/** The result of checking what is not stored: what was found by rule, and how many past messages each would have taken. */
export type Checked = {
  /** Null before the first answer. */
  readonly answer: Answered<"POST /rulesets/check"> | null;
  /** By the key of the rule; of the whole set by the empty name. */
  readonly byRule: ReadonlyMap<string, readonly Found[]>;
  readonly isChecking: boolean;
  readonly hasFailed: boolean;
};

/** A value once it has rested for a while. */
function useRested<T>(value: T, restMs: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return rested;
}

/** Checks rules two seconds after their last change. @param keys the keys of the rules in `text`, one line each, in order */
export function useCheck(text: string, keys: string): Checked {
  const { call } = useSession();
  const asked = useRested(JSON.stringify([text, keys]), REST_MS);
  const found = useQuery({
    queryKey: ["rules-check", asked],
    queryFn: async ({ signal }) => {
      const [content, names] = JSON.parse(asked) as [string, string];
      const { body } = await call("POST /rulesets/check", {
        body: { content: JSON.parse(content) as unknown },
        signal,
      });
      return { answer: body, keys: names.split("\n") };
    },
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    retry: mayAskAgain,
  });
  const byRule = new Map<string, Found[]>();
  for (const one of found.data?.answer.findings ?? []) {
    const index = /^rules\[(\d+)\]/.exec(one.at ?? "")?.[1];
    const key = index === undefined ? "" : (found.data?.keys[Number(index)] ?? "");
    byRule.set(key, [...(byRule.get(key) ?? []), one]);
  }
  return {
    answer: found.data?.answer ?? null,
    byRule,
    isChecking: found.isFetching || asked !== JSON.stringify([text, keys]),
    hasFailed: found.isError,
  };
}
