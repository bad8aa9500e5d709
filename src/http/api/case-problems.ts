import type { ActRefused } from "../../casework/staff/act.ts";
import type { CannotSearch } from "../../casework/staff/search-cases.ts";
import type { Problem } from "../problem.ts";
import { type Handled, notHere, someoneWasFaster } from "./operations.ts";

/** The refusal where there is no such case, or not for this caller. */
export function noCase(number: string): Problem {
  return notHere(`There is no case ${number}.`);
}

/** The refusal where somebody of the office must say first why they read a sealed case. */
export const REASON_NEEDED: Problem = {
  status: 403,
  title: "Forbidden",
  code: "reason-needed",
  detail: "This case is sealed: give a reason first, by POST /api/v1/cases/{number}/open-sealed.",
};

/** The refusal of what cannot be taken as it was given, at one place. */
export function wrongAt(at: string, code: string, text: string): Problem {
  return { status: 422, title: "Unprocessable Content", code, detail: text, findings: [{ at, code, text }] };
}

/** The refusal of a list: the words are too short, or the cursor is none. @param cursorAt where the cursor was given */
export function listProblem({ why }: CannotSearch, cursorAt = "body.after"): Problem {
  return why === "too-short"
    ? wrongAt("body.q", "too-short", "Search for at least two signs.")
    : wrongAt(cursorAt, "cursor", "This is no place in this list: begin from the top.");
}

/** The refusal of a verb, with the version that the case has where somebody was faster. */
export function actProblem(refused: ActRefused, number: string): Extract<Handled, { readonly problem: Problem }> {
  switch (refused.why) {
    case "not-here":
      return { problem: noCase(number) };
    case "reason-needed":
      return { problem: REASON_NEEDED };
    case "faster":
      return { problem: someoneWasFaster(refused.since), etag: refused.etag };
    case "state": {
      const { state, allowed } = refused;
      const detail = "The case does not allow this now; `allowed` says what it does.";
      return { problem: { status: 409, title: "Conflict", code: "state", detail, state, allowed } };
    }
    case "content":
      if (refused.code === "own-proposal") return { problem: ownProposal(refused.reason) };
      return { problem: wrongAt("body", refused.code, refused.reason) };
  }
}

function ownProposal(detail: string): Problem {
  return { status: 403, title: "Forbidden", code: "own-proposal", detail };
}
