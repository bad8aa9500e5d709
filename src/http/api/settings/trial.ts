import type { Hono } from "hono";
import { changeTrial, shownTrial, type TrialChange, type TrialRefusal } from "../../../casework/settings/trial.ts";
import { goingLiveRecord } from "../../../casework/setup/going-live.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { TRIAL } from "../../contract/settings/trial.ts";
import type { Problem } from "../../problem.ts";
import type { CaseServices } from "../cases/act.ts";
import { type Asked, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

/** The routes of a county's trial. */
export function trialModeRoutes(services: OperationServices, { runtime, deliver }: CaseServices): Hono<CallerEnv> {
  const shown = async ({ tx, caller }: Pick<Asked, "tx" | "caller">) => {
    const { jurisdictionId, role } = caller;
    const one = await shownTrial(tx, { jurisdictionId, vault: runtime.vault, showsCodes: role !== "auditor" });
    const { deputies, staff, colleagues } = one;
    return {
      body: { ...one, deputies: [...deputies], staff: [...staff], colleagues: [...colleagues] },
      etag: one.etag,
    };
  };
  const change = async (asked: Pick<Asked, "tx" | "caller" | "match" | "now" | "afterCommit">, wanted: TrialChange) => {
    const { tx, caller, match, now } = asked;
    const { jurisdictionId, name } = caller;
    const done = await changeTrial(tx, jurisdictionId, wanted, { seen: match ?? "", by: name, now });
    if (!done.ok) return refused(done);
    asked.afterCommit(() => deliver?.(jurisdictionId, done.toDeliver));
    return shown(asked);
  };
  return operationRoutes(services, TRIAL, {
    "GET /trial": shown,
    "PUT /trial/people": (asked) => change(asked, { what: "people", ...asked.body }),
    "POST /trial/begin": (asked) => change(asked, { what: "begin" }),
    "POST /trial/end": (asked) => change(asked, { what: "end", ...asked.body }),
    "GET /trial/record.pdf": async ({ tx, caller, now }) => {
      const content = await goingLiveRecord(runtime, tx, caller.jurisdictionId, now);
      return {
        file: { name: `开通记录-${dayIn(now, runtime.timeZone)}.pdf`, contentType: "application/pdf", content },
      };
    },
  });
}

function refused(refusal: TrialRefusal): { problem: Problem; etag?: string } {
  switch (refusal.why) {
    case "faster":
      return { problem: someoneWasFaster([...refusal.since]), etag: refusal.etag };
    case "is-so":
      return { problem: conflict("is-so", "It is so already: look again.") };
    case "held-changed":
      return { problem: conflict("held-changed", `Meanwhile ${refusal.count} messages are held back: look again.`) };
    case "unknown-person": {
      const findings = [
        ...refusal.deputies.map((code) => ({
          at: "body.deputies",
          code: "unknown",
          text: `there is no deputy ${code}`,
        })),
        ...refusal.staff.map((id) => ({ at: "body.staff", code: "unknown", text: `nobody of the staff is ${id}` })),
      ];
      const detail = "Somebody is not there; `findings` names every place.";
      return { problem: { status: 422, title: "Unprocessable Content", code: "unknown", detail, findings } };
    }
  }
}

function conflict(code: string, detail: string): Problem {
  return { status: 409, title: "Conflict", code, detail };
}
