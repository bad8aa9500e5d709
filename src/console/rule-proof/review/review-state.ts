import { useQuery, useQueryClient } from "@tanstack/react-query";
import { mayAskAgain, pollEvery } from "../../client/asking.ts";
import type { Answered } from "../../client/call.ts";
import { useSession } from "../../client/session.ts";
import { useErrand } from "../../parts/errand.ts";

/** The state of a version on its way: what it has and lacks before somebody may publish it. */
export type Readiness = Answered<"GET /rulesets/{number}/readiness">;
/** A comment on a version or one of its rules. */
export type Comment = Answered<"GET /rulesets/{number}/comments">[number];

/** So many of the cases that would go to somebody else are looked at by whoever publishes. */
const SAMPLE = 10;

/** Asks for everything that a review stands on, and the means to ask for it anew after something was done. */
export function useReview(number: string) {
  const { call } = useSession();
  const queries = useQueryClient();
  const params = { number };
  const common = { retry: mayAskAgain, refetchInterval: pollEvery };
  const changes = useQuery({
    queryKey: ["rule-changes", number],
    queryFn: async ({ signal }) => (await call("GET /rulesets/{number}/changes", { params, signal })).body,
    ...common,
  });
  const readiness = useQuery({
    queryKey: ["rule-readiness", number],
    queryFn: async ({ signal }) => (await call("GET /rulesets/{number}/readiness", { params, signal })).body,
    ...common,
  });
  const comments = useQuery({
    queryKey: ["rule-comments", number],
    queryFn: async ({ signal }) => (await call("GET /rulesets/{number}/comments", { params, signal })).body,
    ...common,
  });
  const marks = useQuery({
    queryKey: ["rule-marks", number],
    queryFn: async ({ signal }) => (await call("GET /rulesets/{number}/marks", { params, signal })).body,
    ...common,
  });
  const errand = readiness.data?.dryRun?.errand ?? "";
  const trial = useErrand(errand === "" ? null : errand);
  const sample = useQuery({
    queryKey: ["differences", errand, "sample"],
    queryFn: async ({ signal }) =>
      (
        await call("GET /errands/{id}/differences", {
          params: { id: errand },
          query: { kind: "published", sample: "true", limit: SAMPLE },
          signal,
        })
      ).body.items,
    enabled: errand !== "",
  });
  const renew = () =>
    Promise.all(
      ["rule-changes", "rule-readiness", "rule-comments", "ruleset", "rulesets"].map((one) =>
        queries.invalidateQueries({ queryKey: [one] }),
      ),
    );
  return { changes, readiness, comments, marks, trial, sample, errand, renew };
}
