import type { Transaction } from "../../../db/database.ts";
import type { InboxRow } from "../../../db/schema/conversations.ts";
import { isConflict, isTransient } from "../../../db/transient-error.ts";
import { BURST_MS } from "../../domain/dialog/belonging.ts";
import { failMessage } from "../inbox/failure.ts";
import { readPayload } from "../inbox/payload.ts";
import { warnOfDanger } from "../resident/emergency.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { finishTurn, saveConversation } from "../turn/turn.ts";
import { openBatch, type Participant, type Peer, type PeerKey } from "./batch.ts";
import { mayBind } from "./binding.ts";
import { type Claimed, type ClaimOrder, claimNext, claimPerson } from "./claim.ts";
import { takeContact } from "./contact.ts";
import { dispatch } from "./dispatch.ts";
import { noteFollowing } from "./following.ts";
import { receiveInRoom } from "./in-room.ts";
import { type Ended, markHeard } from "./mark-heard.ts";
import { tellNotOpen } from "./not-open.ts";
import { hearAbout } from "./reference.ts";
import { type Ballot, type BallotsLeft, ballotsFor, castVote, takeUp, type Votes, writeBallot } from "./votes.ts";

const MESSAGES_AT_ONCE = 50;

/** Of one person among others, who wait for the same commit. */
const MESSAGES_TOGETHER = 5;

/** Whom another worker met at the same moment is known the next time. */
const MEETINGS = 3;

/** The result of receiving: the conversations that now have something to deliver, and the outcome of each message. */
type Received = {
  readonly conversations: readonly string[];
  readonly outcomes: readonly string[];
};

/** The result of receiving those who were next in a county. */
export type ReceivedNext = Received & {
  /** Whether it was about dangers to life. */
  readonly urgent: boolean;
  /** Who is still to be heard, each alone. */
  readonly apart: readonly Claimed[];
  /** Whether others may wait whom this did not see. */
  readonly isMore: boolean;
};

/** Somebody who is to be heard alone, perhaps with a vote on their next message. */
type Apart = PeerKey & { readonly ballot?: Ballot | undefined };

/**
 * Receives the waiting messages of the next people of a county in one transaction, each person's in order.
 *
 * The transaction claims them, so that others, in this process or another, go on with other people meanwhile. Where it fails
 * nothing has happened, and each is to be heard alone: so nobody suffers for another.
 * @param choice.limit how many people share the transaction; one alone is heard as by {@link receive}
 * @param choice.isApart who is to be heard alone in any case
 */
export async function receiveNext(
  runtime: Runtime,
  jurisdictionId: string,
  choice: {
    readonly limit: number;
    readonly order: ClaimOrder;
    readonly isApart?: (person: Claimed) => boolean;
  },
): Promise<ReceivedNext> {
  const { limit, order, isApart = () => false } = choice;
  let claimed: readonly Claimed[] = [];
  const about = () => ({ urgent: claimed.some(({ urgent }) => urgent), isMore: isMoreBehind(claimed, limit) });
  try {
    return await runtime.database.inCounty(jurisdictionId, async (tx) => {
      claimed = await claimNext(tx, jurisdictionId, { now: runtime.now(), limit, order });
      const together = claimed.filter((person) => !isApart(person));
      const people = await Promise.all(together.map((person) => findPerson(runtime, person)));
      const most = people.length === 1 ? MESSAGES_AT_ONCE : MESSAGES_TOGETHER;
      const call = { limit: most, onMessage: () => undefined, votes: new Map() };
      const received = await receiveWaiting(runtime, tx, people, call);
      const apart = claimed.flatMap((one) => {
        const left = received.apart.find((other) => isSame(one, other));
        return isApart(one) || left !== undefined ? [{ ...one, ballot: left?.ballot }] : [];
      });
      // Whoever waits for a vote lets the others go first.
      apart.sort((a, b) => Number(a.ballot !== undefined) - Number(b.ballot !== undefined));
      const isOn = received.outcomes.length + apart.length > 0;
      return { ...received, apart, urgent: about().urgent, isMore: isOn && about().isMore };
    });
  } catch (error) {
    if (claimed.length === 0 || (isTransient(error) && !isConflict(error))) throw error;
    runtime.log.warn({ people: claimed.length }, "people could not be heard together, and are heard one by one");
    return { conversations: [], outcomes: [], apart: claimed, ...about() };
  }
}

/** Behind people in danger there may be others, however few they are. */
function isMoreBehind(claimed: readonly Claimed[], limit: number): boolean {
  return claimed.length === limit || claimed.some(({ urgent }) => urgent);
}

