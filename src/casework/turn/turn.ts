import type { CaseRecord } from "../../../db/schema/cases.ts";
import { type Conversation, conversations } from "../../../db/schema/conversations.ts";
import type { Abilities, Channel, ChannelAccount } from "../../channels/channel.ts";
import type { Vote } from "../../domain/understanding/vote.ts";
import type { Wording } from "../../domain/wording/sentences.ts";
import { wordingOf } from "../../domain/wording/wording.ts";
import type { UnitOfWork } from "./unit-of-work.ts";

/**
 * A turn of a conversation: its waiting messages take effect, in a transaction that other turns may share.
 *
 * Everything that happens in it commits together. `conversation` and the `cases` are working copies that follow what is
 * written; `toDeliver` gathers the conversations that have something to be sent afterwards.
 */
export type Turn = UnitOfWork & {
  readonly account: ChannelAccount;
  /** What this account can do. */
  readonly abilities: Abilities;
  /** What people call its platform, by locale. */
  readonly names: Channel["names"];
  readonly conversation: Conversation;
  /** The state of the conversation as it was read, where it may end as it began; null where it is written in any case. */
  readonly stateRead: string | null;
  /** The cases of this turn's resident, locked; loaded when first needed. */
  cases: CaseRecord[] | null;
  /** The kinds of what waits to be sent to this turn's person; null where nobody looked. */
  readonly unsent: Set<string> | null;
  readonly toDeliver: Set<string>;
  /** Another model's votes on messages of this turn, by their numbers; null for those on which it was asked in vain. */
  readonly votes: ReadonlyMap<number, Vote | null>;
  /** The platform's id of the message that is being heard, where answers can quote it; null elsewhere. */
  answering: string | null;
  /** The number of the case about which the message that is quoted by the one being heard was; null where it quotes none. */
  quoted: string | null;
};

/** Begins a turn of a conversation whose row is locked by this transaction. */
export function beginTurn(
  work: UnitOfWork,
  at: Pick<Turn, "account" | "abilities" | "names" | "conversation"> &
    Partial<Pick<Turn, "cases" | "unsent" | "votes" | "stateRead">>,
): Turn {
  return {
    ...work,
    get tx() {
      work.writes.send();
      return work.tx;
    },
    cases: null,
    unsent: null,
    stateRead: null,
    ...at,
    votes: at.votes ?? new Map(),
    toDeliver: new Set(),
    answering: null,
    quoted: null,
  };
}

/** The state of a conversation, to see by whether a turn changed it. */
export function stateOf(conversation: Conversation): string {
  return JSON.stringify(columnsOf(conversation));
}

function columnsOf(conversation: Conversation) {
  const { id: _id, jurisdictionId: _county, accountId: _account, peer: _peer, createdAt: _at, ...state } = conversation;
  return state;
}

/** Writes the conversation as it is now, together with the writes of the other turns of this unit of work; not where it is as it was read. */
export function saveConversation({ conversation, stateRead, writes }: Turn): void {
  if (stateRead !== null && stateRead === stateOf(conversation)) return;
  writes.update(conversations, conversation.id, columnsOf(conversation));
}

/** Finishes a turn: writes its conversation and waits for every write; throws the first failure, to roll all back. */
export async function finishTurn(turn: Turn): Promise<void> {
  saveConversation(turn);
  await turn.writes.done();
}

/** The wording in the language of the person of this turn. */
export function wordingFor(turn: Turn): Wording {
  return wordingOf(turn.conversation.locale);
}

/** The name of this turn's platform in the language of its person. */
export function platformFor(turn: Turn): string {
  return turn.names[turn.conversation.locale];
}
