import type { Hono } from "hono";
import { dutyCode } from "../../../casework/duty/duty-code.ts";
import { chatOfStaff, shiftsFrom } from "../../../casework/duty/on-duty.ts";
import { unheededCases } from "../../../casework/lists/urgent.ts";
import { addShift, dutyCandidates, endShift, type RosterChanged } from "../../../casework/settings/duty-roster.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { DUTY } from "../../contract/desk/duty.ts";
import type { Problem } from "../../problem.ts";
import { wrongAt } from "../case-problems.ts";
import type { CaseServices } from "../cases/act.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";

/** The routes of who is on duty for urgent cases. */
export function dutyRoutes(services: OperationServices, { runtime }: CaseServices): Hono<CallerEnv> {
  const { timeZone, vault } = runtime;
  return operationRoutes(services, DUTY, {
    "GET /duty": async ({ tx, caller, now }) => {
      const today = dayIn(runtime.now(), timeZone);
      const shifts = (await shiftsFrom(tx, today)).map(({ shiftId, userId, name, station, fromOn, untilOn }) => ({
        ...{ id: shiftId, person: { id: userId, name }, station, fromOn, untilOn },
        isNow: fromOn <= today,
        isOwn: userId === caller.id,
      }));
      const people = caller.role === "office" ? await dutyCandidates(tx) : [];
      return {
        body: {
          ...{ today, shifts, urgent: await unheededCases(tx, caller, today), asOf: now.toISOString() },
          isOnDuty: shifts.some(({ isNow, isOwn }) => isNow && isOwn),
          isNobody: !shifts.some(({ isNow }) => isNow),
          hasChat: (await chatOfStaff(tx, caller.id)) !== null,
          people: people.map((one) => ({ ...one, stations: [...one.stations] })),
        },
      };
    },
    "POST /duty/shifts": async ({ tx, caller, body }) => {
      const now = runtime.now();
      const wanted = { ...body, by: caller.name, now, today: dayIn(now, timeZone) };
      const added = await addShift(tx, caller.jurisdictionId, wanted);
      return added.ok ? { body: { id: added.id } } : { problem: problemOf(added) };
    },
    "DELETE /duty/shifts/{id}": async ({ tx, caller, params: { id } }) => {
      const ended = await endShift(tx, caller.jurisdictionId, { id, by: caller.name, now: runtime.now() });
      return ended.ok ? { body: null } : { problem: problemOf(ended) };
    },
    "POST /duty/chat-code": async ({ caller: { jurisdictionId, id: userId } }) => {
      const { code, until } = dutyCode(vault, { jurisdictionId, userId, now: runtime.now() });
      return { body: { code, until: until.toISOString() } };
    },
  });
}

function problemOf({ why }: Extract<RosterChanged, { readonly ok: false }>): Problem {
  switch (why) {
    case "not-here":
      return notHere("There is no such shift.");
    case "overlaps": {
      const detail = "Somebody is on duty there on one of these days.";
      return { status: 409, title: "Conflict", code: "overlaps", detail };
    }
    case "bad-day":
      return wrongAt("body.untilOn", "bad-day", "A shift ends today or later, and is at most 92 days long.");
    case "unknown":
      return wrongAt("body.person", "unknown", "There is nobody of the staff like this, or not of that station.");
    case "unknown-code":
      return wrongAt("body.station", "unknown-code", "There is no such station.");
  }
}
