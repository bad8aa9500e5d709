import type { Hono } from "hono";
import type { Transaction } from "../../../../db/database.ts";
import type { Caller } from "../../../casework/access/caller.ts";
import { askingOf } from "../../../casework/errand-kinds/asking.ts";
import { BULK } from "../../../casework/errand-kinds/bulk.ts";
import { EXPORT } from "../../../casework/errand-kinds/export.ts";
import { askErrand } from "../../../casework/errands/errands.ts";
import { type Leading, leadingOf, tryMerges } from "../../../casework/lists/merge-many.ts";
import type { Selected } from "../../../casework/lists/selected.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import type { CaseFilter, ListDay } from "../../../casework/staff/case-conditions.ts";
import { noteExport } from "../../../casework/staff/readings.ts";
import { countCases, searchCases } from "../../../casework/staff/search-cases.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { BULK_CASES, MOST_AT_ONCE } from "../../contract/lists/bulk.ts";
import type { Problem } from "../../problem.ts";
import { noCase, wrongAt } from "../case-problems.ts";
import { type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

/** The routes of what is done to many cases: changed together, or written into a file. */
export function bulkRoutes(services: OperationServices, runtime: Runtime): Hono<CallerEnv> {
  const day = () => ({ today: dayIn(runtime.now(), runtime.timeZone), timeZone: runtime.timeZone });
  return operationRoutes(services, BULK_CASES, {
    "POST /cases/merge-preview": async ({ tx, caller, body: { into, cases }, request }) => {
      const leading = await leadingOf(tx, runtime, caller, { number: into, seen: null });
      if (!leading.ok) return noLeading(leading, into);
      const items = await tryMerges({ runtime, tx, caller, request }, into, cases);
      return { body: { intoVersion: leading.etag, items: items.map((one) => ({ ...one, told: [...one.told] })) } };
    },
    "POST /cases/bulk": async ({ tx, caller, body, now }) => {
      if (body.action.kind === "merge") {
        if (caller.role !== "office") return { problem: OFFICE_ALONE };
        const { into, intoVersion } = body.action;
        const leading = await leadingOf(tx, runtime, caller, { number: into, seen: intoVersion });
        if (!leading.ok) return noLeading(leading, into);
      }
      if (body.all?.filter.sealed === true) return { problem: NO_SEALED };
      const cases = body.cases ?? (body.all && (await allOf(tx, caller, body.all, day())));
      if (cases === undefined || cases === null)
        return {
          problem: wrongAt("body.all", "count-changed", "The list has another number of cases now: look again."),
        };
      const { action } = body;
      const todo = action.kind === "merge" ? { kind: action.kind, into: action.into } : action;
      const asked = { as: askingOf(caller), action: todo, cases: [...cases] };
      const made = await askErrand(tx, caller, BULK.name, { asked, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
    "POST /cases/export": async ({ tx, caller, body, now, request }) => {
      const { filter, numbers } = body;
      if (filter.sealed === true) return { problem: NO_SEALED };
      const counted = await countCases(tx, caller, { filter }, day());
      const count = numbers?.length ?? (counted.ok ? counted.value : 0);
      await noteExport(tx, { caller, now, request }, `${count} ${Object.keys(filter).join(",")}`.trim());
      const asked = { as: askingOf(caller), filter, numbers };
      const made = await askErrand(tx, caller, EXPORT.name, { asked, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
  });
}

const OFFICE_ALONE: Problem = {
  status: 403,
  title: "Forbidden",
  code: "role",
  detail: "Cases are merged by the county's office.",
};

const LEADING_SAYS = {
  "sealed-apart": "A sealed case goes with no other one.",
  "leading-closed": "The leading case is closed.",
  "merged-away": "The leading case goes with another one itself.",
} as const;

function noLeading(refused: Extract<Leading, { ok: false }>, number: string) {
  switch (refused.why) {
    case "not-here":
      return { problem: noCase(number) };
    case "faster":
      return { problem: someoneWasFaster([...refused.since]), etag: refused.etag };
    default:
      return { problem: wrongAt("body.into", refused.why, LEADING_SAYS[refused.why]) };
  }
}

const NO_SEALED = wrongAt("body.filter.sealed", "no-sealed", "Sealed cases are read one by one, by reason.");

/** The cases of a filter with their versions, where there are as many as somebody has seen; null where there are not. */
async function allOf(
  tx: Transaction,
  caller: Caller,
  { filter, count }: { readonly filter: CaseFilter; readonly count: number },
  day: ListDay,
): Promise<Selected[] | null> {
  const listed = await searchCases(tx, caller, { filter, sort: "newest", limit: MOST_AT_ONCE }, day);
  if (!listed.ok || listed.total.value !== count || listed.items.length !== count) return null;
  return listed.items.map(({ number, etag }) => ({ number, etag }));
}
