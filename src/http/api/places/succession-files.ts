import type { Hono } from "hono";
import { noteListChanges } from "../../../casework/county/places-ledger.ts";
import { XLSX } from "../../../casework/errand-kinds/import-check.ts";
import { findingsOf, keepUploads } from "../../../casework/errand-kinds/import-store.ts";
import {
  SUCCESSION_CHECK,
  type SuccessionChecked,
  successionCheckOf,
} from "../../../casework/errand-kinds/succession-check.ts";
import { askErrand, type ErrandView, fileOf } from "../../../casework/errands/errands.ts";
import type { CellError } from "../../../casework/import/preview/cell-errors.ts";
import { writeSuccessionTemplate } from "../../../casework/import/preview/succession-workbook.ts";
import { plannedTwice } from "../../../casework/office/check-succession-list.ts";
import { planSuccessionIn } from "../../../casework/office/plan-succession.ts";
import { showSteps } from "../../../casework/places/successions.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { ZH_MISTAKES } from "../../../domain/wording/import-mistakes.ts";
import type { CallerEnv } from "../../auth.ts";
import { SUCCESSION_FILES } from "../../contract/places/succession-files.ts";
import type { Problem } from "../../problem.ts";
import { wrongAt } from "../case-problems.ts";
import { wrongFiles } from "../county/imports.ts";
import { badCursor } from "../errands.ts";
import { type Asked, notHere, type OperationServices, operationRoutes } from "../operations.ts";
import { conflict } from "./changed.ts";
import { mistaken } from "./successions.ts";

const NO_CHECK = notHere("There is no check of a list of successions with this id.");
const NO_REMARKS = notHere("There are no remarks: nothing was wrong, or it is not checked yet.");
const UNREADY = conflict("not-checked", "The check is not done.");
const WRONG = conflict("errors", "The list has mistakes: mend them and check again.");
const THERE = conflict("there-already", "One of them is planned already: check again.");

type Within = Pick<Asked, "tx" | "caller">;

/** The routes of lists of who follows whom: uploaded, checked as an errand, looked at, planned. */
export function successionFileRoutes(services: OperationServices, runtime: Runtime): Hono<CallerEnv> {
  const { vault, timeZone } = runtime;
  const day = () => ({ now: runtime.now(), today: dayIn(runtime.now(), timeZone), timeZone });
  /** Plans every day of a checked list, or only previews it; for each its id and what it does. */
  const planDays = async ({ tx, caller }: Within, { days }: SuccessionChecked, isPreview: boolean) => {
    const { now, today } = day();
    const done = [];
    for (const { on, steps } of days) {
      const wish = { effectiveOn: on, steps, author: caller.name };
      const planned = await planSuccessionIn(tx, caller.jurisdictionId, wish, { now, today, isPreview });
      if (!planned.ok) return { ok: false, problem: mistaken(planned) } as const;
      const shown = planned.steps.map((step, at) => ({ ...step, everywhere: steps[at]?.places === undefined }));
      done.push({ on, id: planned.id, steps: shown });
    }
    return { ok: true, done } as const;
  };
  return operationRoutes(services, SUCCESSION_FILES, {
    "GET /successions/template.xlsx": async ({ tx }) => ({
      file: { name: "successions.xlsx", contentType: XLSX, content: await writeSuccessionTemplate(tx, day().today) },
    }),
    "POST /successions/files": async ({ tx, caller, now, files }) => {
      const wrong = wrongFiles(files);
      if (wrong !== null) return { problem: wrong };
      const [file, another] = files;
      if (file === undefined || another !== undefined)
        return { problem: wrongAt("files", "too-many", "One file at a time.") };
      const made = await askErrand(tx, caller, SUCCESSION_CHECK.name, { asked: { file: file.name }, now });
      await keepUploads({ tx, vault, jurisdictionId: caller.jurisdictionId }, made.id, files);
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
    "GET /successions/files/{id}/errors": async ({ tx, caller, params, query }) => {
      const { after = "0", limit } = query;
      if (!/^\d{1,15}$/.test(after)) return { problem: badCursor() };
      if ((await successionCheckOf(tx, caller, params.id)) === null) return { problem: NO_CHECK };
      const wanted = { what: "error", after: Number(after), limit } as const;
      const { items, next, total } = await findingsOf<CellError>({ tx, vault }, params.id, wanted);
      const told = items.map((one) => ({ ...one, wanted: ZH_MISTAKES[one.code].right }));
      return { body: { items: told, next, total: { value: total, isMore: false } } };
    },
    "GET /successions/files/{id}/remarks.xlsx": async ({ tx, caller, now, params }) => {
      const file = await fileOf({ tx, vault }, caller, [SUCCESSION_CHECK], { id: params.id, now });
      return file === null ? { problem: NO_REMARKS } : { file };
    },
    "GET /successions/files/{id}/preview": async ({ tx, caller, params }) => {
      const checked = readyOf(await successionCheckOf(tx, caller, params.id));
      if ("problem" in checked) return checked;
      const planned = await planDays({ tx, caller }, checked.answer, true);
      if (!planned.ok) return { problem: planned.problem };
      const days = [];
      for (const { on, steps } of planned.done) days.push({ on, steps: await showSteps(tx, caller, steps, day()) });
      return { body: { days } };
    },
    "POST /successions/files/{id}/plan": async ({ tx, caller, params }) => {
      const checked = readyOf(await successionCheckOf(tx, caller, params.id));
      if ("problem" in checked) return checked;
      const { answer } = checked;
      const steps = answer.days.flatMap((one) => one.steps);
      if ((await plannedTwice(tx, steps)).length > 0) return { problem: THERE };
      const planned = await planDays({ tx, caller }, answer, false);
      if (!planned.ok) return { problem: planned.problem };
      const ids = planned.done.flatMap(({ id }) => id ?? []);
      for (const id of ids) {
        const row = { jurisdictionId: caller.jurisdictionId, kind: "successions", code: id } as const;
        const change = { what: "state", before: null, after: "planned" };
        await noteListChanges(tx, row, [change], { by: caller.name, at: runtime.now() });
      }
      return { body: { ids } };
    },
  });
}

/** The answer of a check in which nothing is wrong, or why there is none. */
function readyOf(found: ErrandView | null): { readonly answer: SuccessionChecked } | { readonly problem: Problem } {
  if (found === null) return { problem: NO_CHECK };
  if (found.state !== "done") return { problem: UNREADY };
  const answer = found.answer as SuccessionChecked;
  return answer.errors > 0 ? { problem: WRONG } : { answer };
}
