import { inArray } from "drizzle-orm";
import type { Hono } from "hono";
import type { Transaction } from "../../../../db/database.ts";
import { outbox } from "../../../../db/schema/outbox.ts";
import type { Caller } from "../../../casework/access/caller.ts";
import {
  type DeliveryDecision,
  type DeliveryRefusal,
  decideDelivery,
} from "../../../casework/backlog/decide-delivery.ts";
import { findDelivery, groupDeliveries, listDeliveries } from "../../../casework/backlog/deliveries.ts";
import { deliveryHistory } from "../../../casework/backlog/delivery-history.ts";
import { readCursor, writeCursor } from "../../../casework/staff/cursor.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { DELIVERIES } from "../../contract/records/deliveries.ts";
import type { Problem } from "../../problem.ts";
import { listProblem } from "../case-problems.ts";
import type { CaseServices } from "../cases/act.ts";
import { type Asked, notHere, type OperationServices, operationRoutes } from "../operations.ts";
import { stuckHandlers } from "./stuck.ts";

const NOT_HERE = "There is no such message.";
const SAID: Readonly<Record<Exclude<DeliveryRefusal, "not-here">, string>> = {
  arrived: "The platform took it, or a later message stands in its place: there is nothing to do.",
  sending: "A call is out: wait a minute until it is known how it ended.",
  unbound: "It has nowhere to go: its deputy has bound no chat.",
  "may-have-arrived": "It may have arrived. Say `knowingly` to send it again, so that it may arrive twice.",
  "office-decides": "It may have arrived: whether it is sent again, the office decides.",
  "in-trial": "It was held back in the county's trial: the office can send it when the trial has ended.",
  "put-aside-before": "It was put aside already.",
};

/** The routes of deliveries: what has not arrived, why, and what people decide about it. */
export function deliveryRoutes(services: OperationServices, casework: CaseServices): Hono<CallerEnv> {
  const { runtime, deliver } = casework;
  const dayOf = (now: Date) => dayIn(now, runtime.timeZone);
  const decide = async (asked: Deciding, decision: DeliveryDecision) => {
    const { tx, caller, now } = asked;
    const { id } = asked.params;
    const today = dayOf(now);
    const done = await decideDelivery(tx, caller, { id, today, now }, decision);
    if (!done.ok) return { problem: refusal(done.why) };
    const { conversationId } = done;
    if (conversationId !== null) asked.afterCommit(() => deliver?.(caller.jurisdictionId, [conversationId]));
    const found = await findDelivery(tx, caller, id, today);
    return found === null ? { problem: notHere(NOT_HERE) } : { body: found };
  };
  return operationRoutes(services, DELIVERIES, {
    "GET /deliveries": async ({ tx, caller, query, now }) => {
      const after = query.after === undefined ? null : readCursor(query.after, "moment");
      if (after === null && query.after !== undefined)
        return { problem: listProblem({ ok: false, why: "cursor" }, "query.after") };
      const page = await listDeliveries(tx, caller, query, { today: dayOf(now), after, limit: query.limit });
      const next = page.next === null ? null : writeCursor(page.next);
      return { body: { items: [...page.items], next, total: page.total, asOf: now.toISOString() } };
    },
    "GET /deliveries/reasons": async ({ tx, caller, query, now }) => ({
      body: { groups: await groupDeliveries(tx, caller, query, dayOf(now)), asOf: now.toISOString() },
    }),
    "GET /deliveries/{id}": async ({ tx, caller, params, now }) => {
      const found = await findDelivery(tx, caller, params.id, dayOf(now));
      if (found === null) return { problem: notHere(NOT_HERE) };
      const { attempts: history, decisions, ...linked } = await deliveryHistory(tx, params.id);
      // What the office writes as its reason may hold words of a case, of which an operator knows none.
      const told = decisions.map((one) =>
        caller.role === "operator" && one.by !== caller.name ? { ...one, reason: null } : one,
      );
      return { body: { ...found, ...linked, history: [...history], decisions: told } };
    },
    "POST /deliveries/{id}/retry": (asked) =>
      decide(asked, { action: "retry", knowingly: asked.body.knowingly === true }),
    "POST /deliveries/{id}/put-aside": (asked) => decide(asked, { action: "put-aside", reason: asked.body.reason }),
    "POST /deliveries/bulk": async ({ tx, caller, body, now, afterCommit }) => {
      const decision =
        body.action === "retry"
          ? { action: body.action, knowingly: false }
          : { action: body.action, reason: body.reason };
      const results: { id: string; code: "done" | DeliveryRefusal }[] = [];
      const toDeliver = new Set<string>();
      for (const id of await inOrderOfLocks(tx, body.ids)) {
        const done = await decideDelivery(tx, caller, { id, today: dayOf(now), now }, decision);
        results.push({ id, code: done.ok ? "done" : done.why });
        if (done.ok && done.conversationId !== null) toDeliver.add(done.conversationId);
      }
      const found = new Set(results.map(({ id }) => id));
      const others = body.ids.filter((id) => !found.has(id)).map((id) => ({ id, code: "not-here" as const }));
      afterCommit(() => deliver?.(caller.jurisdictionId, toDeliver));
      return { body: { results: [...results, ...others] } };
    },
    ...stuckHandlers(),
  });
}

type Deciding = Pick<Asked, "tx" | "now" | "afterCommit"> & {
  readonly caller: Caller;
  readonly params: { readonly id: string };
};

/** Two such requests lock the same conversations in the same order. */
async function inOrderOfLocks(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(inArray(outbox.id, [...ids]))
    .orderBy(outbox.conversationId, outbox.id);
  return rows.map(({ id }) => id);
}

function refusal(why: DeliveryRefusal): Problem {
  if (why === "not-here") return notHere(NOT_HERE);
  return { status: 409, title: "Conflict", code: why, detail: SAID[why] };
}
