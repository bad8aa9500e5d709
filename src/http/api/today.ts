import type { Hono } from "hono";
import { type TodaySection, todayOf } from "../../casework/staff/today.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../auth.ts";
import type { CASE_VERBS } from "../contract/case-shapes.ts";
import { TODAY } from "../contract/today.ts";
import { type OperationServices, operationRoutes } from "./operations.ts";

type Page =
  | "rules"
  | "places"
  | "deliveries"
  | "audit"
  | "phone"
  | "units"
  | "topics"
  | "partners"
  | "clock-rules"
  | "answers"
  | "petitions"
  | "recordings";

/** The page that shows what is no list of cases. */
const PAGES: Readonly<Partial<Record<TodaySection["code"], Page>>> = {
  "grids-without-person": "places",
  "grids-by-phone": "places",
  "rulesets-to-review": "rules",
  "rules-expiring": "rules",
  "clock-rules-to-review": "clock-rules",
  "answers-to-review": "answers",
  "failed-sends": "deliveries",
  "stuck-messages": "deliveries",
  "phone-tasks": "phone",
  "calls-given-up": "phone",
  "units-waiting": "units",
  "topics-offered": "topics",
  "partner-failures": "partners",
  "petition-notices": "petitions",
  "recordings-unheard": "recordings",
};

/** The verb that solves most of a section. */
const ACTS: Readonly<Partial<Record<TodaySection["code"], (typeof CASE_VERBS)[number]>>> = {
  triage: "POST /cases/{number}/place",
  "due-today": "POST /cases/{number}/answer",
  sealed: "POST /cases/{number}/open-sealed",
};

/** The route of Today: what waits for the caller. */
export function todayRoutes(services: OperationServices & { readonly timeZone: string }): Hono<CallerEnv> {
  return operationRoutes(services, TODAY, {
    "GET /today": async ({ tx, caller, now }) => {
      const day = { today: dayIn(now, services.timeZone), timeZone: services.timeZone };
      const sections = await todayOf(tx, caller, day, now);
      return { body: { day: day.today, asOf: now.toISOString(), sections: sections.map(sectionOf) } };
    },
  });
}

function sectionOf({ code, count, oldestAt, first, filter }: TodaySection) {
  const opens =
    filter === null
      ? { page: PAGES[code] ?? ("audit" as const), filter: null }
      : { page: "cases" as const, filter: mutable(filter) };
  return { code, count, oldestAt, first: [...first], opens, act: ACTS[code] ?? null };
}

/** The filters of Today have few fields; the contract's are arrays that may be changed. The category of what is sealed is no filter. */
function mutable({ state, delivery, ...rest }: NonNullable<TodaySection["filter"]>) {
  const { open, late, escalated, dueUntil, priority, hint, reopened, sealed, merged } = rest;
  return {
    ...{ open, late, escalated, dueUntil, priority, hint, reopened, sealed, merged },
    ...(state && { state: [...state] }),
    ...(delivery && { delivery: [...delivery] }),
  };
}
