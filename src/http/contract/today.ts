import { z } from "zod";
import { ROLES } from "../../domain/access/roles.ts";
import { CASE_FILTER } from "./case-filter.ts";
import { CASE_ROW, CASE_VERBS } from "./case-shapes.ts";
import type { Contract } from "./operation.ts";

const moment = z.string().meta({ format: "date-time" });

/** The sections of Today, in the order in which they are shown. */
const TODAY_SECTIONS = [
  "danger",
  "danger-hints",
  "triage",
  "late",
  "escalated",
  "due-today",
  "reopened",
  "undelivered",
  "held-back",
  "own-open",
  "grids-without-person",
  "grids-by-phone",
  "rulesets-to-review",
  "rules-expiring",
  "clock-rules-to-review",
  "answers-to-review",
  "data-requests",
  "sealed",
  "sealed-readings",
  "audit",
  "readings",
  "staff-changes",
  "seen-by-nobody",
  "failed-sends",
  "stuck-messages",
  "phone-tasks",
  "calls-given-up",
  "units-waiting",
  "topics-offered",
  "partner-failures",
  "petition-notices",
  "recordings-unheard",
  "unseal-proposals",
] as const;

const section = z
  .object({
    code: z.enum(TODAY_SECTIONS),
    count: z.int().min(0),
    oldestAt: moment.nullable(),
    first: z.array(CASE_ROW).max(3).describe("Empty for what is no case."),
    opens: z
      .discriminatedUnion("page", [
        z.object({ page: z.literal("cases"), filter: CASE_FILTER }),
        z.object({
          page: z.enum([
            "rules",
            "places",
            "deliveries",
            "audit",
            "settings",
            "phone",
            "units",
            "topics",
            "partners",
            "clock-rules",
            "answers",
            "petitions",
            "recordings",
          ]),
          filter: z.null(),
        }),
      ])
      .describe(
        "The page with the same list; `count` is what is in it, but requests about data and proposals to unseal are among the other sealed ones.",
      ),
    act: z.enum(CASE_VERBS).nullable().describe("The one verb that solves most of it; null where looking comes first."),
  })
  .meta({ id: "TodaySection" });

/** The operation that tells what waits for the caller today. */
export const TODAY = {
  "GET /today": {
    summary: "What waits for you today",
    description: "A section without anything is there with the count 0. Each role has its own sections.",
    roles: ROLES,
    answer: z.object({ day: z.string(), asOf: moment, sections: z.array(section) }).meta({ id: "Today" }),
  },
} as const satisfies Contract;
