import type { Transaction } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { lockPerson } from "./person.ts";
import { beginTurn, stateOf, type Turn } from "./turn.ts";
import { COUNTY_COLUMNS, openWork } from "./unit-of-work.ts";

/**
 * Opens a turn of a conversation whose person has not written just now, for changes by time or by the office.
 *
 * @param staff the name of whoever of the staff causes it
 * @returns null where there is no such conversation
 */
export async function openTurn(
  runtime: Runtime,
  tx: Transaction,
  conversationId: string,
  staff?: string,
): Promise<Turn | null> {
  const locked = await lockPerson(tx, conversationId);
  const conversation = locked?.conversation;
  const found = conversation && (await runtime.accounts.byId(conversation.jurisdictionId, conversation.accountId));
  const [county] = await tx.select(COUNTY_COLUMNS).from(jurisdictions);
  if (!locked || !conversation || !found || county === undefined) return null;
  const work = await openWork(runtime, tx, conversation.jurisdictionId, county);
  return beginTurn(staff === undefined ? work : { ...work, staff }, {
    account: found.account,
    abilities: found.sender.abilities,
    names: found.names,
    conversation,
    linked: locked.linked,
    stateRead: stateOf(conversation),
  });
}
