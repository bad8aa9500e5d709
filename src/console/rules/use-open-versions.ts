import { useQueries } from "@tanstack/react-query";
import { pollEvery } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useSession } from "../client/session.ts";

type Version = Answered<"GET /rulesets">[number];

/** The knowledge of a version that is not decided yet: what it changes, what it lacks, and what a check finds now. */
export type OpenVersion = {
  readonly changes: Answered<"GET /rulesets/{number}/changes"> | null;
  readonly readiness: Answered<"GET /rulesets/{number}/readiness"> | null;
  /** How many findings a check has; null while it is not known or failed. */
  readonly findings: number | null;
  readonly hasFailed: boolean;
};

const OPEN = ["draft", "in-review"];
/** Checks take seconds: only the newest are made. */
const MOST_CHECKED = 4;

/** Asks about each version that is a draft or in review. */
export function useOpenVersions(versions: readonly Version[]): ReadonlyMap<number, OpenVersion> {
  const { me, call } = useSession();
  const open = versions.filter(({ state }) => OPEN.includes(state));
  const mayCheck = me.may.includes("POST /rulesets/check");
  const ways = useQueries({
    queries: open.map(({ number }) => ({
      queryKey: ["rulesets", number, "way"],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const params = { number: String(number) };
        const [changes, readiness] = await Promise.all([
          call("GET /rulesets/{number}/changes", { params, query: {}, signal }),
          call("GET /rulesets/{number}/readiness", { params, signal }),
        ]);
        return { changes: changes.body, readiness: readiness.body };
      },
      refetchInterval: pollEvery,
    })),
  });
  const checks = useQueries({
    queries: open.map(({ number }, index) => ({
      queryKey: ["rulesets", number, "check"],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const { content } = (await call("GET /rulesets/{number}", { params: { number: String(number) }, signal })).body;
        return (await call("POST /rulesets/check", { body: { content }, signal })).body.findings.length;
      },
      enabled: mayCheck && index < MOST_CHECKED,
    })),
  });
  return new Map(
    open.map(({ number }, index) => [
      number,
      {
        changes: ways[index]?.data?.changes ?? null,
        readiness: ways[index]?.data?.readiness ?? null,
        findings: checks[index]?.data ?? null,
        hasFailed: checks[index]?.isError ?? false,
      },
    ]),
  );
}
