import type { Hono } from "hono";
import type { Transaction } from "../../../../db/database.ts";
import type { Caller } from "../../../casework/access/caller.ts";
import {
  type ListedPartner,
  listExchanges,
  listFailed,
  listPartners,
} from "../../../casework/partner-exchange/list.ts";
import { lockPartner, pausePartner, sendAgain, writePartner } from "../../../casework/partner-exchange/manage.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { PARTNERS_CONTRACT } from "../../contract/desk/partners.ts";
import type { Problem } from "../../problem.ts";
import type { Asked, Handled } from "../operations.ts";
import { notHere, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

const NOT_THERE = "There is no such partner.";
const NEW = "new";

/** The routes of the case systems of others. @param services.publicUrl how they reach this service */
export function partnerRoutes(
  services: OperationServices & { readonly publicUrl: string; readonly timeZone: string },
  { vault }: Pick<Runtime, "vault">,
): Hono<CallerEnv> {
  const { publicUrl, timeZone } = services;
  const list = async (tx: Transaction) => (await listPartners(tx)).map((one) => itemOf(one, publicUrl));
  const one = async (tx: Transaction, name: string) => (await list(tx)).find((partner) => partner.name === name);
  const pausing =
    (isPaused: boolean) =>
    async ({ tx, caller, params, match, now }: Asked<(typeof PARTNERS_CONTRACT)["POST /partners/{name}/pause"]>) => {
      const stale = await staleness(tx, params.name, match);
      if (stale !== null) return stale;
      await pausePartner(tx, changedBy(caller, now), params.name, isPaused);
      return answered(await one(tx, params.name));
    };
  return operationRoutes(services, PARTNERS_CONTRACT, {
    "GET /partners": async ({ tx, caller, now }) => ({
      body: {
        items: await list(tx),
        failed: await listFailed(tx, caller, dayIn(now, timeZone)),
        asOf: now.toISOString(),
      },
    }),
    "PUT /partners/{name}": async ({ tx, caller, params, body, match, now }) => {
      const stale = await staleness(tx, params.name, match);
      if (stale !== null) return stale;
      const { short: aliases, jurisdiction: jurisdictionCode, ...rest } = body;
      const wanted = { name: params.name, aliases, jurisdictionCode, ...rest };
      const written = await writePartner(tx, vault, changedBy(caller, now), wanted);
      return written.ok ? answered(await one(tx, params.name)) : { problem: wrong(written.problems) };
    },
    "POST /partners/{name}/pause": pausing(true),
    "POST /partners/{name}/resume": pausing(false),
    "GET /partners/{name}/exchanges": async ({ tx, caller, params, now }) => {
      if ((await one(tx, params.name)) === undefined) return { problem: notHere(NOT_THERE) };
      const items = await listExchanges(tx, caller, { name: params.name, today: dayIn(now, timeZone) });
      return { body: { items, asOf: now.toISOString() } };
    },
    "POST /partner-messages/{id}/send-again": async ({ tx, params, now }) =>
      (await sendAgain(tx, params.id, now))
        ? { body: null }
        : { problem: notHere("There is no such message that was given up.") },
  });
}

type Item = ReturnType<typeof itemOf>;

function itemOf({ revision, ...partner }: ListedPartner, publicUrl: string) {
  return { ...partner, etag: `p${revision}`, reply: `${publicUrl}/webhooks/partners/${partner.name}` };
}

/** The refusal of a change to what somebody else has changed since; null where nobody has. The partner is locked then. */
async function staleness(
  tx: Transaction,
  name: string,
  match: string | null,
): Promise<Extract<Handled, { readonly problem: Problem }> | null> {
  const locked = await lockPartner(tx, name);
  const etag = locked === null ? NEW : `p${locked.revision}`;
  if (match === etag) return null;
  if (locked === null) return { problem: notHere(NOT_THERE) };
  return { problem: someoneWasFaster([...locked.changed]), etag };
}

function answered(partner: Item | undefined) {
  if (partner === undefined) return { problem: notHere(NOT_THERE) };
  return { body: partner, etag: partner.etag };
}

function changedBy({ id, name, jurisdictionId }: Caller, at: Date) {
  return { jurisdictionId, by: { id, name }, at };
}

function wrong(problems: readonly string[]): Problem {
  const findings = problems.map((text) => ({ at: "body", code: "content", text }));
  const detail = "The partner cannot be written as it is; `findings` names every place.";
  return { status: 422, title: "Unprocessable Content", code: "content", detail, findings };
}
