import type { Hono } from "hono";
import type { Caller } from "../../../casework/access/caller.ts";
import { INVITE_SHEETS } from "../../../casework/errand-kinds/invite-sheets.ts";
import { POSTERS as POSTER_KIND } from "../../../casework/errand-kinds/posters.ts";
import { askErrand } from "../../../casework/errands/errands.ts";
import type { ErrandKind } from "../../../casework/errands/kind.ts";
import type { CallerEnv } from "../../auth.ts";
import { POSTERS } from "../../contract/places/posters.ts";
import { wrongAt } from "../case-problems.ts";
import { type Asked, type OperationServices, operationRoutes } from "../operations.ts";

/** The routes by which posters and invitation sheets are asked for; a worker makes them. */
export function posterRoutes(services: OperationServices): Hono<CallerEnv> {
  return operationRoutes(services, POSTERS, {
    "POST /posters": (asked) => ask(asked, POSTER_KIND, asked.body),
    "POST /invite-sheets": (asked) => ask(asked, INVITE_SHEETS, asked.body),
  });
}

async function ask({ tx, caller, now }: Pick<Asked, "tx" | "caller" | "now">, kind: ErrandKind, wish: object) {
  const read = await kind.read(tx, caller, { ...wish, own: ownOf(caller) });
  if (!read.ok) return { problem: wrongAt("body", "content", read.reason) };
  const made = await askErrand(tx, caller, kind.name, { asked: read.asked, now });
  return { body: made, location: `/api/v1/errands/${made.id}` };
}

/** The stations to which the caller is limited; null for the whole county. */
function ownOf({ role, stations }: Caller): readonly string[] | null {
  return role === "station" ? stations : null;
}
