import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { notEnded } from "../../../../db/in-force.ts";
import { conversations } from "../../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../../db/schema/county.ts";
import { deputies } from "../../../../db/schema/people.ts";
import type { Channel } from "../../../channels/channel.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { boundWordingOf } from "../../../domain/wording/bound.ts";
import { tell } from "../../outbox/tell.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { peerPurpose } from "../../turn/conversation.ts";
import { openTurn } from "../../turn/open-turn.ts";
import { finishTurn, platformFor } from "../../turn/turn.ts";
import { giveChat } from "./give-chat.ts";

/** A member of a corporation who is a deputy, as the office enters them. */
type Membership = {
  /** The deputy's code in this county. */
  readonly deputy: string;
  readonly channel: Channel;
  readonly account: string;
  /** The platform's id of the member, as it was typed. */
  readonly member: string;
};

/** The end of a binding by the office: the conversation to which it is told, or a plain sentence that says what is wrong. */
type BoundMember =
  | { readonly ok: true; readonly conversationId: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Makes the chat of a corporation's member a deputy's, on the office's word: the corporation vouches for who its members are, and the
 * deputy, who is told, can refuse. Said twice it changes nothing.
 */
export async function bindMember(
  runtime: Runtime,
  jurisdictionId: string,
  { deputy: code, channel, account: name, member }: Membership,
): Promise<BoundMember> {
  if (channel.memberId === undefined)
    return {
      ok: false,
      problem: `On ${channel.type} a deputy binds a chat with a code: liaison deputy invite ${code}.`,
    };
  const id = channel.memberId(member);
  if (id === null)
    return { ok: false, problem: `--member ${member} is no id of a member: letters, digits, . _ - and @.` };
  const { now, vault, timeZone } = runtime;
  return runtime.database.inCounty(jurisdictionId, async (tx): Promise<BoundMember> => {
    const [account] = await tx
      .select({ id: channelAccounts.id })
      .from(channelAccounts)
      .where(and(eq(channelAccounts.channel, channel.type), eq(channelAccounts.name, name)));
    if (account === undefined) return { ok: false, problem: `This county has no ${channel.type} account ${name}.` };
    const [deputy] = await tx
      .select({ id: deputies.id, name: deputies.name })
      .from(deputies)
      .where(and(eq(deputies.code, code), notEnded(deputies.untilOn, dayIn(now(), timeZone))));
    if (deputy === undefined) return { ok: false, problem: `There is no deputy ${code} in this county.` };
    const peer = vault.blindIndex(id, account.id);
    const peerSealed = vault.seal(id, peerPurpose(jurisdictionId));
    await tx
      .insert(conversations)
      .values({ id: newId(), jurisdictionId, accountId: account.id, peer, peerSealed, createdAt: now() })
      .onConflictDoNothing();
    const [chat] = await tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(and(eq(conversations.accountId, account.id), eq(conversations.peer, peer)));
    const turn = chat === undefined ? null : await openTurn(runtime, tx, chat.id);
    if (turn === null) throw new Error("a conversation could not be opened");
    const { conversation } = turn;
    if (conversation.deputyId === deputy.id) return { ok: true, conversationId: conversation.id };
    if (conversation.deputyId !== null) return { ok: false, problem: `${member} is bound as another deputy already.` };
    const open = await giveChat(turn, deputy);
    conversation.dialog = { ...conversation.dialog, boundByOffice: now().toISOString() };
    const words = boundWordingOf(conversation.locale).boundByOffice({
      ...{ deputy: deputy.name, platform: platformFor(turn), open },
    });
    tell(turn, { kind: "deputy-answer", mustKnow: true, subject: null, words });
    await finishTurn(turn);
    return { ok: true, conversationId: conversation.id };
  });
}
