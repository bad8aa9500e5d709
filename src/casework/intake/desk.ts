import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type Conversation, conversations } from "../../../db/schema/conversations.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { DESK_ABILITIES, desk } from "../../channels/desk/channel.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { NOTICE_VERSION } from "../outbox/tell.ts";
import { ownAccount } from "../runtime/own-account.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { lockConversation, peerPurpose } from "../turn/conversation.ts";
import { beginTurn, type Turn } from "../turn/turn.ts";
import { COUNTY_COLUMNS, openWork } from "../turn/unit-of-work.ts";

/** The account of a county's desk, to which the conversations of people without a chat belong. */
export async function deskAccount(runtime: Runtime, jurisdictionId: string): Promise<ChannelAccount> {
  return ownAccount(runtime, jurisdictionId, DESK_CHANNEL);
}

/**
 * Opens the turn of a person without a chat: the conversation of their telephone number, by its keyed hash, or one of their own
 * where they leave none. What they are told of their data is read out to them, so that no message brings it.
 *
 * @param who.staff the name of whoever takes their matter down
 * @param who.station the code of the station in whose chat they do: where no other place is named, it is there
 */
export async function openDeskTurn(
  runtime: Runtime,
  tx: Transaction,
  account: ChannelAccount,
  who: { readonly phone: string | null; readonly staff: string; readonly station?: string | undefined },
): Promise<Turn> {
  const { jurisdictionId } = account;
  const conversation = await conversationOf(runtime, tx, account, who.phone);
  const [county] = await tx.select(COUNTY_COLUMNS).from(jurisdictions);
  if (county === undefined) throw new Error("the county of a desk is gone");
  const work = await openWork(runtime, tx, jurisdictionId, county);
  conversation.noticeVersion = NOTICE_VERSION;
  const { staff, station } = who;
  const at = { account, abilities: DESK_ABILITIES, names: desk.names, conversation };
  if (station === undefined) return beginTurn({ ...work, staff }, at);
  const scene = { kind: "station", code: station, at: work.now.toISOString() } as const;
  conversation.dialog = { ...conversation.dialog, scene };
  return beginTurn({ ...work, staff, station }, at);
}

/** The conversation of a person without a chat, locked: that of their telephone number, or a new one where they leave none. */
export async function conversationOf(
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
