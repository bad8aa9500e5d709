import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { type Verb, verbsNow } from "../../domain/access/case-verbs.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { Caller } from "../access/caller.ts";
import { lockCase } from "../cases/load.ts";
import { writeNote } from "../cases/notes.ts";
import { countsAsOrdinary, visibleTo } from "../cases/visible-to.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { eventsSince, type FoundCase, findCase, type Since, sealedSince } from "./find-case.ts";
import { noteCaseReading, noteReading, passFor } from "./readings.ts";
import { type Told, toldBefore, toldSince } from "./told.ts";

/** A person of the staff who acts on one case, within the transaction of their request. */
export type Acting = {
  readonly runtime: Runtime;
  readonly tx: Transaction;
  readonly caller: Caller;
  readonly number: string;
  readonly request: string;
  /** The version that they have seen; null where none is asked for. */
  readonly seen: string | null;
  /** A second case to which the verb is done as well, with the version that they have seen. */
  readonly also?: { readonly number: string; readonly seen: string | null; readonly isFirst?: boolean };
};

/** Writes down that the case was read, for an answer that changes nothing and yet tells of it. */
type NoteRead = { readonly noteRead: (tx: Transaction) => Promise<void> };

/** The reason for which a verb was refused; nothing has changed then. */
export type ActRefused =
  | { readonly ok: false; readonly why: "not-here" | "reason-needed" }
  | ({ readonly ok: false; readonly why: "faster"; readonly since: readonly Since[]; readonly etag: string } & NoteRead)
  | ({
      readonly ok: false;
      readonly why: "state";
      readonly state: string;
      readonly allowed: readonly Verb[];
    } & NoteRead)
  | ({ readonly ok: false } & WrongContent & NoteRead);

/** What of a verb's content cannot be taken, by a stable word and a sentence. */
type WrongContent = { readonly why: "content"; readonly code: string; readonly reason: string };

/** The outcome of a verb: its own result, the case's new version, what everybody is told, and who has something to be sent. */
export type Acted<T> = NoteRead & {
  readonly ok: true;
  readonly value: T;
  readonly etag: string;
  readonly told: readonly Told[];
  readonly toDeliver: ReadonlySet<string>;
};

/**
 * The work of a verb on a case that is locked; `isSealed` also where it may be part of an accusation. `made` are the ids of cases that it
 * opened, of which people are told as well.
 */
export type Work<T> = (
  turn: Turn,
  subject: CaseRecord,
  isSealed: boolean,
  other: FoundCase | null,
) => Promise<
  { readonly ok: true; readonly value: T; readonly made?: readonly string[] } | ({ readonly ok: false } & WrongContent)
>;

/**
 * Does a verb of staff to a case, as one happening: who may not see it learns nothing, who has seen another version learns what
 * happened since, and the state must allow it. All events in it are by this person.
 */
export async function actOnCase<T>(acting: Acting, verb: Verb, work: Work<T>): Promise<Acted<T> | ActRefused> {
  const { runtime, tx, caller, number, seen } = acting;
  const today = dayIn(runtime.now(), runtime.timeZone);
  const first = await findCase(tx, caller, number, today);
  const second = await alsoOf(acting, today);
  if (first === null || second === "not-here") return { ok: false, why: "not-here" };
  const turn = await openTurn(runtime, tx, first.subject.conversationId, caller.name);
  if (turn === null) throw new Error("a case has no conversation with an account");
  const subject = await lockBoth(turn, first, second, acting.also?.isFirst === true);
  // What others did before the lock was had counts too, sealing first of all.
  const found = await findCase(tx, caller, number, today);
  const other = await alsoOf(acting, today);
  if (found === null || other === "not-here") return { ok: false, why: "not-here" };
  const reading = { caller, caseId: subject.id, now: turn.now, request: acting.request };
  if (found.isSealed && !(await mayReach(acting, reading))) {
    const sealing = seen === null ? null : await sealedSince(tx, subject.id, seen);
    if (sealing === null) return { ok: false, why: "reason-needed" };
    // Told is what they could still see: nothing of what happened behind the sealing.
    return { ok: false, why: "faster", ...sealing, noteRead: (own) => noteCaseReading(own, reading, today) };
  }
  const noteRead = async (own: Transaction) => {
    await noteOf(own, reading, found.isSealed, today);
    if (other !== null) await noteOf(own, { ...reading, caseId: other.subject.id }, other.isSealed, today);
  };
  if (seen !== null && seen !== found.etag) {
    const since = await eventsSince(tx, subject.id, seen);
    return { ok: false, why: "faster", since, etag: found.etag, noteRead };
  }
  if (other !== null && acting.also?.seen != null && acting.also.seen !== other.etag) {
    const since = await eventsSince(tx, other.subject.id, acting.also.seen);
    return { ok: false, why: "faster", since, etag: found.etag, noteRead };
  }
  const allowed = verbsNow(caller.role, {
    isOpen: subject.closedAt === null,
    isSealed: found.isSealed,
    isSealedItself: subject.sealed,
    isLed: found.isLed,
    isLinked: found.leading !== null,
    isUnheeded: found.isUnheeded,
  });
  if (!allowed.includes(verb)) return { ok: false, why: "state", state: subject.state, allowed, noteRead };
  const shown = other === null || other.isSealed ? [] : [other.subject.id];
  const about = [subject.id, ...shown, ...(await ledIds(tx, caller, subject.id, today))];
  const before = { ids: await toldBefore(tx, about), deputyId: subject.deputyId };
  const done = await work(turn, subject, found.isSealed, other);
  if (!done.ok) return { ...done, noteRead };
  await finishTurn(turn);
  await noteAct(turn, subject, caller);
  if (other !== null) {
    await noteOf(tx, { ...reading, caseId: other.subject.id }, other.isSealed, today);
    await noteAct(turn, other.subject, caller);
  }
  const told = await toldSince(turn, subject, {
    about: [...about, ...(done.made ?? [])],
    before,
    other: other?.subject ?? null,
  });
  return { ok: true, value: done.value, etag: await etagOf(tx, subject.id), told, toDeliver: turn.toDeliver, noteRead };
}

