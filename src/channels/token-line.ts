import type { TestLine } from "./channel.ts";
import type { Failure } from "./failure.ts";

/** The line of an account's test that says whether the platform gave a token: null where it did, else why not. */
export function tokenLine(failure: Failure | null): TestLine {
  if (failure === null) return { what: "token", verdict: "fine", code: "given", detail: "" };
  const detail = failure.reason;
  return failure.outcome === "refused"
    ? { what: "token", verdict: "wrong", code: "refused-token", detail }
    : { what: "token", verdict: "unknown", code: "no-answer", detail };
}
