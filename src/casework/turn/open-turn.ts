import type { Transaction } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import type { House } from "../runtime/runtime.ts";
import { lockForDelivery } from "./conversation.ts";
import { type Sitting, sit } from "./turn.ts";
import { openRoom } from "./unit-of-work.ts";

/** Sits down with somebody who has not spoken just now, for what time or the office brings; null where nobody is there. */
export async function sitDownWith(house: House, tx: Transaction, conversationId: string): Promise<Sitting | null> {
  const conversation = await lockForDelivery(tx, conversationId);
  const found = conversation && (await house.accounts.byId(conversation.jurisdictionId, conversation.accountId));
  const [county] = await tx.select({ name: jurisdictions.name, settings: jurisdictions.settings }).from(jurisdictions);
  if (!conversation || !found || county === undefined) return null;
  return sit(openRoom(house, tx, conversation.jurisdictionId, county), { account: found.account, conversation });
}
