import type { Refused } from "../../../casework/rules/refusals.ts";
import type { Finding } from "../../../domain/rules/finding.ts";
import type { Problem } from "../../problem.ts";

/** The refusal of a step with a rule set, as a problem. */
export function problemOf({ because, reason, findings }: Refused): Problem {
  switch (because) {
    case "content":
      return { ...badContent(findings), detail: reason };
    case "unknown":
      return { status: 404, title: "Not Found", detail: reason };
    case "state":
      return { status: 409, title: "Conflict", detail: reason };
    case "person":
      return { status: 403, title: "Forbidden", detail: reason };
  }
}

/** The refusal of content with all its mistakes. */
export function badContent(findings: readonly Finding[]): Problem {
  return {
    status: 422,
    title: "Unprocessable Content",
    detail: "What was sent cannot be taken as it is.",
    findings,
  };
}

/** The refusal of what a person publishes while something is missing. */
export function notReady(missing: readonly string[]): Problem {
  return {
    status: 422,
    title: "Unprocessable Content",
    code: "not-ready",
    detail: "It cannot be published yet: `missing` says what must be there first.",
    missing,
  };
}
