import type { Hono } from "hono";
import { z } from "zod";
import { readCounty } from "../../../casework/county/settings.ts";
import { drawInvite } from "../../../casework/deputy/invite.ts";
import { showDeputy } from "../../../casework/people/deputy-page.ts";
import { endAbsence } from "../../../casework/people/end-absence.ts";
import { type AbsenceEntered, enterAbsence } from "../../../casework/people/enter-absence.ts";
import { type FoundDeputy, findDeputy } from "../../../casework/people/find-deputy.ts";
import { listDeputies } from "../../../casework/people/list-deputies.ts";
import { endWeeklyOf, enterWeekly } from "../../../casework/people/weekly.ts";
import { etagOf } from "../../../casework/places/change-row.ts";
import { addDays } from "../../../domain/calendar/days.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { daysEachWeek } from "../../../domain/calendar/weekly.ts";
import type { CallerEnv } from "../../auth.ts";
import { PEOPLE } from "../../contract/people.ts";
import type { Problem } from "../../problem.ts";
import { wrongAt } from "../case-problems.ts";
import type { CaseServices } from "../cases/act.ts";
import { cursorOf, readCursor } from "../cursor.ts";
import { badCursor } from "../errands.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";

/** An absence that is longer, or begins later, is a slip. */
const LONGEST_DAYS = 400;
const NOBODY = notHere("There is no deputy of this code here.");

/** The routes of deputies: lists, one whole, absences, and codes with which they bind a chat. */
export function peopleRoutes(services: OperationServices, { runtime, deliver }: CaseServices): Hono<CallerEnv> {
  const { timeZone } = runtime;
  const day = () => ({ now: runtime.now(), today: dayIn(runtime.now(), timeZone), timeZone });
  return operationRoutes(services, PEOPLE, {
    "GET /deputies": async ({ tx, caller, query }) => {
      const { after, ...wanted } = query;
      const from = after === undefined ? null : readCursor(after, z.string().max(64), z.string().max(64));
      if (after !== undefined && from === null) return { problem: badCursor() };
      const { items, hasMore, total } = await listDeputies(tx, caller, { ...wanted, after: from?.[0] ?? null }, day());
      const last = items.at(-1)?.code ?? "";
      const next = hasMore ? cursorOf(last, last) : null;
      return { body: { items: [...items], next, total: { value: total, isMore: false } } };
    },
    "GET /deputies/{code}": async ({ tx, caller, params }) => {
      const [found, page] = [
        await findDeputy(tx, caller, params.code, day().today),
        await showDeputy(tx, caller, params.code, day()),
      ];
      if (found === null || page === null) return { problem: NOBODY };
      return { body: page, etag: await etagOf(tx, "deputies", found.id) };
    },
    "POST /deputies/{code}/absences": async ({ tx, caller, params, body, afterCommit }) => {
      const { today } = day();
      const deputy = await findDeputy(tx, caller, params.code, today);
      if (deputy === null) return { problem: NOBODY };
      if (!deputy.isInOffice) return { problem: LEFT };
      const { from, until, substitute = null, preview = false } = body;
      const wrong = wrongSpan({ from, until, today });
      if (wrong !== null) return { problem: wrong };
      // Whoever stands in may serve elsewhere: the whole county's deputies are asked, by code alone.
      const standIn =
        substitute === null ? null : await findDeputy(tx, { ...caller, role: "office" }, substitute, today);
      if (substitute !== null && !mayStandIn(standIn, deputy))
        return { problem: wrongAt("body.substitute", "no-stand-in", "Nobody else in office has this code.") };
      const given = { from, until, standIn, isPreview: preview };
      const entered = await enterAbsence({ runtime, tx, caller }, deputy, given);
      afterCommit(() => deliver?.(caller.jurisdictionId, entered.toDeliver));
      const shown = await showDeputy(tx, caller, params.code, day());
      return { body: { ...bodyOf(entered, preview), hasChat: shown?.hasChat ?? false }, isPreview: preview };
    },
    "POST /absences/{id}/end": async ({ tx, caller, params, afterCommit }) => {
      const ended = await endAbsence({ runtime, tx, caller }, params.id);
      if (ended === null) return { problem: notHere("There is no such absence here.") };
      if (ended === "over") return { problem: OVER };
      afterCommit(() => deliver?.(caller.jurisdictionId, ended.toDeliver));
      const { code, name } = ended.deputy;
      return { body: { was: ended.was, deputy: { code, name } } };
    },
    "POST /deputies/{code}/weekly-absences": async ({ tx, caller, params, body, afterCommit }) => {
      const { today } = day();
      const deputy = await findDeputy(tx, caller, params.code, today);
      if (deputy === null) return { problem: NOBODY };
      if (!deputy.isInOffice) return { problem: LEFT };
      const { from, until = null, part = null } = body;
      const weekdays = [...new Set(body.weekdays)].toSorted((a, b) => a - b);
      const last = until ?? from;
      const wrong = wrongSpan({ from, until: last, today });
      if (wrong !== null) return { problem: wrong };
      const week = { weekdays, from, until, part };
      if (until !== null && daysEachWeek(week, from, until).length === 0)
        return { problem: wrongAt("body.until", "no-day", "None of these days lies between the first and the last.") };
      const entered = await enterWeekly({ runtime, tx, caller }, deputy, week);
      afterCommit(() => deliver?.(caller.jurisdictionId, entered.toDeliver));
      const shown = await showDeputy(tx, caller, params.code, day());
      return { body: { id: entered.id, hasChat: shown?.hasChat ?? false } };
    },
    "POST /weekly-absences/{id}/end": async ({ tx, caller, params, afterCommit }) => {
      const ended = await endWeeklyOf({ runtime, tx, caller }, params.id);
      if (ended === null) return { problem: notHere("There is no such absence here.") };
      if (ended === "over") return { problem: OVER };
      afterCommit(() => deliver?.(caller.jurisdictionId, ended.toDeliver));
      const { code, name } = ended.deputy;
      return { body: { deputy: { code, name } } };
    },
    "POST /deputies/{code}/invite": async ({ tx, caller, params, isRepeated }) => {
      const deputy = await findDeputy(tx, caller, params.code, day().today);
      if (deputy === null) return { problem: NOBODY };
      if (!deputy.isInOffice) return { problem: LEFT };
      if (isRepeated) return { body: { code: null, until: null, sheet: null } };
      const { jurisdictionId } = caller;
      const { code, until } = await drawInvite(runtime, tx, { jurisdictionId, id: deputy.id });
      const { name } = await readCounty(tx);
      const last = dayIn(until, timeZone);
      return { body: { code, until: last, sheet: { county: name, deputy: deputy.name, code, until: last } } };
    },
  });
}

