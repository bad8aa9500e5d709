import type { Hono } from "hono";
import { listUnheard } from "../../../casework/recordings/list.ts";
import { transcribe } from "../../../casework/recordings/transcribe.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { RECORDINGS } from "../../contract/desk/recordings.ts";
import { act, type CaseServices, withTold, wrong } from "../cases/act.ts";
import { type OperationServices, operationRoutes } from "../operations.ts";

const WHY_NOT = {
  "nothing-to-hear": "No recording of this case waits for somebody who listens.",
  "unknown-grid": "There is no such grid.",
} as const;

/** The routes of recordings that no machine could read: what waits, and what somebody has heard. */
export function recordingRoutes(services: OperationServices, casework: CaseServices): Hono<CallerEnv> {
  const { timeZone } = casework.runtime;
  return operationRoutes(services, RECORDINGS, {
    "GET /recordings": async ({ tx, caller, now }) => ({
      body: { items: await listUnheard(tx, caller, { today: dayIn(now, timeZone), now }), asOf: now.toISOString() },
    }),
    "POST /cases/{number}/transcript": (asked) =>
      act(
        casework,
        asked,
        "transcript",
        async (turn, subject) => {
          const { text, grid = null } = asked.body;
          const done = await transcribe(turn, subject, { text, grid });
          if (!done.ok) return wrong(done.why, WHY_NOT[done.why]);
          return { ok: true, value: { became: done.became, apart: [...done.apart] } };
        },
        withTold,
      ),
  });
}
