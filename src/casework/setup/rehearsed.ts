import { and, asc, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, caseMessages, cases } from "../../../db/schema/cases.ts";
import { type Conversation, conversations, inbox } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deputies, units } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import { REHEARSAL_CHANNEL, REHEARSAL_MESSAGES, type RehearsalMessage } from "../../domain/case/rehearsal.ts";
import { visibleTo } from "../cases/visible-to.ts";
import { readTrial } from "../county/trial.ts";
import { readPayload } from "../inbox/payload.ts";
import { wordsIn } from "../inbox/words.ts";
import { contentOf } from "../outbox/content.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { simulatedResident } from "./rehearsal.ts";

/** What can become of a message of a rehearsal; `waiting` until it was received and all to its resident was said. */
type RehearsalEnd =
  | "waiting"
  | "placed"
  | "asks-where"
  | "asks-what"
  | "answered"
  | "danger"
  | "sealed"
  | "office-first";

/** A message of a rehearsal: what was to happen, what did, and who was told what. */
export type Rehearsed = {
  readonly code: RehearsalMessage;
  readonly text: string;
  readonly expected: RehearsalEnd;
  readonly happened: RehearsalEnd;
  readonly isRight: boolean;
  /** The case that came of it, of the rehearsals' own series. */
  readonly case: string | null;
  readonly goesTo: {
    readonly kind: "deputy" | "unit" | "office";
    readonly code: string | null;
    readonly name: string;
  } | null;
  /** What the simulated resident was answered. */
  readonly replies: readonly string[];
  /** The deputies for whom something was written, and what became of it: held back, or delivered for one who is listed. */
  readonly told: readonly { readonly name: string; readonly state: string }[];
  /** Whether the case exists for any station, and for any deputy; null without a case. */
  readonly seenBy: { readonly stations: boolean; readonly deputies: boolean } | null;
};

const EXPECTED: Readonly<Record<RehearsalMessage, RehearsalEnd>> = {
  "full-address": "placed",
  vague: "asks-where",
  photo: "asks-what",
  "two-matters": "placed",
  thanks: "answered",
  danger: "danger",
  accusation: "sealed",
  "out-of-scope": "answered",
};

/** Tells what has become of the messages of a run of the county whose transaction this is. */
export async function rehearsedIn(
  runtime: Runtime,
  tx: Transaction,
  { run, today }: { readonly run: string; readonly today: string },
): Promise<Rehearsed[]> {
  const { vault } = runtime;
  const [account] = await tx
    .select({ id: channelAccounts.id })
    .from(channelAccounts)
    .where(eq(channelAccounts.channel, REHEARSAL_CHANNEL));
  if (account === undefined) return [];
  const done: Rehearsed[] = [];
  for (const code of REHEARSAL_MESSAGES) {
    const sender = simulatedResident(run, code);
    const [message] = await tx
      .select()
      .from(inbox)
      .where(and(eq(inbox.accountId, account.id), eq(inbox.dedupeKey, sender)));
    if (message === undefined) continue;
    const [conversation] = await tx
      .select()
      .from(conversations)
      .where(
        and(eq(conversations.accountId, account.id), eq(conversations.peer, vault.blindIndex(sender, account.id))),
      );
    const text = wordsIn(readPayload(vault, message).content);
    const found = conversation === undefined ? NOTHING : await foundOf(runtime, tx, conversation, today);
    const isHeard = message.processedAt !== null && !found.isWaiting;
    const happened = isHeard ? endOf(found) : "waiting";
    const expected = EXPECTED[code];
    const isKept = expected !== "sealed" || (found.seenBy?.stations === false && found.seenBy.deputies === false);
    const { replies, told, goesTo, seenBy } = found;
    done.push({
      ...{ code, text, expected, happened, replies, told, goesTo, seenBy },
      isRight: happened === expected && isKept,
      case: found.subject?.number ?? null,
    });
  }
  return done;
}

type Found = Pick<Rehearsed, "replies" | "told" | "goesTo" | "seenBy"> & {
  readonly subject: CaseRecord | null;
  readonly isWaiting: boolean;
  readonly kinds: readonly string[];
  readonly asks: string | null;
  readonly hasWords: boolean;
};

const NOTHING: Found = {
  ...{ replies: [], told: [], goesTo: null, seenBy: null, subject: null },
  ...{ isWaiting: true, kinds: [], asks: null, hasWords: false },
};