function isSame(one: PeerKey, other: PeerKey): boolean {
  return one.accountId === other.accountId && one.peer === other.peer;
}

/**
 * Receives the waiting messages of one person, in order, in one transaction.
 *
 * Run again, it finds nothing and changes nothing. Where one breaks its handler, those before it are heard, and it waits
 * for its next try, or for a person to look at it; those behind it wait too, but for dangers to life (see `nextInOrder`).
 */
export async function receive(runtime: Runtime, key: Apart): Promise<Received> {
  const person = await findPerson(runtime, key);
  const ballots = key.ballot === undefined ? [] : [key.ballot];
  const votes: Votes = new Map();
  for (const ballot of ballots) await castVote(runtime, ballot, votes);
  try {
    return await receiveAlone(runtime, person, { limit: MESSAGES_AT_ONCE, onMessage: () => undefined, votes }, ballots);
  } catch (error) {
    if (isTransient(error)) throw error;
    return receiveOneByOne(runtime, person, votes, ballots);
  }
}

async function findPerson(runtime: Runtime, key: PeerKey): Promise<Peer> {
  const found = await runtime.accounts.byId(key.jurisdictionId, key.accountId);
  if (found === null) throw new Error("the channel account of a waiting message is gone");
  return { ...key, account: found.account, abilities: found.sender.abilities, names: found.names };
}

/** Each in a transaction of its own: a write may fail long after the message that caused it, so only this tells which. */
async function receiveOneByOne(
  runtime: Runtime,
  person: Peer,
  votes: Votes,
  ballots: readonly Ballot[],
): Promise<Received> {
  const conversations = new Set<string>();
  const outcomes: string[] = [];
  for (let turn = 0; turn < MESSAGES_AT_ONCE; turn += 1) {
    let current: InboxRow | null = null;
    try {
      const onMessage = (row: InboxRow) => {
        current = row;
      };
      const received = await receiveAlone(runtime, person, { limit: 1, onMessage, votes }, ballots);
      if (received.outcomes.length === 0) break;
      for (const conversation of received.conversations) conversations.add(conversation);
      outcomes.push(...received.outcomes);
    } catch (error) {
      if (current === null || isTransient(error)) throw error;
      for (const conversation of await warnAtLeast(runtime, person, current)) conversations.add(conversation);
      // It is held from now on: the next turn finds only dangers behind it.
      await failMessage(runtime, current, error);
    }
  }
  return { conversations: [...conversations], outcomes };
}

/**
 * A danger to life of which no case could be made is answered with the emergency reply all the same, when it breaks its
 * handler for the first time: whatever else is wrong, the person hears at once whom to call.
 */
async function warnAtLeast(runtime: Runtime, person: Peer, row: InboxRow): Promise<ReadonlySet<string>> {
  if (!row.urgent || row.attempts > 0) return new Set();
  const { jurisdictionId } = person;
  try {
    return await runtime.database.inCounty(jurisdictionId, async (tx) => {
      const call = { people: [person], limit: 1, onMessage: () => undefined };
      const [participant] = (await openBatch(runtime, tx, jurisdictionId, call))?.participants ?? [];
      if (participant === undefined || participant.rows[0]?.seq !== row.seq) return new Set<string>();
      const inbound = readPayload(runtime.vault, row);
      const isCurrent = noteFollowing(participant.turn.conversation, inbound, participant.turn.now);
      if (isCurrent && inbound.isContact) await takeContact(participant, inbound.window, row.receivedAt);
      warnOfDanger(participant.turn, inbound.content);
      await finishTurn(participant.turn);
      return participant.turn.toDeliver;
    });
  } catch (error) {
    runtime.log.error({ err: error, seq: row.seq }, "not even the emergency reply could be written");
    return new Set();
  }
}

/** How messages are received: how many of each person, who is told of each before anything is done about it, with which votes. */
type Receiving = {
  readonly limit: number;
  readonly onMessage: (row: InboxRow) => void;
  readonly votes: Votes;
};

