import type { Hono } from "hono";
import { REPORT } from "../../../casework/errand-kinds/figures/report.ts";
import { askErrand } from "../../../casework/errands/errands.ts";
import { figuresFor } from "../../../casework/figures/figures.ts";
import { areTooMany } from "../../../casework/figures/tallies.ts";
import { toldFigures } from "../../../casework/figures/told.ts";
import type { CaseFilter } from "../../../casework/staff/case-conditions.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { definitionsIn, sayEverywhere } from "../../../domain/figures/notes.ts";
import { readPeriod, yearBefore } from "../../../domain/figures/period.ts";
import type { CallerEnv } from "../../auth.ts";
import { FIGURES } from "../../contract/records/figures.ts";
import { wrongAt } from "../case-problems.ts";
import { type OperationServices, operationRoutes } from "../operations.ts";

/** What two statements of the web process have time for, one for each span, measured at a million cases (docs/benchmarks.md); an errand has more. */
const MOST_AT_ONCE = 150_000;

const TOO_MANY = wrongAt(
  "query.period",
  "too-many-cases",
  `More than ${MOST_AT_ONCE.toLocaleString("en")} cases came in then: the errand "figures" counts them, or ask for a report, which takes its time too.`,
);

/** The routes of figures: counted, explained, reported. */
export function figureRoutes(services: OperationServices & { readonly timeZone: string }): Hono<CallerEnv> {
  const { timeZone } = services;
  return operationRoutes(services, FIGURES, {
    "GET /figures": async ({ tx, caller, query, now }) => {
      const { codes: names, by = null, filter } = query;
      const period = known(query.period);
      const day = { today: dayIn(now, timeZone), timeZone };
      const spans = { now: period, before: yearBefore(period, day.today) };
      if (await areTooMany(tx, spans, timeZone, MOST_AT_ONCE)) return { problem: TOO_MANY };
      const found = await figuresFor(tx, caller, { names, period, by, filter }, day);
      const told = toldFigures(found, now);
      return {
        body: {
          ...told,
          groups: told.groups.map(({ figures, ...group }) => ({
            ...group,
            figures: figures.map((one) => ({ ...one, opens: mutable(one.opens) })),
          })),
        },
      };
    },
    "GET /figures/definitions": async ({ query: { lang } }) => ({
      body: { everywhere: sayEverywhere(lang), items: definitionsIn(lang).map((one) => ({ ...one })) },
    }),
    "POST /reports": async ({ tx, caller, now, body }) => {
      const { period, by = null, filter, format, lang: language } = body;
      const made = await askErrand(tx, caller, REPORT.name, { asked: { period, by, filter, format, language }, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
  });
}

function known(code: string) {
  const period = readPeriod(code);
  if (period === null) throw new Error("the contract lets no other period through");
  return period;
}

/** The contract's arrays may be changed, those of a filter not. */
function mutable(filter: CaseFilter | null) {
  return filter === null ? null : (structuredClone(filter) as Mutable<CaseFilter>);
}

type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer I)[] | undefined ? I[] | Extract<T[K], undefined> : T[K];
};
