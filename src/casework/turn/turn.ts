import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { caseEvents, caseFollowers, caseMessages, cases, decisions } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import type { CountySettings } from "../../../db/schema/county.ts";
import { media } from "../../../db/schema/media.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { gatherWrites, type Writes } from "../../../db/writes.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { afterEvent, type CaseEventType } from "../../domain/case/case.ts";
import type { EventDetails } from "../../domain/case/case-event.ts";
import { mask } from "../../domain/text/mask.ts";
import { type Wording, wordingOf } from "../../domain/wording/wording.ts";
import type { House } from "../runtime/runtime.ts";
import { type Lookups, openLookups } from "./lookups.ts";

export type Conversation = typeof conversations.$inferSelect;
export type CaseRecord = typeof cases.$inferSelect;

/**
 * The waiting messages of one conversation taking effect, in a transaction that others may share.
 *
 * Everything that happens in it commits together. `conversation` and the `cases` are working copies that follow what is
 * written; `toDeliver` gathers the conversations that have something to be sent afterwards.
 */
export type Sitting = {
  readonly house: House;
  /** The transaction; whoever takes it to say something sends first what was written until then. */
  readonly tx: Transaction;
  readonly writes: Writes;
  readonly lookups: Lookups;
  readonly jurisdictionId: string;
  readonly county: { readonly name: string; readonly settings: CountySettings };
  readonly account: ChannelAccount;
  readonly now: Date;
  /** Calendar day in the county's time zone. */
  readonly today: string;
  readonly conversation: Conversation;
  /** The cases of the resident who speaks, locked; loaded when first needed. */
  cases: CaseRecord[] | null;
  /** The kinds of what waits to be sent to the person who speaks; null where nobody looked. */
  readonly unsent: Set<string> | null;
  readonly toDeliver: Set<string>;
};

/** What a change of a case needs to be written: a sitting, or a transaction in which staff decide. */
export type Writing = Pick<Sitting, "writes" | "jurisdictionId" | "now">;

/** What casework writes, each table behind those that it refers to. */
const WRITTEN = [cases, caseEvents, decisions, caseFollowers, caseMessages, outbox, media, conversations];

/** The category of a request to have one's data deleted: a case with a number and a day, but nobody's matter. */
export const DATA_REQUEST = "data-request";

/** How long a closed case of a resident still matters for what they say next. */
const REMEMBERED_MS = 90 * 86_400_000;
/** How many cases of one person are looked at. */
export const OWN_CASES = 50;

/** The writes of a transaction of casework. */
export function openWrites(tx: Transaction): Writes {
  return gatherWrites(tx, WRITTEN);
}

/** Sends a write on its way without waiting for it; all of them are waited for before the commit. */
export function later(sitting: Pick<Sitting, "writes">, write: { execute(): Promise<unknown> }): void {
  sitting.writes.later(write);
}

/** What the sittings of one transaction share. */
export type Room = Pick<Sitting, "house" | "tx" | "jurisdictionId" | "county" | "now" | "today" | "writes" | "lookups">;

/** Opens a room in this county's transaction. */
export function openRoom(
  house: House,
  tx: Transaction,
  jurisdictionId: string,
  county: { readonly name: string; readonly settings: CountySettings },
): Room {
  const writes = openWrites(tx);
  const now = house.now();
  const today = dayIn(now, house.timeZone);
  const lookups = openLookups({ tx, writes, jurisdictionId, atlases: house.atlases, now, today });
  return { house, tx, jurisdictionId, county, now, today, writes, lookups };
}

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

/** Cases that were closed later than this still matter. */
export function rememberedSince(now: Date): Date {
  return new Date(now.getTime() - REMEMBERED_MS);
}

export function wordingFor(sitting: Sitting): Wording {
  return wordingOf(sitting.conversation.locale);
}

/** The cases of the person who speaks: the open ones and those closed not long ago, last spoken of first. */
export async function ownCases(sitting: Sitting): Promise<CaseRecord[]> {
  sitting.cases ??= await sitting.tx
    .select()
    .from(cases)
    .where(
      and(
        eq(cases.conversationId, sitting.conversation.id),
        or(isNull(cases.closedAt), gt(cases.closedAt, rememberedSince(sitting.now))),
      ),
    )
    .orderBy(desc(cases.lastSpokenAt), desc(cases.number))
    .limit(OWN_CASES)
    .for("no key update");
  return sitting.cases;
}

/**
 * Writes what happened to a case: the event, the state that follows from it, and what else it changes.
 *
 * @param by `resident`, `service`, `office` or `deputy:<code>`
 * @param details from which alone the changes must follow again: see `replay`
 * @throws Error when the case may not see this event in its state: a mistake of the caller
 */
export function record<T extends CaseEventType>(
  writing: Writing,
  subject: CaseRecord,
  event: T,
  by: string,
  details: EventDetails<T>,
  changes: Partial<CaseRecord> = {},
): void {
  const state = afterEvent(subject.state, event);
  if (state === null) throw new Error(`a case that is ${subject.state} cannot see ${event}`);
  Object.assign(subject, changes, { state });
  writing.writes.update(cases, subject.id, { ...changes, state });
  writing.writes.insert(caseEvents, eventRow(writing, subject.id, event, by, details));
}

export function eventRow<T extends CaseEventType>(
  writing: Writing,
  caseId: string,
  type: T,
  by: string,
  details: EventDetails<T>,
): typeof caseEvents.$inferInsert {
  return { jurisdictionId: writing.jurisdictionId, caseId, type, at: writing.now, by, details };
}

export type ThreadEntry = {
  readonly direction: "in" | "out";
  readonly party: "resident" | "deputy" | "office" | "service";
  readonly kind: string;
  readonly text: string;
  readonly mediaId?: string | null;
  readonly outboxId?: string | null;
  readonly at?: Date;
};

/** Adds words to the thread of a case: the masked working copy, and the original sealed under the key of the case. */
export function addToThread(sitting: Sitting, subject: CaseRecord, entry: ThreadEntry): void {
  const working = mask(entry.text);
  const sealOriginal = () =>
    sitting.house.vault.unwrap(subject.keyWrapped, keyPurpose(sitting.jurisdictionId)).seal(entry.text);
  sitting.writes.insert(caseMessages, {
    id: newId(),
    jurisdictionId: sitting.jurisdictionId,
    caseId: subject.id,
    direction: entry.direction,
    party: entry.party,
    kind: entry.kind,
    text: working,
    original: working === entry.text ? null : sealOriginal(),
    mediaId: entry.mediaId ?? null,
    outboxId: entry.outboxId ?? null,
    at: entry.at ?? sitting.now,
  });
}

/** What the keys of cases are wrapped for. */
export function keyPurpose(jurisdictionId: string): string {
  return `case:${jurisdictionId}`;
}

/** The cases of a deputy, open or closed not long ago, oldest first; never a sealed one. */
export async function casesOfDeputy(sitting: Sitting, deputyId: string): Promise<CaseRecord[]> {
  return sitting.tx
    .select()
    .from(cases)
    .where(
      and(
        eq(cases.deputyId, deputyId),
        eq(cases.sealed, false),
        or(isNull(cases.closedAt), gt(cases.closedAt, rememberedSince(sitting.now))),
      ),
    )
    .orderBy(cases.receivedAt);
}

/** The same case as it is now, locked until the commit. */
export async function lockCase(sitting: Sitting, caseId: string): Promise<CaseRecord> {
  const [locked] = await sitting.tx.select().from(cases).where(eq(cases.id, caseId)).for("no key update");
  if (locked === undefined) throw new Error("a case disappeared");
  return locked;
}
