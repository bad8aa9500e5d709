import type { Hono } from "hono";
import { markReading, marksOf } from "../../../casework/audit/reading-marks.ts";
import { AUDIT_EXPORT } from "../../../casework/errand-kinds/audit-export.ts";
import { askErrand } from "../../../casework/errands/errands.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { auditedEvents, auditedReadings, chainState } from "../../../casework/staff/audit-lists.ts";
import { noteExport } from "../../../casework/staff/readings.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { AUDIT } from "../../contract/records/audit.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";

/** The routes of audit: readings, events and the state of the chain. */
export function auditRoutes(
  services: OperationServices,
  { vault, timeZone }: Pick<Runtime, "vault" | "timeZone">,
): Hono<CallerEnv> {
  return operationRoutes(services, AUDIT, {
    "GET /audit/readings": async ({ tx, query }) => {
      const rows = await auditedReadings(tx, vault, { ...query, limit: query.limit + 1 }, { timeZone });
      const { items, next } = pageOf(rows, query.limit);
      const marks = await marksOf(
        tx,
        items.map(({ seq }) => seq),
      );
      const marked = items.map((row) => ({ ...row, unusual: [...row.unusual], marks: marks.get(row.seq) ?? [] }));
      return { body: { items: marked, next } };
    },
    "GET /audit/events": async ({ tx, caller, query, now }) => {
      const day = { today: dayIn(now, timeZone), timeZone };
      const rows = await auditedEvents(tx, caller, { ...query, limit: query.limit + 1 }, day);
      return { body: pageOf(rows, query.limit) };
    },
    "POST /audit/readings/{seq}/marks": async ({ tx, caller, params, body, now }) => {
      const { mark, note = "" } = body;
      const isMarked = await markReading(tx, caller, Number(params.seq), {
        mark,
        note: note === "" ? null : note,
        now,
      });
      return isMarked ? { body: null } : { problem: notHere("There is no such reading.") };
    },
    "POST /audit/exports": async ({ tx, caller, body, now, request }) => {
      await noteExport(tx, { caller, now, request });
      const made = await askErrand(tx, caller, AUDIT_EXPORT.name, { asked: body, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
    "GET /audit/head": async ({ tx }) => ({ body: await chainState(tx) }),
  });
}

function pageOf<T extends { readonly seq: number }>(rows: readonly T[], limit: number) {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null };
}
