import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type InboxRow, inbox } from "../../../db/schema/conversations.ts";
import { isConflict, isTransient } from "../../../db/transient-error.ts";
import { failMessage } from "../inbox/failure.ts";
import { readPayload } from "../inbox/payload.ts";
import { warnOfDanger } from "../resident/emergency.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Outcome } from "../turn/outcome.ts";
import { finishTurn, saveConversation } from "../turn/turn.ts";
import { openBatch, type Participant, type Peer, type PeerKey } from "./batch.ts";
import { dispatch } from "./dispatch.ts";
import { openWindow } from "./window.ts";

const MESSAGES_AT_ONCE = 50;

/** Of one person among others, who wait for the same commit. */
const MESSAGES_TOGETHER = 5;

/** Whom another worker met at the same moment is known the next time. */
const MEETINGS = 3;

/** What came of hearing: the conversations that now have something to deliver, and where each message ended. */
type Received = { readonly conversations: string[]; readonly outcomes: string[] };

type Ended = { readonly row: InboxRow; readonly outcome: Outcome };

/**
 * Lets the waiting messages of several people of one county take effect in one transaction, each person's in order.
 *
 * Where that fails nothing has happened, and each is to be heard alone: so nobody suffers for another.
 * @param keys each person once; one alone is heard as by {@link receive}
 * @returns what came of it, and who is still to be heard, each alone
 */
export async function receiveTogether<K extends PeerKey>(
  runtime: Runtime,
  keys: readonly K[],
): Promise<Received & { readonly apart: readonly K[] }> {
  const [only, second] = keys;
  if (only === undefined) return { conversations: [], outcomes: [], apart: [] };
  if (second === undefined) return { ...(await receive(runtime, only)), apart: [] };
  try {
    const people = await Promise.all(keys.map((key) => findPerson(runtime, key)));
    const { apart, ...received } = await receiveWaiting(
      runtime,
      only.jurisdictionId,
      people,
      MESSAGES_TOGETHER,
      () => undefined,
    );
    return { ...received, apart: keys.filter((key) => apart.some((person) => isSame(person, key))) };
  } catch (error) {
    if (isTransient(error) && !isConflict(error)) throw error;
    runtime.log.warn({ people: keys.length }, "people could not be heard together, and are heard one by one");
    return { conversations: [], outcomes: [], apart: keys };
  }
}

function isSame(one: PeerKey, other: PeerKey): boolean {
  return one.accountId === other.accountId && one.peer === other.peer;
}

/**
 * Lets the waiting messages of one person take effect, in order, in one transaction.
 *
 * Run again, it finds nothing and changes nothing. Where one breaks its handler, those before it are heard, and it waits
 * for its next try, or for a person to look at it; those behind it wait too, but for dangers to life (see `nextInOrder`).
 */
export async function receive(runtime: Runtime, key: PeerKey): Promise<Received> {
  const person = await findPerson(runtime, key);
  try {
    return await receiveAlone(runtime, person, MESSAGES_AT_ONCE, () => undefined);
  } catch (error) {
    if (isTransient(error)) throw error;
    return receiveOneByOne(runtime, person);
  }
}

async function findPerson(runtime: Runtime, key: PeerKey): Promise<Peer> {
  const found = await runtime.accounts.byId(key.jurisdictionId, key.accountId);
  if (found === null) throw new Error("the channel account of a waiting message is gone");
  return { ...key, account: found.account };
}

/** Each in a transaction of its own: a write may fail long after the message that caused it, so only this tells which. */
async function receiveOneByOne(runtime: Runtime, person: Peer): Promise<Received> {
  const conversations = new Set<string>();
  const outcomes: string[] = [];
  for (let turn = 0; turn < MESSAGES_AT_ONCE; turn += 1) {
    let current: InboxRow | null = null;
    try {
      const received = await receiveAlone(runtime, person, 1, (row) => {
        current = row;
      });
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
      if (inbound.window !== null) await openWindow(participant, inbound.window);
      warnOfDanger(participant.turn, inbound.content);
      await finishTurn(participant.turn);
      return participant.turn.toDeliver;
    });
  } catch (error) {
    runtime.log.error({ err: error, seq: row.seq }, "not even the emergency reply could be written");
    return new Set();
  }
}

async function receiveAlone(
  runtime: Runtime,
  person: Peer,
  limit: number,
  onMessage: (row: InboxRow) => void,
): Promise<Received> {
  for (let meeting = 0; meeting < MEETINGS; meeting += 1) {
    const { apart, ...received } = await receiveWaiting(runtime, person.jurisdictionId, [person], limit, onMessage);
    if (apart.length === 0) return received;
  }
  throw new Error("a conversation could not be opened");
}

/** @param onMessage is told each message before anything is done about it */
async function receiveWaiting(
  runtime: Runtime,
  jurisdictionId: string,
  people: readonly Peer[],
  limit: number,
  onMessage: (row: InboxRow) => void,
): Promise<Received & { readonly apart: readonly PeerKey[] }> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const batch = await openBatch(runtime, tx, jurisdictionId, { people, limit, onMessage });
    if (batch === null) return { conversations: [], outcomes: [], apart: [] };
    const { work, participants, apart } = batch;
    const { writes, now } = work;
    try {
      const endings = await allOf(participants.map((participant) => takeInOrder(participant, onMessage)));
      const last = endings.flatMap((ended) => ended.slice(-1));
      await Promise.all([writes.done(), finish(tx, last, now)]);
      return {
        conversations: [...new Set(participants.flatMap(({ turn }) => [...turn.toDeliver]))],
        outcomes: endings.flat().map(({ outcome }) => outcome.kind),
        apart,
      };
    } catch (error) {
      throw await writes.causeOf(error);
    }
  });
}

/** Waits for the end of all of them: a transaction must not end while somebody still speaks in it. */
async function allOf<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(works);
  return ends.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}

/** @returns where each message ended; the last one is still to be marked as heard */
async function takeInOrder(participant: Participant, onMessage: (row: InboxRow) => void): Promise<Ended[]> {
  const { turn, rows } = participant;
  const ended: Ended[] = [];
  for (const row of rows) {
    const before = ended.at(-1);
    if (before !== undefined) await finish(turn.tx, [before], turn.now);
    onMessage(row);
    const inbound = readPayload(turn.runtime.vault, row);
    if (inbound.window !== null) await openWindow(participant, inbound.window);
    ended.push({ row, outcome: await dispatch(turn, row, inbound) });
  }
  saveConversation(turn);
  return ended;
}

/** Marks messages as heard. @throws Error when somebody put one aside while it was heard */
async function finish(tx: Transaction, ended: readonly Ended[], now: Date): Promise<void> {
  if (ended.length === 0) return;
  const column = <T>(pick: (one: Ended) => T) => sql.param(ended.map(pick));
  const marked = await tx
    .execute(
      sql`update ${inbox} i set processed_at = ${now.toISOString()}::timestamptz, outcome = ended.outcome,
          case_id = ended.case_id, failure = null
        from unnest(
          ${column(({ row }) => row.seq)}::bigint[], ${column(({ outcome }) => outcome.kind)}::text[],
          ${column(({ outcome }) => outcome.caseId ?? null)}::uuid[]
        ) as ended (seq, outcome, case_id)
        where i.seq = ended.seq and i.processed_at is null returning i.seq`,
    )
    .execute();
  if (marked.length < ended.length) throw new Error("a message was put aside while it was heard");
}
