import type { Hono } from "hono";
import { listPhoneTasks } from "../../../casework/phone/list-tasks.ts";
import { askCall, noteCall } from "../../../casework/phone/result.ts";
import { showNumber } from "../../../casework/phone/show-number.ts";
import { actOnCase, type Work } from "../../../casework/staff/act.ts";
import type { Verb } from "../../../domain/access/case-verbs.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { PHONE } from "../../contract/desk/phone.ts";
import type { Problem } from "../../problem.ts";
import { actProblem, noCase, REASON_NEEDED } from "../case-problems.ts";
import type { CaseServices } from "../cases/act.ts";
import { type Asked, type OperationServices, operationRoutes } from "../operations.ts";
import { lackingConfirmation } from "../read-request.ts";

const SAYS = {
  "no-task": "There is no call about this case that is yours to make.",
  "no-number": "No number is known that may be called.",
  "which-call": "Several people are to be called: say which.",
} as const;

/** The routes of the calls that somebody has to make: lists, the number, what came of it. */
export function phoneRoutes(services: OperationServices, casework: CaseServices): Hono<CallerEnv> {
  const { runtime } = casework;
  return operationRoutes(services, PHONE, {
    "GET /phone-tasks": async ({ tx, caller, query, now }) => {
      const unconfirmed = query.sealed === true ? lackingConfirmation(caller) : null;
      if (unconfirmed !== null) return { problem: unconfirmed };
      const today = dayIn(runtime.now(), runtime.timeZone);
      const wanted = { today, isDone: query.done === true, sealed: query.sealed === true };
      return { body: { items: await listPhoneTasks(tx, caller, wanted), asOf: now.toISOString() } };
    },
    "POST /cases/{number}/phone-task": (asked) =>
      act(casework, asked, "phone-task", (turn, subject) =>
        done(askCall(turn, subject, { by: asked.caller.name, say: asked.body.say })),
      ),
    "POST /cases/{number}/phone": async ({ tx, caller, params, body, request }) => {
      const { task: named = null, ...why } = body;
      const shown = await showNumber(tx, runtime, { caller, request, number: params.number, named, ...why });
      if (shown.ok) return { body: { people: [...shown.people] } };
      switch (shown.why) {
        case "not-here":
          return { problem: noCase(params.number) };
        case "reason-needed":
          return { problem: REASON_NEEDED };
        default:
          return { problem: conflict(shown.why) };
      }
    },
    "POST /cases/{number}/phone-result": (asked) =>
      act(
        casework,
        asked,
        "phone-result",
        (turn, subject) => {
          const { task: named = null, ...call } = asked.body;
          return done(noteCall(turn, subject, asked.caller, { ...call, named }));
        },
        asked.match,
      ),
  });
}

async function done(work: ReturnType<typeof noteCall>): ReturnType<Work<null>> {
  const ended = await work;
  return ended.ok ? { ok: true, value: null } : { ...ended, why: "content" };
}

type AskedCall = Pick<Asked, "tx" | "caller" | "request" | "afterCommit"> & {
  readonly params: { readonly number: string };
};

async function act(
  { runtime, deliver }: CaseServices,
  asked: AskedCall,
  verb: Verb,
  work: Work<null>,
  seen: string | null = null,
) {
  const { tx, caller, request, params, afterCommit } = asked;
  const ended = await actOnCase({ runtime, tx, caller, number: params.number, request, seen }, verb, work);
  if (!ended.ok) return actProblem(ended, params.number);
  afterCommit(() => deliver?.(caller.jurisdictionId, ended.toDeliver));
  return { body: null, etag: ended.etag };
}

function conflict(code: keyof typeof SAYS): Problem {
  return { status: 409, title: "Conflict", code, detail: SAYS[code], state: code, allowed: [] };
}