/** @param waiting the ballots of messages that are taken up now, whatever came of their votes */
async function receiveAlone(
  runtime: Runtime,
  person: Peer,
  call: Receiving,
  waiting: readonly Ballot[],
): Promise<Received> {
  const all: { conversations: string[]; outcomes: string[] } = { conversations: [], outcomes: [] };
  let votedOn = waiting;
  for (let meeting = 0; meeting < MEETINGS; ) {
    const received = await runtime.database.inCounty(person.jurisdictionId, async (tx) => {
      const isClaimed = await claimPerson(tx, person);
      await takeUp(tx, votedOn);
      return receiveWaiting(runtime, tx, isClaimed ? [person] : [], call);
    });
    all.conversations.push(...received.conversations);
    all.outcomes.push(...received.outcomes);
    if (received.apart.length === 0) return { ...all, conversations: [...new Set(all.conversations)] };
    votedOn = received.apart.flatMap(({ ballot }) => ballot ?? []);
    for (const ballot of votedOn) await castVote(runtime, ballot, call.votes);
    if (votedOn.length === 0) meeting += 1;
  }
  throw new Error("a conversation could not be opened");
}

/** @param people of one county; nothing happens where there are none */
async function receiveWaiting(
  runtime: Runtime,
  tx: Transaction,
  people: readonly Peer[],
  call: Receiving,
): Promise<Received & { readonly apart: readonly Apart[] }> {
  const [first] = people;
  const batch = first && (await openBatch(runtime, tx, first.jurisdictionId, { people, ...call }));
  if (!batch) return { conversations: [], outcomes: [], apart: [] };
  const { work, participants, apart } = batch;
  const { writes, now } = work;
  try {
    const ballotsLeft = ballotsFor(work.isShared, call.votes);
    const { numbers } = work.lookups;
    for (const _ of participants) numbers.begin();
    const takings = await allOf(
      participants.map((one) => takeInOrder(one, call.onMessage, ballotsLeft).finally(numbers.end)),
    );
    const endings = takings.map(({ ended }) => ended);
    const left = takings.flatMap(({ isLeft, ballot }, index): Apart[] => {
      const person = participants[index]?.turn.conversation;
      return isLeft && person !== undefined ? [{ ...person, ballot: ballot ?? undefined }] : [];
    });
    const last = endings.flatMap((ended) => ended.slice(-1));
    await Promise.all([writes.done(), markHeard(tx, last, now)]);
    return {
      conversations: [...new Set(participants.flatMap(({ turn }) => [...turn.toDeliver]))],
      outcomes: endings.flat().map(({ outcome }) => outcome.kind),
      apart: [...apart, ...left],
    };
  } catch (error) {
    throw await writes.causeOf(error);
  }
}

/** Waits for the end of all of them: a transaction must not end while somebody still speaks in it. */
async function allOf<T extends readonly unknown[] | []>(
  works: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  const ends = await Promise.allSettled(works);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return Promise.all(works);
}

/** @returns where each message ended, of which the last is still to be marked as heard; and whether the rest is for a transaction of their own */
async function takeInOrder(
  participant: Participant,
  onMessage: (row: InboxRow) => void,
  ballots: BallotsLeft,
): Promise<{ readonly ended: readonly Ended[]; readonly isLeft: boolean; readonly ballot: Ballot | null }> {
  const { turn, rows } = participant;
  const ended: Ended[] = [];
  let isLeft = false;
  let ballot: Ballot | null = null;
  const isUrgent = rows.some((row) => row.urgent);
  for (const row of rows) {
    onMessage(row);
    const inbound = readPayload(turn.runtime.vault, row);
    // Nothing delays a danger to life that waits behind.
    ballot = isUrgent ? null : await writeBallot(turn, row, inbound.content, ballots);
    isLeft = ballot !== null || (turn.isShared && (inbound.room !== null || mayBind(inbound.content)));
    if (isLeft) break;
    const before = ended.at(-1);
    if (before !== undefined) await markHeard(turn.tx, [before], turn.now);
    const lastAct = turn.conversation.followingAsOf;
    const { room } = inbound;
    // What is said in a room tells nothing of the chat of two.
    const isCurrent = room !== null || noteFollowing(turn.conversation, inbound, turn.now);
    if (room === null && isCurrent && inbound.isContact) await takeContact(participant, inbound.window, row.receivedAt);
    const isRightBehind = lastAct !== null && inbound.sentAt.getTime() - lastAct.getTime() <= BURST_MS;
    const arrived = { ...row, isCurrent, isRightBehind };
    turn.answering = turn.abilities.replyTo === "id" ? (inbound.platformId ?? null) : null;
    const hear = () => dispatch(turn, arrived, inbound);
    const outcome = await (room === null
      ? hearAbout(turn, inbound.replyTo, hear)
      : receiveInRoom(turn, { ...inbound, room }, hear));
    if (room === null) await tellNotOpen(turn, inbound);
    turn.answering = null;
    ended.push({ row, outcome });
  }
  saveConversation(turn);
  return { ended, isLeft, ballot };
}
