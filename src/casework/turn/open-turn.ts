import type { Transaction } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { lockConversation } from "./conversation.ts";
import { beginTurn, type Turn } from "./turn.ts";
import { COUNTY_COLUMNS, openWork } from "./unit-of-work.ts";

/**
 * Opens a turn of a conversation whose person has not written just now, for changes by time or by the office.
 *
 * @returns null where there is no such conversation
 */
export async function openTurn(runtime: Runtime, tx: Transaction, conversationId: string): Promise<Turn | null> {
  const conversation = await lockConversation(tx, conversationId);
  const found = conversation && (await runtime.accounts.byId(conversation.jurisdictionId, conversation.accountId));
  const [county] = await tx.select(COUNTY_COLUMNS).from(jurisdictions);
  if (!conversation || !found || county === undefined) return null;
  return beginTurn(await openWork(runtime, tx, conversation.jurisdictionId, county), {
    account: found.account,
    conversation,
  });
}
