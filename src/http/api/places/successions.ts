import type { Hono } from "hono";
import { noteListChanges } from "../../../casework/county/places-ledger.ts";
import {
  cancelSuccessionIn,
  listSuccessions,
  planSuccessionIn,
  type SuccessionPlanned,
} from "../../../casework/office/plan-succession.ts";
import { assign, endAssignment } from "../../../casework/places/assign.ts";
import { changeDeputy } from "../../../casework/places/change.ts";
import { showSteps, showSuccessions } from "../../../casework/places/successions.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { SuccessionStep } from "../../../domain/routing/succession.ts";
import type { CallerEnv } from "../../auth.ts";
import { SUCCESSIONS } from "../../contract/places/successions.ts";
import type { Problem } from "../../problem.ts";
import type { CaseServices } from "../cases/act.ts";
import { type Asked, notHere, type OperationServices, operationRoutes } from "../operations.ts";
import { changedOr, changingOf, conflict, refusedChange } from "./changed.ts";

/** The routes of changes in office: successions, assignments, and what the lists say of a deputy. */
export function successionRoutes(services: OperationServices, { runtime }: CaseServices): Hono<CallerEnv> {
  const { timeZone } = runtime;
  const day = () => ({ now: runtime.now(), today: dayIn(runtime.now(), timeZone), timeZone });
  const plan = async (
    { tx, caller }: Pick<Asked, "tx" | "caller">,
    {
      on,
      steps,
      isPreview,
    }: { readonly on: string; readonly steps: readonly SuccessionStep[]; readonly isPreview: boolean },
  ) => {
    const { now, today } = day();
    const planned = await planSuccessionIn(
      tx,
      caller.jurisdictionId,
      { effectiveOn: on, steps, author: caller.name },
      { now, today, isPreview },
    );
    if (!planned.ok) return { problem: mistaken(planned) };
    if (planned.id !== null) await note({ tx, caller }, planned.id, [null, "planned"], now);
    const shown = planned.steps.map((step, at) => ({ ...step, everywhere: steps[at]?.places === undefined }));
    return { body: { id: planned.id, steps: await showSteps(tx, caller, shown, day()) }, isPreview };
  };
  return operationRoutes(services, SUCCESSIONS, {
    "GET /successions": async ({ tx }) => ({ body: { items: await showSuccessions(tx) } }),
    "POST /successions": (asked) => {
      const { on, preview = false } = asked.body;
      return plan(asked, { on, steps: asked.body.steps.map(stepOf), isPreview: preview });
    },
    "POST /successions/{id}/preview": async (asked) => {
      const found = (await listSuccessions(asked.tx)).find(({ id }) => id === asked.params.id);
      if (found === undefined) return { problem: NONE };
      if (found.state !== "planned") return { problem: OVER };
      return plan(asked, { on: found.effectiveOn, steps: found.rows, isPreview: true });
    },
    "POST /successions/{id}/cancel": async ({ tx, caller, params: { id } }) => {
      const isThere = (await listSuccessions(tx)).some((one) => one.id === id);
      if (!isThere) return { problem: NONE };
      if (!(await cancelSuccessionIn(tx, id))) return { problem: OVER };
      await note({ tx, caller }, id, ["planned", "cancelled"], runtime.now());
      return { body: { id } };
    },
    "POST /assignments": async (asked) => {
      const assigned = await assign(changingOf(asked, runtime), asked.body);
      return "why" in assigned ? refusedChange(assigned) : { body: assigned };
    },
    "POST /assignments/{id}/end": async (asked) => {
      const ended = await endAssignment(changingOf(asked, runtime), asked.params.id, asked.body.on);
      return "why" in ended ? refusedChange(ended) : { body: ended };
    },
    "PATCH /deputies/{code}": async (asked) =>
      changedOr(await changeDeputy(changingOf(asked, runtime), asked.params.code, asked.body), asked.params.code),
  });
}

/** Adds the state of a succession to the county's ledger. */
function note(
  { tx, caller }: Pick<Asked, "tx" | "caller">,
  id: string,
  [before, after]: readonly [string | null, string],
  at: Date,
): Promise<void> {
  const row = { jurisdictionId: caller.jurisdictionId, kind: "successions", code: id } as const;
  return noteListChanges(tx, row, [{ what: "state", before, after }], { by: caller.name, at });
}

function stepOf({
  from,
  to,
  places,
}: {
  readonly from: string;
  readonly to: string;
  readonly places?: readonly string[] | undefined;
}): SuccessionStep {
  return { from, to, ...(places === undefined ? {} : { places }) };
}

/** The refusal of a plan: every mistake with its row; the first one's word is that of the whole. */
export function mistaken({ mistakes }: Extract<SuccessionPlanned, { readonly ok: false }>): Problem {
  return {
    status: 422,
    title: "Unprocessable Content",
    code: mistakes[0]?.code ?? "content",
    detail: "It cannot be planned like this; `findings` names every row.",
    findings: mistakes.map(({ row, code, text }) => ({
      ...{ at: row === null ? "body" : `body.steps.${row}`, code, text },
    })),
  };
}

const NONE = notHere("There is no succession of this id.");
const OVER = conflict("succession-over", "It is done or cancelled already.");
