import { interveneIn, type Stuck, stuckMessages } from "../../../casework/backlog/stuck.ts";
import type { DELIVERIES } from "../../contract/records/deliveries.ts";
import { type Asked, type Handlers, notHere } from "../operations.ts";

type StuckOperations = Pick<typeof DELIVERIES, "GET /stuck" | "POST /stuck/{id}/retry" | "POST /stuck/{id}/put-aside">;

/** What waits longer than this is listed; see `liaison stuck`. */
const WAITING_MS = 60_000;
/** What could not be read longer ago than this is not listed any more. */
const SETTLED_MS = 30 * 86_400_000;

type StuckState = "stuck" | "failing" | "waiting" | "quarantined";

/** The handlers of incoming messages that could not be processed. */
export function stuckHandlers(): Handlers<StuckOperations> {
  return {
    "GET /stuck": async ({ tx, now }) => {
      const ago = (ms: number) => new Date(now.getTime() - ms);
      const rows = await stuckMessages(tx, { waitingSince: ago(WAITING_MS), settledSince: ago(SETTLED_MS) });
      return { body: { items: rows.map(itemOf), asOf: now.toISOString() } };
    },
    "POST /stuck/{id}/retry": (asked) => intervene(asked, "retry", null),
    "POST /stuck/{id}/put-aside": (asked) => intervene(asked, "put-aside", asked.body.reason),
  };
}

function itemOf({ state, since, ...row }: Omit<Stuck, "what">) {
  return { ...row, state: state as StuckState, since: since.toISOString() };
}

async function intervene(
  asked: Pick<Asked, "tx" | "caller" | "now"> & { readonly params: { readonly id: string } },
  action: "retry" | "put-aside",
  reason: string | null,
) {
  const { tx, caller, now, params } = asked;
  const done = await interveneIn(tx, caller.jurisdictionId, params.id, { action, reason, by: caller.name, at: now });
  if (done.ok) return { body: null };
  if (done.reason.startsWith("There is no message")) return { problem: notHere("There is no such message.") };
  const code = done.reason.includes("cannot be read") ? "cannot-be-read" : "nothing-to-do";
  return { problem: { status: 409 as const, title: "Conflict", code, detail: done.reason } };
}