async function alsoOf({ tx, caller, also }: Acting, today: string): Promise<FoundCase | null | "not-here"> {
  if (also === undefined) return null;
  return (await findCase(tx, caller, also.number, today)) ?? "not-here";
}

/** Two cases are locked in the order of their numbers, so that two who merge them in opposite directions wait for each other; @param secondFirst an answer to the second locks it before the first */
async function lockBoth(turn: Turn, first: FoundCase, second: FoundCase | null, secondFirst: boolean) {
  if (second === null) return lockCase(turn, first.subject.id);
  const both = [first.subject, second.subject].sort((a, b) => a.number.localeCompare(b.number));
  const locked = new Map<string, CaseRecord>();
  for (const { id } of secondFirst ? [second.subject, first.subject] : both) locked.set(id, await lockCase(turn, id));
  return locked.get(first.subject.id) ?? first.subject;
}

/** Writes a reading down for an answer that tells of the case; what was written within a verb is not there any more once that was rolled back. */
async function noteOf(
  tx: Transaction,
  reading: Parameters<typeof passFor>[1],
  isSealed: boolean,
  today: string,
): Promise<void> {
  if (!isSealed) await noteCaseReading(tx, reading, today);
  else await noteReading(tx, reading, "sealed", { reason: await passFor(tx, reading), note: null });
}

/** A person gives a reason before; a program's every reach for a sealed case is written down. */
async function mayReach({ tx, caller }: Acting, reading: Parameters<typeof passFor>[1]): Promise<boolean> {
  if (caller.kind === "person") return (await passFor(tx, reading)) !== null;
  await noteReading(tx, reading, "sealed", { reason: null, note: null });
  return true;
}

/** Writes a note of the office on a case, which neither its resident nor a deputy ever reads. */
export function addNote(
  turn: Turn,
  subject: CaseRecord,
  { by, text }: { readonly by: string; readonly text: string },
): string {
  return writeNote(turn, subject, { by, author: "office", text });
}

async function noteAct({ tx, jurisdictionId, now }: Turn, subject: CaseRecord, caller: Caller): Promise<void> {
  await tx.execute(sql`
    insert into case_acts (jurisdiction_id, caller_id, case_id, at)
    values (${jurisdictionId}, ${caller.id}, ${subject.id}, ${now.toISOString()}::timestamptz)
    on conflict (caller_id, case_id) do update set at = excluded.at`);
}

/** The cases that go with one, as far as they exist for the caller without a reason: what is told about others is not for them. */
async function ledIds(tx: Transaction, caller: Caller, caseId: string, today: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select ${cases.id} as id from case_links l join ${cases} on ${cases.id} = l.case_id
    where l.leading_id = ${caseId} and ${visibleTo(caller, today)} and ${countsAsOrdinary}`);
  return rows.map(({ id }) => id);
}

async function etagOf(tx: Transaction, caseId: string): Promise<string> {
  const [row] = await tx.execute<{ events: number }>(
    sql`select count(*)::int as events from case_events where case_id = ${caseId}`,
  );
  return `c${row?.events ?? 0}`;
}
