import type { Changing, NotChanged } from "../../../casework/places/change-row.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { Problem } from "../../problem.ts";
import { wrongAt } from "../case-problems.ts";
import { type Asked, notHere, someoneWasFaster } from "../operations.ts";

/** The member of the staff who changes a row of the lists by a request, with the version that they have seen. */
export function changingOf(
  { tx, caller, match }: Pick<Asked, "tx" | "caller" | "match">,
  { vault, now, timeZone }: Pick<Runtime, "vault" | "now" | "timeZone">,
): Changing {
  return { tx, caller, vault, now: now(), today: dayIn(now(), timeZone), match: match ?? "" };
}

/** The answer to a change: the row's new version, or why nothing was changed. */
export function changedOr(changed: NotChanged | { readonly etag: string }, code: string) {
  return "why" in changed ? refusedChange(changed) : { body: { code, etag: changed.etag }, etag: changed.etag };
}

/** The refusal of a change of the lists, with the version that the row has where somebody was faster. */
export function refusedChange(refused: NotChanged): { readonly problem: Problem; readonly etag?: string } {
  switch (refused.why) {
    case "not-here":
      return { problem: notHere("There is nothing of this code here.") };
    case "faster":
      return { problem: someoneWasFaster(refused.since), etag: refused.etag };
    case "content":
      return { problem: wrongAt(refused.at, refused.code, refused.text) };
    case "taken":
      return { problem: conflict("there-already", "That is there already.") };
    case "left-office":
      return { problem: conflict("left-office", "They are not in office on that day.") };
    case "ended":
      return { problem: conflict("assignment-over", "This assignment has ended already.") };
  }
}

/** The refusal of what cannot be done as things are. @param code a stable word */
export function conflict(code: string, detail: string): Problem {
  return { status: 409, title: "Conflict", code, detail };
}
