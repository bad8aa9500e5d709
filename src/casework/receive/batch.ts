import { and, asc, not, type SQL, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type Conversation, conversations, type InboxRow, inbox } from "../../../db/schema/conversations.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import { insertRows } from "../../../db/writes.ts";
import { nextInOrder } from "../inbox/ordering.ts";
import { readPayload } from "../inbox/payload.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { peerPurpose } from "../turn/conversation.ts";
import { orLinked, withLinked } from "../turn/person.ts";
import { beginTurn, type Turn } from "../turn/turn.ts";
import { COUNTY_COLUMNS, openWork, type UnitOfWork } from "../turn/unit-of-work.ts";
import { loadHistory, noHistory } from "./history.ts";
import type { Votes } from "./votes.ts";

/** The key of a person on an account. */
export type PeerKey = { readonly jurisdictionId: string; readonly accountId: string; readonly peer: string };

/** A person on an account of whom messages may wait. */
export type Peer = PeerKey & Pick<Turn, "account" | "abilities" | "names">;

type Call = {
  /** People of one county, each once. */
  readonly people: readonly Peer[];
  /** How many messages of each are heard. */
  readonly limit: number;
  /** Is told the first message of each before anything is done about it. */
  readonly onMessage: (row: InboxRow) => void;
  readonly votes?: Votes;
};

/** A person of a batch, with the turn in which their messages take effect. */
export type Participant = {
  readonly turn: Turn;
  /** What waits from them, in order. */
  readonly rows: readonly InboxRow[];
  /** Whether something to them waits for a sign of them, or for its next try. */
  isHeldBack: boolean;
  /** Whether nobody saw how something ended that was sent to them, and that they must know. */
  mayHaveMissed: boolean;
};

/** A batch: people of one county whose messages take effect in one transaction. */
export type Batch = {
  readonly work: UnitOfWork;
  readonly participants: readonly Participant[];
  /** Whom this transaction must not hear; each by themselves, in another one. */
  readonly apart: readonly Peer[];
};

/**
 * Opens a batch: locks the conversations of these people, in the order of their ids, and reads their waiting messages
 * and their history.
 *
 * Where there are several they are residents, who lock nothing but their own cases: so no two batches wait for each other in a circle.
 * A deputy, or somebody of a unit or on duty, locks cases of others, and is heard apart; so is who has several chats, which are locked
 * together, whom another worker is just meeting for the first time, and the rest of what somebody says who says more than `limit`.
 * @returns null when nothing waits
 */
export async function openBatch(
  runtime: Runtime,
  tx: Transaction,
  jurisdictionId: string,
  { people, limit, onMessage, votes }: Call,
): Promise<Batch | null> {
  const { locked, linked, deputies, county, waiting } = await lookIn(tx, people, limit);
  const now = runtime.now();
  const rowsOf = Map.groupBy(waiting, nameOf);
  const known = new Map(locked.map((conversation) => [nameOf(conversation), conversation]));
  const present = people.filter((person) => !deputies.has(nameOf(person)));
  const taken = await Promise.all(
    present.map((person) => {
      const isDeputy = (known.get(nameOf(person))?.deputyId ?? null) !== null;
      return nextInOrder(tx, person, rowsOf.get(nameOf(person)) ?? [], { now, limit, isDeputy });
    }),
  );
  const waits = present.flatMap((person, index) => {
    const rows = taken[index] ?? [];
    return rows[0] === undefined ? [] : [{ person, rows, first: rows[0] }];
  });
  for (const { first } of waits) onMessage(first);
  const newcomers = waits.filter(({ person }) => !known.has(nameOf(person)));
  const returning = waits.flatMap(({ person }) => known.get(nameOf(person)) ?? []);
  const [met, before] = await Promise.all([
    openConversations(runtime, tx, newcomers, now),
    loadHistory(tx, returning, { linked, now }),
  ]);
  const work = await openWork(runtime, tx, jurisdictionId, county, waits.length > 1);
  const participants = waits.flatMap(({ person, rows }): Participant[] => {
    const { account, abilities, names } = person;
    const conversation = known.get(nameOf(person)) ?? met.get(nameOf(person));
    if (conversation === undefined) return [];
    const { isHeldBack, mayHaveMissed, ...history } = before.get(conversation.id) ?? noHistory();
    return [
      {
        turn: beginTurn(work, { account, abilities, names, conversation, linked, votes, ...history }),
        rows,
        isHeldBack,
        mayHaveMissed,
      },
    ];
  });
  const isLeft = (person: Peer) => {
    const name = nameOf(person);
    const theirs = rowsOf.get(name) ?? [];
    const isUnmet = newcomers.some((newcomer) => newcomer.person === person) && !met.has(name);
    return deputies.has(name) || isUnmet || (people.length > 1 && theirs.length === limit);
  };
  const apart = people.filter(isLeft);
  return participants.length + apart.length === 0 ? null : { work, participants, apart };
}