async function foundOf(runtime: Runtime, tx: Transaction, conversation: Conversation, today: string): Promise<Found> {
  const [subject = null] = await tx
    .select()
    .from(cases)
    .where(eq(cases.conversationId, conversation.id))
    .orderBy(desc(cases.sealed), asc(cases.receivedAt))
    .limit(1);
  const said = await tx
    .select()
    .from(outbox)
    .where(eq(outbox.conversationId, conversation.id))
    .orderBy(asc(outbox.seq));
  const shown = said.filter(({ state }) => state !== "superseded");
  return {
    subject,
    isWaiting: shown.some(({ state }) => state === "waiting" || state === "sending"),
    kinds: shown.map(({ kind }) => kind),
    asks: conversation.dialog.question?.kind ?? null,
    hasWords: subject !== null && (await hasWords(tx, subject.id)),
    replies: shown.map((row) => contentOf(runtime, row).text),
    told: subject === null ? [] : await toldOf(tx, subject.id),
    goesTo: subject === null ? null : await holderOf(tx, subject),
    seenBy: subject === null ? null : await seenBy(tx, subject.id, today),
  };
}

function endOf({ subject, kinds, asks, hasWords }: Found): RehearsalEnd {
  if (subject?.sealed === true) return "sealed";
  if (subject?.priority === true && kinds.includes("emergency")) return "danger";
  if (subject === null) return asks === "which-act" || kinds.includes("prompt") ? "asks-what" : "answered";
  if (subject.state === "clarifying") return hasWords ? "asks-where" : "asks-what";
  return subject.deputyId !== null || subject.unitId !== null ? "placed" : "office-first";
}

async function hasWords(tx: Transaction, caseId: string): Promise<boolean> {
  const rows = await tx
    .select({ text: caseMessages.text })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, caseId), eq(caseMessages.direction, "in")));
  return rows.some(({ text }) => text.trim() !== "");
}

/** What waits for a deputy who has no chat, and is not listed, goes to nobody either. */
async function toldOf(tx: Transaction, caseId: string): Promise<Rehearsed["told"]> {
  const trial = await readTrial(tx);
  const rows = await tx
    .selectDistinct({ code: deputies.code, name: deputies.name, state: sql<string>`${outbox.state}` })
    .from(outbox)
    .innerJoin(deputies, eq(deputies.id, outbox.deputyId))
    .where(and(eq(outbox.caseId, caseId), isNotNull(outbox.deputyId)))
    .orderBy(asc(deputies.name));
  return rows.map(({ code, name, state }) => {
    const isHeld = state === "waiting" && trial.isOn && !trial.deputies.includes(code);
    return { name, state: isHeld ? "held" : state };
  });
}

async function holderOf(tx: Transaction, { deputyId, unitId }: CaseRecord): Promise<Rehearsed["goesTo"]> {
  if (deputyId !== null) {
    const [one] = await tx
      .select({ code: deputies.code, name: deputies.name })
      .from(deputies)
      .where(eq(deputies.id, deputyId));
    if (one !== undefined) return { kind: "deputy", ...one };
  }
  if (unitId !== null) {
    const [one] = await tx.select({ code: units.code, name: units.name }).from(units).where(eq(units.id, unitId));
    if (one !== undefined) return { kind: "unit", ...one };
  }
  return { kind: "office", code: null, name: "" };
}

/** By the same condition that the lists, the pages and the deputies' chats go by: somebody of all stations at once, and whoever holds, follows or was told of it. */
async function seenBy(tx: Transaction, caseId: string, today: string): Promise<NonNullable<Rehearsed["seenBy"]>> {
  const all = await tx.select({ id: stations.id }).from(stations);
  const anywhere = {
    ...({ id: "00000000-0000-0000-0000-000000000000", role: "station", deputyId: null } as const),
    stations: all.map(({ id }) => id),
  };
  const seen = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(inArray(cases.id, [caseId]), visibleTo(anywhere, today)));
  const [row] = await tx.execute<{ isSo: boolean }>(sql`select (
    exists (select from cases c where c.id = ${caseId} and c.deputy_id is not null)
    or exists (select from case_followers f where f.case_id = ${caseId})
    or exists (select from outbox o where o.case_id = ${caseId} and o.deputy_id is not null)) as "isSo"`);
  return { stations: seen.length > 0, deputies: row?.isSo === true };
}
