import type { Hono } from "hono";
import { correctionsIn, listUnread } from "../../../casework/backlog/unread.ts";
import { openUnreadIn } from "../../../casework/resident/open-unread.ts";
import { findCase } from "../../../casework/staff/find-case.ts";
import { noteUnreadReading } from "../../../casework/staff/readings.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { UNREAD } from "../../contract/records/unread.ts";
import type { CaseServices } from "../cases/act.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";

/** The routes of messages that were answered without a case: the office looks, and makes a case of one. */
export function unreadRoutes(services: OperationServices, { runtime }: CaseServices): Hono<CallerEnv> {
  const { timeZone, vault } = runtime;
  return operationRoutes(services, UNREAD, {
    "GET /unread": async ({ tx, caller, query, now, request }) => {
      await noteUnreadReading(tx, { caller, now, request }, dayIn(now, timeZone));
      const page = await listUnread(tx, { vault, now: () => now }, caller, { ...query, timeZone });
      const items = page.messages.map(({ rule: _rule, act: _act, probability: _probability, because, ...row }) => ({
        ...row,
        // Numbers and names stand as signs of their own, which no font has.
        because: because.map((piece) => piece.replaceAll(/\p{C}/gu, "…")),
      }));
      return { body: { items, counts: { ...page.counts }, next: page.next, asOf: now.toISOString() } };
    },
    "GET /unread/corrections": async ({ tx }) => ({ body: { items: await correctionsIn(tx) } }),
    "POST /unread/{id}/open": async ({ tx, caller, params, now }) => {
      const opened = await openUnreadIn(runtime, tx, { id: params.id, by: caller.name });
      if (!opened.ok) {
        if (!opened.reason.includes("was asked what it is"))
          return { problem: notHere("There is no such message without a case.") };
        const detail = opened.reason;
        return { problem: { status: 409 as const, title: "Conflict", code: "waits-for-answer", detail } };
      }
      const found = await findCase(tx, caller, opened.number, dayIn(now, timeZone));
      const isKnown = found !== null && !found.isSealed;
      return { body: { case: isKnown ? opened.number : null, isNew: opened.isNew } };
    },
  });
}
