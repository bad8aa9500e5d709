import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type Conversation, conversations } from "../../../db/schema/conversations.ts";
import { channelAccounts, jurisdictions } from "../../../db/schema/county.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { NOTICE_VERSION } from "../outbox/tell.ts";
import { secretsPurpose, unseal } from "../runtime/accounts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { lockConversation, peerPurpose } from "../turn/conversation.ts";
import { beginTurn, type Turn } from "../turn/turn.ts";
import { COUNTY_COLUMNS, openWork } from "../turn/unit-of-work.ts";

/**
 * The account of a county's desk, to which the conversations of people without a chat belong.
 *
 * It is committed by itself when it is first needed: what sends looks accounts up in a transaction of its own.
 */
export async function deskAccount(runtime: Runtime, jurisdictionId: string): Promise<ChannelAccount> {
  const { database, vault } = runtime;
  return database.inCounty(jurisdictionId, async (tx) => {
    const own = eq(channelAccounts.channel, DESK_CHANNEL);
    const [known] = await tx.select().from(channelAccounts).where(own);
    if (known !== undefined) return unseal(vault, known);
    const id = newId();
    const [county] = await tx.select({ code: jurisdictions.code }).from(jurisdictions);
    const secrets = vault.seal("{}", secretsPurpose(id));
    await tx
      .insert(channelAccounts)
      .values({
        ...{ id, jurisdictionId, channel: DESK_CHANNEL, name: county?.code ?? id, settings: {}, secrets },
        createdAt: runtime.now(),
      })
      .onConflictDoNothing();
    const [row] = await tx.select().from(channelAccounts).where(own);
    if (row === undefined) throw new Error("the desk of a county could not be opened");
    return unseal(vault, row);
  });
}

/**
 * Opens the turn of a person without a chat: the conversation of their telephone number, by its keyed hash, or one of their own
 * where they leave none. What they are told of their data is read out to them, so that no message brings it.
 *
 * @param who.staff the name of whoever takes their matter down
 */
export async function openDeskTurn(
  runtime: Runtime,
  tx: Transaction,
  account: ChannelAccount,
  who: { readonly phone: string | null; readonly staff: string },
): Promise<Turn> {
  const { jurisdictionId } = account;
  const conversation = await conversationOf(runtime, tx, account, who.phone);
  const [county] = await tx.select(COUNTY_COLUMNS).from(jurisdictions);
  if (county === undefined) throw new Error("the county of a desk is gone");
  const work = await openWork(runtime, tx, jurisdictionId, county);
  conversation.noticeVersion = NOTICE_VERSION;
  return beginTurn({ ...work, staff: who.staff }, { account, conversation });
}

async function conversationOf(
  { vault, now }: Runtime,
  tx: Transaction,
  account: ChannelAccount,
  phone: string | null,
): Promise<Conversation> {
  const { jurisdictionId, id: accountId } = account;
  const peer = vault.blindIndex(phone ?? newId(), accountId);
  // The number itself is kept under the key of the case alone: nothing is ever sent to this id.
  const peerSealed = vault.seal(newId(), peerPurpose(jurisdictionId));
  await tx
    .insert(conversations)
    .values({ id: newId(), jurisdictionId, accountId, peer, peerSealed, createdAt: now() })
    .onConflictDoNothing();
  const [row] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.accountId, accountId), eq(conversations.peer, peer)));
  const locked = row === undefined ? null : await lockConversation(tx, row.id);
  if (locked === null) throw new Error("a conversation of the desk could not be opened");
  return locked;
}
