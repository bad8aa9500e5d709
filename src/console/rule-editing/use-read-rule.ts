import { useRef } from "react";
import type { Condition } from "../../domain/rules/condition.ts";
import { Refused } from "../client/refused.ts";
import { useSession } from "../client/session.ts";

/**
 * The reading of a rule's condition by the service, for what was written as JSON: the browser does not have the tables of signs.
 * Only the latest question is answered.
 */
export function useReadRule(): (written: unknown, done: (read: Condition | null) => void) => void {
  const { call } = useSession();
  const latest = useRef<AbortController | null>(null);
  return (written, done) => {
    latest.current?.abort();
    const asking = new AbortController();
    latest.current = asking;
    const content = { name: "-", rules: [written], otherwise: { assign: { office: true } } };
    call("POST /rulesets/check", { body: { content }, signal: asking.signal })
      .then(({ body }) => {
        if (!asking.signal.aborted) done(body.read[0] ?? null);
      })
      .catch((error: unknown) => {
        // The check of the whole set says what is wrong; without it the rule stays as it is written.
        if (!(error instanceof Refused) && !asking.signal.aborted) throw error;
      });
  };
}
