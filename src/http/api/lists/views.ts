import type { Hono } from "hono";
import type { z } from "zod";
import {
  changeView,
  etagOfView,
  forgetView,
  keepView,
  listViews,
  type SavedView,
  type ViewRefused,
} from "../../../casework/lists/views.ts";
import type { CallerEnv } from "../../auth.ts";
import { VIEWS } from "../../contract/lists/views.ts";
import type { Problem } from "../../problem.ts";
import { notHere, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

type View = z.input<(typeof VIEWS)["POST /views"]["answer"]>;

const NOT_SHARED: Problem = {
  status: 403,
  title: "Forbidden",
  code: "role",
  detail: "Only the office shares a list with everybody.",
};

/** The routes of the lists of cases that people keep under a name. */
export function viewRoutes(services: OperationServices): Hono<CallerEnv> {
  return operationRoutes(services, VIEWS, {
    "GET /views": async ({ tx, caller }) => ({ body: { items: (await listViews(tx, caller)).map(shapeOf) } }),
    "POST /views": async ({ tx, caller, body, now }) => {
      if (body.isShared && caller.role !== "office") return { problem: NOT_SHARED };
      const kept = await keepView(tx, caller, body, now);
      return kept.ok ? { body: shapeOf(kept.view), etag: etagOfView(kept.view) } : { problem: problemOf(kept) };
    },
    "PATCH /views/{id}": async ({ tx, caller, params, body, match }) => {
      if (body.isShared === true && caller.role !== "office") return { problem: NOT_SHARED };
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const changed = await changeView(tx, caller, params.id, { view: given, seen: match });
      if (changed.ok) return { body: shapeOf(changed.view), etag: etagOfView(changed.view) };
      if (changed.why === "faster") return { problem: someoneWasFaster([]), etag: changed.etag };
      return { problem: problemOf(changed) };
    },
    "DELETE /views/{id}": async ({ tx, caller, params }) =>
      (await forgetView(tx, caller, params.id)) ? { body: null } : { problem: NONE },
  });
}

const NONE = notHere("There is no list of yours with this id.");

/** What is kept was checked by the contract when it came. */
function shapeOf({ filter, sort, columns, ...view }: SavedView): View {
  return { ...view, filter, sort: sort as View["sort"], columns: [...columns] as View["columns"] };
}

function problemOf({ why }: ViewRefused): Problem {
  if (why === "not-here") return NONE;
  const code = why === "taken" ? "taken" : "too-many";
  const detail = why === "taken" ? "You have a list of that name." : "You have kept very many lists: take some away.";
  return { status: 409, title: "Conflict", code, detail, state: code, allowed: [] };
}
