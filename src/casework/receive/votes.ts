import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type InboxRow, inbox } from "../../../db/schema/conversations.ts";
import type { InboundContent } from "../../domain/messages/message.ts";
import type { Vote } from "../../domain/understanding/vote.ts";
import { wordsIn } from "../inbox/words.ts";
import { ballotOf } from "../resident/ballot.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Turn } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";
import { mayBind } from "./binding.ts";

/** A message that waits for another model's vote. */
export type Ballot = {
  readonly seq: number;
  /** Its words, in which nobody is named. */
  readonly text: string;
  /** So long nobody else takes it up; a danger to life of the same person does not wait behind it. */
  readonly until: Date;
};

/** The votes on the messages of one person, by their numbers; null where a model was asked in vain. */
export type Votes = Map<number, Vote | null>;

/** Longer than the calls of those who may be asked about together; whoever dies with a ballot leaves it to others then. */
const LEASE_MS = 10_000;
/** So many people of one transaction may wait for a vote, who are heard one after the other. */
const BALLOTS_TOGETHER = 2;
/** So many messages of one person are voted on at one go: what they say next waits for them. */
const BALLOTS_ALONE = 3;

/** The ballots that one transaction may still write. */
export type BallotsLeft = { left: number };

/** The ballots for a transaction that several people share, or for that of one person with these votes. */
export function ballotsFor(isShared: boolean, votes: ReadonlyMap<number, unknown>): BallotsLeft {
  return { left: isShared ? BALLOTS_TOGETHER : BALLOTS_ALONE - votes.size };
}

/**
 * Writes a ballot for a message that would end in a question, where there is a model that may be asked: it waits, and whoever
 * called asks when the transaction has ended, so that no lock and nobody else waits for the answer.
 */
export async function writeBallot(
  turn: Turn,
  row: InboxRow,
  content: InboundContent,
  ballots: BallotsLeft,
): Promise<Ballot | null> {
  const { voter } = turn.runtime;
  if (voter?.isReady() !== true || ballots.left <= 0 || turn.votes.has(row.seq)) return null;
  const text = content.kind === "text" || content.kind === "media" ? wordsIn(content) : "";
  if (text === "" || turn.conversation.deputyId !== null || mayBind(content)) return null;
  const words = await ballotOf(turn, { seq: row.seq, text });
  if (words === null || ballots.left <= 0) return null;
  ballots.left -= 1;
  const until = new Date(turn.now.getTime() + LEASE_MS);
  writeLater(turn, turn.tx.update(inbox).set({ retryAt: until }).where(eq(inbox.seq, row.seq)));
  return { seq: row.seq, text: words, until };
}

/** Asks for the vote on a ballot, outside of any transaction. */
export async function castVote({ voter }: Runtime, { seq, text }: Ballot, votes: Votes): Promise<void> {
  votes.set(seq, (await voter?.ask(text))?.vote ?? null);
}

/** Lets messages go on that waited for a vote. */
export async function takeUp(tx: Transaction, ballots: readonly Ballot[]): Promise<void> {
  for (const { seq, until } of ballots) {
    await tx
      .update(inbox)
      .set({ retryAt: null })
      .where(and(eq(inbox.seq, seq), eq(inbox.retryAt, until), isNull(inbox.processedAt)));
  }
}
