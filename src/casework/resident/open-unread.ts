import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { cases } from "../../../db/schema/cases.ts";
import { conversations, type InboxRow, inbox } from "../../../db/schema/conversations.ts";
import { interventions } from "../../../db/schema/ledger.ts";
import { understandings } from "../../../db/schema/understandings.ts";
import { questionsOf } from "../../domain/dialog/open-questions.ts";
import { becameNoCase } from "../backlog/unread.ts";
import { ownCases } from "../cases/load.ts";
import { readPayload } from "../inbox/payload.ts";
import { noteCorrection, type Understanding } from "../inbox/understandings.ts";
import { giveCaseTo, wordsIn } from "../inbox/words.ts";
import { type Refused, refused } from "../office/refusal.ts";
import { supersede } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";
import { accusingOf } from "./accusation.ts";
import { openForOffice, openNew, openSealed } from "./open-new.ts";

/** The case that was made of a message; `isNew` where it was made just now. */
export type UnreadOpened = { readonly ok: true; readonly number: string; readonly isNew: boolean };

const MESSAGE_ID = /^\d{1,15}$/;
const LONGEST_NAME = 64;

/**
 * Opens a case for a message that became none, as if its words had been understood as a matter: its resident gets the ordinary
 * receipt. It is kept who did so, and that the message was understood wrongly.
 *
 * Done again it changes nothing. What accuses an official is sealed, as ever.
 * @param id as `findUnread` gives it
 * @returns a plain sentence where there is no such message, or it waits for an answer; nothing has changed then
 */
export async function openUnread(
  runtime: Runtime,
  jurisdictionId: string,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<UnreadOpened | Refused> {
  return runtime.database.inCounty(jurisdictionId, (tx) => openUnreadIn(runtime, tx, { id, by }));
}

/** Opens a case for a message within a transaction of the county; see {@link openUnread}. */
export async function openUnreadIn(
  runtime: Runtime,
  tx: Transaction,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<UnreadOpened | Refused> {
  const name = by.trim();
  if (name === "" || name.length > LONGEST_NAME) {
    return refused(`Say in 1 to ${LONGEST_NAME} characters who opens the case.`);
  }
  const unknown = refused(`There is no message ${id} without a case; "liaison understand unread" lists them.`);
  if (!MESSAGE_ID.test(id)) return unknown;
  const seq = Number(id);
  const turn = await turnOf(runtime, tx, seq);
  if (turn === null) return unknown;
  const opened = await openedBefore(tx, seq);
  if (opened !== null) return { ok: true, number: opened, isNew: false };
  const [found] = await tx
    .select({ row: inbox, understanding: understandings })
    .from(inbox)
    .innerJoin(understandings, eq(understandings.inboxSeq, inbox.seq))
    .where(and(eq(inbox.seq, seq), becameNoCase));
  if (found === undefined) return unknown;
  if (waitsForAnswer(turn, seq)) {
    return refused(`Whoever wrote message ${id} was asked what it is; without an answer it becomes a case by itself.`);
  }
  const said = saidIn(runtime, found.row);
  if (said.text === "") return unknown;
  const subject = await openAs(turn, said, found.understanding);
  await note(turn, said, subject, { understanding: found.understanding, by: name });
  await finishTurn(turn);
  return { ok: true, number: subject.number, isNew: true };
}

async function turnOf(runtime: Runtime, tx: Transaction, seq: number): Promise<Turn | null> {
  const [from] = await tx
    .select({ id: conversations.id })
    .from(inbox)
    .innerJoin(conversations, and(eq(conversations.accountId, inbox.accountId), eq(conversations.peer, inbox.peer)))
    .where(eq(inbox.seq, seq));
  return from === undefined ? null : openTurn(runtime, tx, from.id);
}

/** The case that was made of a message before; null where nobody made one. */
async function openedBefore(tx: Transaction, seq: number): Promise<string | null> {
  const [before] = await tx
    .select({ number: cases.number, openedAt: understandings.openedAt })
    .from(understandings)
    .innerJoin(inbox, eq(inbox.seq, understandings.inboxSeq))
    .innerJoin(cases, eq(cases.id, inbox.caseId))
    .where(eq(understandings.inboxSeq, seq));
  return before === undefined || before.openedAt === null ? null : before.number;
}

function waitsForAnswer(turn: Turn, seq: number): boolean {
  return questionsOf(turn.conversation.dialog).some(
    (question) => "waiting" in question && question.waiting.some((one) => one.seq === seq),
  );
}

function saidIn({ vault }: Runtime, row: InboxRow): Said {
  const kind = row.kind === "text" ? "text" : "voice";
  return { seq: row.seq, at: row.receivedAt, kind, text: wordsIn(readPayload(vault, row).content), mediaId: null };
}

async function openAs(turn: Turn, said: Said, { accusation }: Understanding): Promise<CaseRecord> {
  supersede(turn, ["prompt"]);
  const accuses = accusation === "sealed" || (await accusingOf(turn, said.text)).kind !== "none";
  if (accuses) return caseOf(turn, await openSealed(turn, said, false));
  return accusation === null ? openNew(turn, said) : caseOf(turn, await openForOffice(turn, [said]));
}

async function caseOf(turn: Turn, { caseId }: Outcome): Promise<CaseRecord> {
  const subject = (await ownCases(turn)).find((one) => one.id === caseId);
  if (subject === undefined) throw new Error("a case that was opened just now is not there");
  return subject;
}

async function note(
  turn: Turn,
  said: Said,
  subject: CaseRecord,
  { understanding, by }: { readonly understanding: Understanding; readonly by: string },
): Promise<void> {
  const { tx, now, jurisdictionId } = turn;
  await giveCaseTo(turn, [said], subject);
  const marked = { openedBy: by, openedAt: now };
  writeLater(turn, tx.update(understandings).set(marked).where(eq(understandings.id, understanding.id)));
  const done = { what: "message", action: "open-case", reason: null, by, at: now } as const;
  writeLater(
    turn,
    tx.insert(interventions).values({ id: newId(), jurisdictionId, subject: String(said.seq), ...done }),
  );
  const correction = { decided: understanding.kind, was: "matter" };
  noteCorrection(turn, understanding, correction, { source: "office", by });
}