/** The condition that a person locks more than their own: a deputy, somebody on duty, or who has several chats. */
const isHeardApart = sql`(${conversations.deputyId} is not null or ${conversations.dutyPersonId} is not null
  or ${conversations.heardApart} or ${conversations.personId} is not null)`;

/** Statements of one connection run in order: what waits is read when the locks are held. */
async function lookIn(tx: Transaction, people: readonly Peer[], limit: number) {
  const isAlone = people.length === 1;
  const theirs = sql`(${conversations.accountId} = any(${accountsOf(people)}) and ${conversations.peer} = any(${peersOf(people)}))`;
  const person = sql`select own.person_id from conversations own
    where own.account_id = ${people[0]?.accountId ?? null} and own.peer = ${people[0]?.peer ?? null}`;
  const [locked, deputies, [county], waiting] = await Promise.all([
    tx
      .select()
      .from(conversations)
      .where(isAlone ? orLinked(theirs, person) : and(theirs, not(isHeardApart)))
      .orderBy(asc(conversations.id))
      .for("no key update")
      .execute(),
    isAlone
      ? []
      : tx
          .select({ accountId: conversations.accountId, peer: conversations.peer })
          .from(conversations)
          .where(and(theirs, isHeardApart))
          .execute(),
    tx.select(COUNTY_COLUMNS).from(jurisdictions).execute(),
    tx.select().from(inbox).where(waitsFrom(people, limit)).orderBy(asc(inbox.seq)).execute(),
  ]);
  if (county === undefined) throw new Error("the county of a waiting message is gone");
  const own = locked.find((row) => isAlone && people.some((one) => nameOf(one) === nameOf(row)));
  const linked = own === undefined ? [] : (await withLinked(tx, own)).linked;
  return { locked, linked, deputies: new Set(deputies.map(nameOf)), county, waiting };
}

function waitsFrom(people: readonly Peer[], limit: number): SQL {
  return sql`${inbox.seq} in (
    select waiting.seq from unnest(${accountsOf(people)}, ${peersOf(people)}) as person (account_id, peer)
    cross join lateral (
      select i.seq from ${inbox} i
      where i.account_id = person.account_id and i.peer = person.peer and i.processed_at is null
      order by i.seq limit ${limit}) waiting)`;
}

/**
 * Opens the conversations of people who write for the first time, in a fixed order.
 *
 * @returns by name; whom another worker met in the meantime is not among them, and may have been heard already
 */
async function openConversations(
  runtime: Runtime,
  tx: Transaction,
  newcomers: readonly { readonly person: Peer; readonly first: InboxRow }[],
  now: Date,
): Promise<Map<string, Conversation>> {
  if (newcomers.length === 0) return new Map();
  const opened = newcomers
    .map(
      ({ person, first }): Conversation => ({
        id: newId(),
        jurisdictionId: person.jurisdictionId,
        accountId: person.accountId,
        peer: person.peer,
        peerSealed: runtime.vault.seal(readPayload(runtime.vault, first).sender, peerPurpose(person.jurisdictionId)),
        deputyId: null,
        personId: null,
        heardApart: false,
        homeGrid: null,
        locale: "zh-CN",
        following: true,
        followingAsOf: null,
        noticeVersion: null,
        dialog: {},
        windowLeft: 0,
        windowUntil: null,
        lastSpokenAt: null,
        directRefusedAt: null,
        subscriptionCredits: 0,
        trialPersonId: null,
        dutyPersonId: null,
        eraseAskedAt: null,
        ...{ form: "person", roomOf: null, roomTitle: null, roomToldOn: null },
        createdAt: now,
      }),
    )
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const created = await tx.execute<{ id: string }>(
    sql`${insertRows(conversations, opened)} on conflict do nothing returning id`,
  );
  const ids = new Set(created.map((row) => row.id));
  return new Map(opened.flatMap((one) => (ids.has(one.id) ? [[nameOf(one), one]] : [])));
}

function nameOf({ accountId, peer }: Pick<PeerKey, "accountId" | "peer">): string {
  return `${accountId} ${peer}`;
}

function accountsOf(people: readonly Peer[]): SQL {
  return sql`${sql.param(people.map(({ accountId }) => accountId))}::uuid[]`;
}

function peersOf(people: readonly Peer[]): SQL {
  return sql`${sql.param(people.map(({ peer }) => peer))}::text[]`;
}
