import type { Hono } from "hono";
import { takeUnitStep } from "../../../casework/office/unit-steps.ts";
import { endChatByStaff, inviteByStaff } from "../../../casework/places/chats.ts";
import { listHandovers, listUnitWork } from "../../../casework/places/unit-work.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { HANDOVERS } from "../../contract/desk/handovers.ts";
import { act, type CaseServices, withTold, wrong } from "../cases/act.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";

const SAYS = {
  "no-unit": "No unit has this case.",
  "not-now": "This does not fit what the matter has come to.",
  "bad-day": "The day must be later than the present one, and not past.",
} as const;

/** The routes of the units that work on cases: lists, codes for their chats, and steps that the office takes for them. */
export function handoverRoutes(services: OperationServices, casework: CaseServices): Hono<CallerEnv> {
  const { runtime } = casework;
  const { vault, timeZone } = runtime;
  const day = () => ({ now: runtime.now(), today: dayIn(runtime.now(), timeZone) });
  return operationRoutes(services, HANDOVERS, {
    "GET /units/work": async ({ tx, caller, now }) => ({
      body: { items: await listUnitWork(tx, { caller, vault }, day()), asOf: now.toISOString() },
    }),
    "GET /handovers": async ({ tx, caller, query, now }) => ({
      body: { items: await listHandovers(tx, caller, { ...query, ...day() }), asOf: now.toISOString() },
    }),
    "POST /units/{code}/invite": async ({ tx, caller, params, isRepeated }) => {
      const invited = { role: "unit", ref: params.code } as const;
      const drawn = await inviteByStaff(runtime, { tx, caller, now: runtime.now() }, invited, isRepeated);
      if (drawn === null) return { problem: notHere("There is no unit of this code here, or it has ended.") };
      const { code, until, name } = drawn;
      return { body: { code, until: until === null ? null : dayIn(until, timeZone), unit: name } };
    },
    "POST /units/{code}/chats/{id}/end": async ({ tx, caller, params }) => {
      const ending = { tx, caller, now: runtime.now(), match: null };
      const refused = await endChatByStaff(ending, { role: "unit", ref: params.code }, params.id);
      return refused === null ? { body: null } : { problem: notHere("There is no such chat of this unit.") };
    },
    "POST /cases/{number}/handover": (asked) =>
      act(
        casework,
        asked,
        "handover",
        async (turn, subject) => {
          const { preview: _, ...step } = asked.body;
          const refused = await takeUnitStep(turn, subject, step);
          return refused === null ? { ok: true, value: {} } : wrong(refused, SAYS[refused]);
        },
        withTold,
      ),
  });
}
