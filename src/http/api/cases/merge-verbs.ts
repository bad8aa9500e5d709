import { splitCase } from "../../../casework/actions/split-case.ts";
import { mergeWork } from "../../../casework/lists/merge-many.ts";
import { unmergeCases } from "../../../casework/office/merge-cases.ts";
import { findCase } from "../../../casework/staff/find-case.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CASES } from "../../contract/cases.ts";
import { noCase } from "../case-problems.ts";
import type { Handlers } from "../operations.ts";
import { act, type CaseServices, withTold, wrong } from "./act.ts";

/** The handlers that let two cases go together and take them apart, and take another matter out of one. */
export function mergeVerbs(
  services: CaseServices,
): Handlers<
  Pick<typeof CASES, "POST /cases/{number}/merge" | "POST /cases/{number}/unmerge" | "POST /cases/{number}/split">
> {
  return {
    "POST /cases/{number}/merge": (asked) => {
      const { into, intoVersion } = asked.body;
      return act(services, asked, "merge", mergeWork, (_value, told) => ({ told }), {
        number: into,
        seen: intoVersion,
      });
    },
    "POST /cases/{number}/split": (asked) =>
      act(
        services,
        asked,
        "split",
        async (turn, subject) => {
          const { words } = asked.body;
          const { subject: made } = await splitCase(turn, subject, { words, by: "office", party: "office" });
          return { ok: true, value: { number: made.number }, made: [made.id] };
        },
        ({ number }, told) => ({ number: asked.body.preview === true ? null : number, told }),
      ),
    "POST /cases/{number}/unmerge": async (asked) => {
      const { runtime } = services;
      const today = dayIn(runtime.now(), runtime.timeZone);
      const { number } = asked.params;
      const found = await findCase(asked.tx, asked.caller, number, today);
      if (found === null) return { problem: noCase(number) };
      return act(
        services,
        asked,
        "unmerge",
        async (turn, subject, _isSealed, other) => {
          if (other === null) return wrong("not-merged", "They do not go together any more.");
          const apart = await unmergeCases(turn, subject, other.subject);
          return apart.ok ? { ok: true, value: {} } : wrong(apart.code, apart.reason);
        },
        withTold,
        found.leading === null ? undefined : { number: found.leading, seen: null, isFirst: true },
      );
    },
  };
}
