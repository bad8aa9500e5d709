import type { Hono } from "hono";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { auditedEvents, auditedReadings, chainState } from "../../../casework/staff/audit-lists.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { AUDIT } from "../../contract/records/audit.ts";
import { type OperationServices, operationRoutes } from "../operations.ts";

/** The routes of audit: readings, events and the state of the chain. */
export function auditRoutes(
  services: OperationServices,
  { vault, timeZone }: Pick<Runtime, "vault" | "timeZone">,
): Hono<CallerEnv> {
  return operationRoutes(services, AUDIT, {
    "GET /audit/readings": async ({ tx, query }) => {
      const rows = await auditedReadings(tx, vault, { ...query, limit: query.limit + 1 }, { timeZone });
      const { items, next } = pageOf(rows, query.limit);
      return { body: { items: items.map((row) => ({ ...row, unusual: [...row.unusual] })), next } };
    },
    "GET /audit/events": async ({ tx, caller, query, now }) => {
      const day = { today: dayIn(now, timeZone), timeZone };
      const rows = await auditedEvents(tx, caller, { ...query, limit: query.limit + 1 }, day);
      return { body: pageOf(rows, query.limit) };
    },
    "GET /audit/head": async ({ tx }) => ({ body: await chainState(tx) }),
  });
}

function pageOf<T extends { readonly seq: number }>(rows: readonly T[], limit: number) {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null };
}
