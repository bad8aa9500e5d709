import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { partnerExchanges } from "../../../db/schema/outbox.ts";
import { type PartnerRecord, partners } from "../../../db/schema/people.ts";
import type { Callback } from "../../partners/partner.ts";
import { PARTNERS } from "../../partners/registry.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { accountOf } from "./account.ts";
import { takeNews } from "./take-news.ts";

/** The answer to a call of a partner: taken, whatever came of it; not signed as it must be; not to be read. */
export type CallbackAnswer = {
  readonly answer: "taken" | "unsigned" | "unreadable";
  readonly jurisdictionId: string | null;
  readonly conversations: readonly string[];
};

const UNSIGNED: CallbackAnswer = { answer: "unsigned", jurisdictionId: null, conversations: [] };

/**
 * Receives a call of a partner. One whose id was there before is answered as it was then and counts for nothing.
 *
 * Nobody learns from an answer which names there are, nor which numbers.
 */
export async function receivePartnerCall(runtime: Runtime, name: string, callback: Callback): Promise<CallbackAnswer> {
  const [partner] = await runtime.database.inDirectory((tx) =>
    tx.select().from(partners).where(eq(partners.name, name)),
  );
  if (partner === undefined) return UNSIGNED;
  const times = [runtime.now(), ...(runtime.unmoved === undefined ? [] : [runtime.unmoved()])];
  const understood = PARTNERS[partner.type].understand(accountOf(runtime, partner), callback, times);
  if (understood.kind === "unsigned") {
    runtime.log.info({ partner: name }, "a call of a partner was not signed as it must be");
    return UNSIGNED;
  }
  const { jurisdictionId } = partner;
  const { id: theirId } = understood;
  return runtime.database.inCounty(jurisdictionId, async (tx): Promise<CallbackAnswer> => {
    const noted = await noteCall(tx, partner, theirId, runtime.now());
    if (noted === null) return { answer: "taken", jurisdictionId, conversations: [] };
    if (understood.kind === "unreadable") {
      runtime.log.info({ partner: name }, "a call of a partner could not be read");
      runtime.countExchange?.("in", "unreadable");
      return { answer: "unreadable", jurisdictionId, conversations: [] };
    }
    const taken = await takeNews(runtime, tx, partner, understood.news);
    const { outcome, handoverId, reason, conversations } = taken;
    await tx
      .update(partnerExchanges)
      .set({ outcome, handoverId, reason, status: 202 })
      .where(eq(partnerExchanges.seq, noted));
    runtime.countExchange?.("in", outcome);
    if (outcome !== "applied") runtime.log.info({ partner: name, outcome }, "a call of a partner changed nothing");
    return { answer: "taken", jurisdictionId, conversations };
  });
}

/** @returns null where a call of this id was there before; another one of the same moment is waited for */
async function noteCall(tx: Transaction, partner: PartnerRecord, theirId: string, at: Date): Promise<number | null> {
  const { id: partnerId, jurisdictionId } = partner;
  const [row] = await tx
    .insert(partnerExchanges)
    .values({ jurisdictionId, partnerId, direction: "in", theirId, at, status: 400, outcome: "unreadable" })
    .onConflictDoNothing()
    .returning({ seq: partnerExchanges.seq });
  if (row !== undefined) return row.seq;
  const [before] = await tx
    .select({ seq: partnerExchanges.seq })
    .from(partnerExchanges)
    .where(and(eq(partnerExchanges.partnerId, partnerId), eq(partnerExchanges.theirId, theirId)));
  if (before === undefined) throw new Error("a call was there before and is not there");
  return null;
}
