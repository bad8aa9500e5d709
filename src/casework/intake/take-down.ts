import { and, eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { casePeople } from "../../../db/schema/console.ts";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import { type OutboxRow, outbox } from "../../../db/schema/outbox.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import type { IntakeWay } from "../../domain/case/desk.ts";
import type { EmergencyTopic } from "../../domain/danger/emergency.ts";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { Caller } from "../access/caller.ts";
import { record } from "../cases/record.ts";
import { keyPurpose } from "../cases/thread.ts";
import { toldByPerson } from "../delivery/told-by-person.ts";
import { sealPayload } from "../inbox/payload.ts";
import { contentOf } from "../outbox/content.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type Told, toldSince } from "../staff/told.ts";
import type { Said } from "../turn/said.ts";
import { finishTurn, type Turn, wordingFor } from "../turn/turn.ts";
import { openDeskTurn } from "./desk.ts";
import { type NotOpened, openTaken } from "./open-taken.ts";
import { keepPhoto } from "./photo.ts";
import { type FoundPlace, findGivenPlace, type GivenPlace, type PlaceOffer } from "./place.ts";

/** The matter that somebody at a desk takes down of a person who came, rang up or wrote. */
export type Intake = {
  readonly how: IntakeWay;
  /** When it was said, by the clock of the county, where that was written down; see `SAID_AT`. */
  readonly saidAt?: string | null;
  readonly text: string;
  readonly place: GivenPlace | null;
  /** As it was confirmed; left out where the words tell it. */
  readonly category?: string | null | undefined;
  readonly name: string | null;
  /** As it is dialled. */
  readonly phone: string | null;
  readonly mayCall: boolean;
  readonly photo: Uint8Array | null;
  /** The open case, and its version, into which the words go instead of a new one. */
  readonly join: { readonly number: string; readonly etag: string } | null;
};

/** A person of the staff who takes a matter down, within the transaction of their request. */
export type TakingDown = {
  readonly runtime: Runtime;
  readonly tx: Transaction;
  readonly caller: Caller;
  readonly account: ChannelAccount;
  /** The same in every repetition of the request. */
  readonly dedupeKey: string;
  /** Only to see what would happen: whoever asks rolls it back. */
  readonly isTried: boolean;
  /** The code of the station in whose chat it is taken down; left out at the console. */
  readonly station?: string;
};

/** The case that was opened, or into which the words went, with what is read out and what others read. */
export type TakenCase = {
  readonly ok: true;
  readonly subject: CaseRecord;
  readonly isJoined: boolean;
  readonly danger: readonly EmergencyTopic[];
  readonly found: FoundPlace;
  /** What is read out to the person, in this order. */
  readonly readOut: readonly string[];
  readonly notice: string;
  readonly told: readonly Told[];
  readonly toDeliver: ReadonlySet<string>;
};

/** The reason for which nothing was taken down; nothing has changed then. */
export type NotTaken =
  | { readonly ok: false; readonly why: "unknown-grid" | "no-photo" }
  | { readonly ok: false; readonly why: "no-place"; readonly offers: readonly PlaceOffer[]; readonly notice: string }
  | Exclude<NotOpened, { readonly why: "no-place" }>;

/** The people to whom nothing can be read out when their matter is taken down. */
const ABSENT: readonly IntakeWay[] = ["paper", "other"];

/**
 * Takes down the matter of a person without a chat, as one happening: its words are understood, masked, placed and routed as those of
 * a chat message are, danger and accusations first. Who it was is sealed under the key of the case.
 */
export async function takeDown(taking: TakingDown, intake: Intake): Promise<TakenCase | NotTaken> {
  const { runtime, tx, caller, account, isTried, station } = taking;
  // A look beforehand is written down nowhere: it must not tell what a telephone number has said before.
  const phone = isTried ? null : intake.phone;
  const turn = await openDeskTurn(runtime, tx, account, { phone, staff: caller.name, station });
  const notice = wordingFor(turn).deskNotice({ county: turn.county.name });
  const found = await findGivenPlace(turn, intake.place, intake.text);
  if (found === null) return { ok: false, why: "unknown-grid" };
  const seq = await storeWords(turn, taking, intake.text);
  const said: Said = { seq, at: turn.now, kind: "text", text: intake.text, mediaId: null };
  const photo = intake.photo === null ? null : await keepPhoto(turn, intake.photo, { seq, isTried });
  if (intake.photo !== null && photo === null) return { ok: false, why: "no-photo" };
  const opened = await openTaken(turn, caller, {
    ...{ said, finding: found.finding, category: intake.category, join: intake.join },
    shown: photo === null ? [] : [photo],
  });
  if (!opened.ok)
    return opened.why === "no-place" ? { ok: false, why: "no-place", offers: found.offers, notice } : opened;
  const { subject, isJoined, danger } = opened;
  const { how, saidAt = null } = intake;
  record(turn, subject, "taken_down", "office", { how, ...(saidAt !== null && { saidAt }) });
  const isOfAnother = isJoined && subject.conversationId !== turn.conversation.id;
  writePerson(turn, subject, intake, { isJoined: isOfAnother, by: caller.name });
  await finishTurn(turn);
  await tx.update(inbox).set({ caseId: subject.id }).where(eq(inbox.seq, seq));
  const readOut = await readOutOf(turn, subject);
  const others = await toldSince(turn, subject, {
    ...{ about: [subject.id], other: null },
    before: { ids: [], deputyId: null },
  });
  if (!ABSENT.includes(intake.how)) await toldByPerson(tx, justSaid(turn, subject), turn.now);
  const told = isJoined ? [] : others.filter(({ to }) => to !== "resident");
  return { ok: true, subject, isJoined, danger, found, readOut, notice, told, toDeliver: turn.toDeliver };
}

/** The matter that was taken down before with the same key: its case, whether the words went into one that was there, and what was read out then; null where nothing was. */
export async function takenBefore({
  runtime,
  tx,
  account,
  dedupeKey,
}: Pick<TakingDown, "runtime" | "tx" | "account" | "dedupeKey">): Promise<{
  readonly subject: CaseRecord;
  readonly isJoined: boolean;
  readonly readOut: readonly string[];
} | null> {
  const [before] = await tx
    .select({ subject: cases, conversationId: conversations.id, at: inbox.receivedAt, isJoined: casePeople.isJoined })
    .from(inbox)
    .innerJoin(cases, eq(cases.id, inbox.caseId))
    .innerJoin(conversations, and(eq(conversations.accountId, inbox.accountId), eq(conversations.peer, inbox.peer)))
    .leftJoin(casePeople, and(eq(casePeople.caseId, inbox.caseId), eq(casePeople.at, inbox.receivedAt)))
    .where(and(eq(inbox.accountId, account.id), eq(inbox.dedupeKey, dedupeKey)));
  if (before === undefined) return null;
  const rows = await tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.conversationId, before.conversationId), eq(outbox.createdAt, before.at)))
    .orderBy(outbox.seq);
  return { subject: before.subject, isJoined: before.isJoined === true, readOut: textsOf(runtime, rows) };
}

