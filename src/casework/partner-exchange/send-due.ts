import { sql } from "drizzle-orm";
import { PARTNERS } from "../../partners/registry.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { accountOf, meansOf } from "./account.ts";
import { claimMessage } from "./claim.ts";
import { settleCall } from "./settle.ts";

/** Bounds one run for one partner; the next run goes on. */
const CALLS_AT_ONCE = 20;

/**
 * Sends what is due to the partners of a county: claimed, called and settled in steps of their own, so that whoever is killed in between
 * leaves it to the next. A partner that is slow keeps nobody from the others.
 *
 * @param isStopping asked before each call
 * @returns the conversations that now have something to deliver
 */
export async function sendToPartners(
  runtime: Runtime,
  jurisdictionId: string,
  isStopping: () => boolean = () => false,
): Promise<readonly string[]> {
  const due = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx.execute<{ id: string }>(sql`
      select distinct m.partner_id as id from partner_messages m join partners p on p.id = m.partner_id
      where p.paused_at is null and coalesce(p.rests_until <= ${runtime.now().toISOString()}, true)
        and ((m.state = 'waiting' and m.due_at <= ${runtime.now().toISOString()})
          or (m.state = 'sending' and m.lease_until <= clock_timestamp()))`),
  );
  const told = await Promise.allSettled(due.map(({ id }) => sendTo(runtime, jurisdictionId, id, isStopping)));
  for (const one of told) {
    if (one.status === "rejected") runtime.log.error({ err: one.reason }, "sending to a partner failed");
  }
  return told.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
}

async function sendTo(
  runtime: Runtime,
  jurisdictionId: string,
  partnerId: string,
  isStopping: () => boolean,
): Promise<readonly string[]> {
  const told: string[] = [];
  for (let calls = 0; calls < CALLS_AT_ONCE && !isStopping(); calls += 1) {
    const claim = await claimMessage(runtime, jurisdictionId, partnerId);
    if (claim === "nothing") break;
    if (claim === "withdrawn") continue;
    const { partner, content } = claim;
    const begin = performance.now();
    const result = await PARTNERS[partner.type].send(accountOf(runtime, partner), content, meansOf(runtime));
    runtime.countExchange?.("out", result.ok ? "sent" : "failed", (performance.now() - begin) / 1000);
    told.push(...(await settleCall(runtime, jurisdictionId, claim, result)));
  }
  return told;
}
