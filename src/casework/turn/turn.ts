import type { CaseRecord } from "../../../db/schema/cases.ts";
import { type Conversation, conversations } from "../../../db/schema/conversations.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import type { Wording } from "../../domain/wording/sentences.ts";
import { wordingOf } from "../../domain/wording/wording.ts";
import type { Room } from "./unit-of-work.ts";

/**
 * The waiting messages of one conversation taking effect, in a transaction that others may share.
 *
 * Everything that happens in it commits together. `conversation` and the `cases` are working copies that follow what is
 * written; `toDeliver` gathers the conversations that have something to be sent afterwards.
 */
export type Sitting = Room & {
  readonly account: ChannelAccount;
  readonly conversation: Conversation;
  /** The cases of the resident who speaks, locked; loaded when first needed. */
  cases: CaseRecord[] | null;
  /** The kinds of what waits to be sent to the person who speaks; null where nobody looked. */
  readonly unsent: Set<string> | null;
  readonly toDeliver: Set<string>;
};

/** Sits down with a conversation whose row is locked by this transaction. */
export function sit(
  room: Room,
  at: Pick<Sitting, "account" | "conversation"> & Partial<Pick<Sitting, "cases" | "unsent">>,
): Sitting {
  return {
    ...room,
    get tx() {
      room.writes.send();
      return room.tx;
    },
    cases: null,
    unsent: null,
    ...at,
    toDeliver: new Set(),
  };
}

/** Writes the conversation as it is now, with all that others in the room write. */
export function noteConversation({ conversation, writes }: Sitting): void {
  const { id, jurisdictionId: _county, accountId: _account, peer: _peer, createdAt: _at, ...state } = conversation;
  writes.update(conversations, id, state);
}

/** Writes the conversation as it is now and waits for every write; throws the first that failed, to roll all back. */
export async function rise(sitting: Sitting): Promise<void> {
  noteConversation(sitting);
  await sitting.writes.done();
}

export function wordingFor(sitting: Sitting): Wording {
  return wordingOf(sitting.conversation.locale);
}