function wrongSpan({ from, until, today }: Readonly<Record<"from" | "until" | "today", string>>): Problem | null {
  if (from < today) return wrongAt("body.from", "past", "An absence begins today or later.");
  if (until < from) return wrongAt("body.until", "before-from", "The last day is before the first.");
  if (until > addDays(today, LONGEST_DAYS))
    return wrongAt("body.until", "too-far", `The last day is more than ${LONGEST_DAYS} days away.`);
  return null;
}

function mayStandIn(standIn: FoundDeputy | null, deputy: FoundDeputy): boolean {
  return standIn?.isInOffice === true && standIn.id !== deputy.id;
}

function bodyOf({ id, begins, cases, told }: AbsenceEntered, isPreview: boolean) {
  return {
    id: isPreview ? null : id,
    begins,
    cases: cases.map(({ row, isMoved }) => ({
      ...{ number: row.number, summary: row.summary, receivedAt: row.receivedAt, isMoved, goesTo: row.holder },
    })),
    told: isPreview ? [...told] : [],
  };
}

const LEFT: Problem = {
  status: 409,
  title: "Conflict",
  code: "left-office",
  detail: "They are not in office any more.",
  state: "ended",
  allowed: [],
};

const OVER: Problem = {
  status: 409,
  title: "Conflict",
  code: "absence-over",
  detail: "This absence is over already.",
  state: "over",
  allowed: [],
};
