import { lt } from "drizzle-orm";
import { partnerExchanges } from "../../../db/schema/outbox.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { pollPartners } from "./poll-due.ts";
import { sendToPartners } from "./send-due.ts";

const KEPT_MS = 180 * 86_400_000;

/** Exchanges what is due with the partners of a county: what is to be sent, and what is to be asked; see both. */
export async function exchangeWithPartners(
  runtime: Runtime,
  jurisdictionId: string,
  isStopping?: () => boolean,
): Promise<readonly string[]> {
  const sent = await sendToPartners(runtime, jurisdictionId, isStopping);
  return [...sent, ...(await pollPartners(runtime, jurisdictionId))];
}

/** Forgets the exchanges of half a year ago; what came of them stands in the acts of the hand-overs. */
export async function forgetExchanges({ database, now }: Runtime, jurisdictionId: string): Promise<void> {
  const before = new Date(now().getTime() - KEPT_MS);
  await database.inCounty(jurisdictionId, (tx) => tx.delete(partnerExchanges).where(lt(partnerExchanges.at, before)));
}