/** The words stand in the inbox as every message does, heard at once. */
async function storeWords(turn: Turn, { account, dedupeKey }: TakingDown, text: string): Promise<number> {
  const { tx, now, jurisdictionId, conversation, runtime } = turn;
  const inbound = inboundOf({ dedupeKey, sender: newId(), sentAt: now, content: { kind: "text", text } });
  const [row] = await tx
    .insert(inbox)
    .values({
      ...{ jurisdictionId, accountId: account.id, peer: conversation.peer, dedupeKey, kind: "text" },
      ...{ payload: sealPayload(runtime.vault, account.id, inbound), receivedAt: now, processedAt: now },
      outcome: "case",
    })
    .returning({ seq: inbox.seq });
  if (row === undefined) throw new Error("words that were taken down are not there");
  return row.seq;
}

function writePerson(
  turn: Turn,
  subject: CaseRecord,
  intake: Intake,
  { isJoined, by }: { readonly isJoined: boolean; readonly by: string },
): void {
  const { jurisdictionId, now, runtime } = turn;
  const key = runtime.vault.unwrap(subject.keyWrapped, keyPurpose(jurisdictionId));
  const { how, name, phone, mayCall } = intake;
  turn.writes.insert(casePeople, {
    ...{ id: newId(), jurisdictionId, caseId: subject.id, how, isJoined, takenBy: by, at: now },
    name: name === null ? null : key.seal(name),
    phone: phone === null ? null : key.seal(phone),
    mayCall: mayCall && phone !== null,
    noticeReadAt: ABSENT.includes(how) ? null : now,
  });
}

/** What this intake says to its person, and nothing that waited for them before. */
function justSaid({ conversation }: Turn, { id }: CaseRecord) {
  return sql`${outbox.conversationId} = ${conversation.id} and not ${outbox.awaitsContact}
    and (${outbox.caseId} = ${id} or ${outbox.caseId} is null)`;
}

async function readOutOf(turn: Turn, subject: CaseRecord): Promise<string[]> {
  const rows = await turn.tx
    .select()
    .from(outbox)
    .where(and(justSaid(turn, subject), eq(outbox.state, "waiting")))
    .orderBy(outbox.seq);
  return textsOf(turn.runtime, rows);
}

function textsOf(runtime: Runtime, rows: readonly OutboxRow[]): string[] {
  return rows.map((row) => contentOf(runtime, row).text).filter((text) => text !== "");
}
