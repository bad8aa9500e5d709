import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, caseEvents, caseFollowers, caseMessages, cases } from "../../../db/schema/cases.ts";
import { caseNotes } from "../../../db/schema/console.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deputies } from "../../../db/schema/people.ts";
import { type Verb, verbsNow } from "../../domain/access/case-verbs.ts";
import { type Claims, claimsOf } from "../../domain/case/claims.ts";
import { BY_PERSON } from "../../domain/case/desk.ts";
import type { Rung } from "../../domain/messages/message.ts";
import type { FollowReason } from "../../domain/routing/followers.ts";
import type { Caller } from "../access/caller.ts";
import { type CallToMake, callsOf } from "../beside/calls.ts";
import {
  type CaseLinks,
  linksOf,
  type SimilarCase,
  similarTo,
  type Unsealing,
  unsealingOf,
  withoutUnseen,
} from "../beside/case-links.ts";
import { type CaseHandover, handoversOf } from "../beside/unit-handovers.ts";
import { type CaseClock, type CaseSummary, clocksOf, knownDelivery, summariseCase } from "../cases/case-view.ts";
import { keyPurpose } from "../cases/thread.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type CaseRow, caseRows, type Party } from "./case-rows.ts";
import { type FoundCase, findCase } from "./find-case.ts";
import { noteCaseReading, noteReading, passFor } from "./readings.ts";

/** A message of a case as staff read it: the working copy, and what is known of its way. */
type PageMessage = {
  readonly id: string;
  readonly direction: "in" | "out";
  readonly party: Party;
  readonly kind: string;
  readonly text: string;
  readonly at: string;
  readonly delivery: (typeof outbox.$inferSelect)["state"] | null;
  readonly deliveryId: string | null;
  /** Somebody told it them; nothing was sent. */
  readonly byPerson: boolean;
  readonly waitsForContact: boolean;
  readonly hasOriginal: boolean;
  readonly media: readonly { readonly id: string; readonly kind: string }[];
  readonly seenBy: readonly ("resident" | "deputy")[];
  /** The case that goes with this one, whose resident said it; null for its own. */
  readonly from: string | null;
};

/** A case whole, as staff read it. */
export type StaffCasePage = CaseRow &
  Omit<CaseSummary, "state" | "outcome"> & {
    readonly messages: readonly PageMessage[];
    readonly clocks: readonly CaseClock[];
    readonly petition: boolean;
    readonly unnamed: boolean;
    readonly notes: readonly { readonly id: string; readonly text: string; readonly by: string; readonly at: string }[];
    readonly events: readonly {
      readonly position: number;
      readonly type: string;
      readonly by: string;
      readonly at: string;
      readonly details: Record<string, unknown>;
    }[];
    readonly deadlines: readonly {
      readonly kind: "first-word" | "solution";
      readonly dueOn: string;
      readonly calendar: string;
      readonly movedBecause: string | null;
    }[];
    readonly window: {
      /** The platform needs no contact of the resident's before, and has refused nothing since their last. */
      readonly isAlwaysOpen: boolean;
      readonly left: number;
      readonly until: string | null;
      readonly keptForAnswer: boolean;
      readonly rungs: readonly Rung[];
      readonly follows: boolean;
    };
    readonly followers: readonly { readonly code: string; readonly name: string; readonly why: FollowReason }[];
    readonly hasChat: boolean;
    readonly phoneTasks: readonly CallToMake[];
    readonly verbs: readonly Verb[];
    readonly links: CaseLinks;
    readonly similar: readonly SimilarCase[];
    readonly claims: Claims;
    readonly handovers: readonly CaseHandover[];
    readonly unsealing: Unsealing | null;
  };

/**
 * Shows a case whole to somebody of the staff, and writes that down in the same transaction.
 * @param asked.today calendar day of the county
 * @returns why not, where it is not, not for them, or sealed and they have given no reason within ten minutes
 */
export async function showCase(
  tx: Transaction,
  runtime: Runtime,
  asked: { readonly caller: Caller; readonly number: string; readonly today: string; readonly request: string },
): Promise<
  | { readonly ok: true; readonly page: StaffCasePage }
  | { readonly ok: false; readonly why: "not-here" | "reason-needed" }
> {
  const { caller, number, today, request } = asked;
  const found = await findCase(tx, caller, number, today);
  if (found === null) return { ok: false, why: "not-here" };
  const reading = { caller, caseId: found.subject.id, now: runtime.now(), request };
  if (!found.isSealed) await noteCaseReading(tx, reading, today);
  else {
    const reason = await passFor(tx, reading);
    if (reason === null && caller.kind === "person") return { ok: false, why: "reason-needed" };
    runtime.log.warn({ case: number, reader: caller.name }, "a sealed case was read");
    await noteReading(tx, reading, "sealed", { reason, note: null });
  }
  const links = await linksOf(tx, caller, found.subject, today);
  for (const { id: caseId } of links.merged) await noteCaseReading(tx, { ...reading, caseId }, today);
  return { ok: true, page: { ...(await pageOf(tx, runtime, caller, { ...found, links }, today)), links } };
}

async function pageOf(
  tx: Transaction,
  runtime: Runtime,
  caller: Caller,
  { subject, isSealed, isLed, isUnheeded, leading, links }: FoundCase & { readonly links: CaseLinks },
  today: string,
): Promise<Omit<StaffCasePage, "links">> {
  const [row] = await caseRows(tx, [subject.id], today, { isOpened: true });
  const summary = await summariseCase(tx, subject.number);
  if (row === undefined || summary === null) throw new Error("a case disappeared");
  const own = await messagesOf(tx, subject);
  const messages = [...own, ...(await saidBeside(tx, links))].sort((a, b) => a.at.localeCompare(b.at));
  const events = await eventsOf(tx, caller, subject, today);
  return {
    ...summary,
    ...row,
    // Also where it only counts as one: each look at it is written down.
    sealed: isSealed,
    messages,
    events,
    clocks: await clocksOf(tx, subject.id),
    petition: subject.petition,
    unnamed: subject.unnamed && caller.role === "office",
    notes: await notesOf(tx, runtime, subject),
    deadlines: [
      { kind: "first-word", dueOn: subject.dueOn, calendar: "working-days", movedBecause: whyMoved(events, messages) },
    ],
    window: await windowOf(tx, runtime, subject),
    followers: await followersOf(tx, subject),
    ...(await callsOf(tx, runtime, caller, subject)),
    similar: await similarTo(tx, caller, subject, today),
    claims: claimsOf(events),
    handovers: await handoversOf(tx, subject.id),
    unsealing: await unsealingOf(tx, caller, subject, runtime.now()),
    verbs: verbsNow(caller.role, {
      ...{ isOpen: subject.closedAt === null, isSealed, isSealedItself: subject.sealed },
      ...{ isLed, isUnheeded, isLinked: leading !== null },
    }),
  };
}

async function messagesOf(tx: Transaction, subject: CaseRecord): Promise<PageMessage[]> {
  const rows = await tx
    .select({
      id: caseMessages.id,
      direction: caseMessages.direction,
      party: caseMessages.party,
      kind: caseMessages.kind,
      text: caseMessages.text,
      at: caseMessages.at,
      delivery: knownDelivery,
      byPerson: sql<boolean>`exists (select from attempts a where a.outbox_id = ${outbox.id} and a.rung = ${BY_PERSON})`,
      waitsForContact: sql<boolean>`coalesce(${outbox.awaitsContact} and ${outbox.state} = 'waiting', false)`,
      hasOriginal: sql<boolean>`${caseMessages.original} is not null`,
      mediaId: caseMessages.mediaId,
      outboxId: caseMessages.outboxId,
    })
    .from(caseMessages)
    .leftJoin(outbox, eq(outbox.id, caseMessages.outboxId))
    .where(eq(caseMessages.caseId, subject.id))
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  return rows.map(({ mediaId, outboxId, at, delivery, ...row }) => ({
    ...row,
    at: at.toISOString(),
    deliveryId: outboxId,
    delivery: delivery as PageMessage["delivery"],
    media: mediaId === null ? [] : [{ id: mediaId, kind: row.kind }],
    seenBy: seenBy({ ...row, outboxId }, subject),
    from: null,
  }));
}

/** What the residents of the cases that go with this one said since they do; the words stay in their own cases. */
async function saidBeside(tx: Transaction, { merged }: CaseLinks): Promise<PageMessage[]> {
  const all: PageMessage[] = [];
  for (const { id, number, since } of merged) {
    const [led] = await tx.select().from(cases).where(eq(cases.id, id));
    if (led === undefined) continue;
    const said = (await messagesOf(tx, led)).filter(({ party, at }) => party === "resident" && at >= since);
    all.push(...said.map((one) => ({ ...one, hasOriginal: false, from: number })));
  }
  return all;
}

/** Who has it in their own chat; a deputy reads there what the resident says, never what seals it or is the office's. */
function seenBy(
  { party, outboxId }: { readonly party: Party; readonly outboxId: string | null },
  { sealed, deputyId }: CaseRecord,
): ("resident" | "deputy")[] {
  const withDeputy: "deputy"[] = sealed || deputyId === null ? [] : ["deputy"];
  if (party === "resident") return ["resident", ...withDeputy];
  if (party === "unit" || party === "grid-worker") return withDeputy;
  if (party === "deputy") return outboxId === null ? ["deputy"] : ["resident", "deputy"];
  return outboxId === null ? [] : ["resident"];
}

async function eventsOf(tx: Transaction, caller: Caller, subject: CaseRecord, today: string) {
  const rows = await tx
    .select({ type: caseEvents.type, by: caseEvents.by, at: caseEvents.at, details: caseEvents.details })
    .from(caseEvents)
    .where(eq(caseEvents.caseId, subject.id))
    .orderBy(asc(caseEvents.seq));
  const seen = await withoutUnseen(tx, caller, rows, today);
  // That somebody asked to stay unnamed tells of them too: the office alone reads so.
  const shown = caller.role === "office" ? seen : seen.filter(({ type }) => type !== "marked_unnamed");
  return shown.map((row, index) => ({ position: index + 1, ...row, at: row.at.toISOString() }));
}

/** The words with which the office moved the day last; they are in the thread, for events have no words. */
function whyMoved(
  events: readonly { readonly type: string; readonly at: string }[],
  messages: readonly PageMessage[],
): string | null {
  const moved = events.findLast(({ type }) => type === "due_changed");
  const told = messages.find(({ party, kind, at }) => party === "office" && kind === "receipt" && at === moved?.at);
  return told?.text ?? null;
}

async function notesOf(tx: Transaction, { vault }: Runtime, subject: CaseRecord) {
  const rows = await tx
    .select({ id: caseNotes.id, note: caseNotes.note, by: caseNotes.by, at: caseNotes.at })
    .from(caseNotes)
    .where(eq(caseNotes.caseId, subject.id))
    .orderBy(desc(caseNotes.at), desc(caseNotes.id));
  if (rows.length === 0) return [];
  const key = vault.unwrap(subject.keyWrapped, keyPurpose(subject.jurisdictionId));
  return rows.map(({ id, note, by, at }) => ({ id, text: key.open(note), by, at: at.toISOString() }));
}

async function windowOf(tx: Transaction, runtime: Runtime, subject: CaseRecord): Promise<StaffCasePage["window"]> {
  const [chat] = await tx.select().from(conversations).where(eq(conversations.id, subject.conversationId));
  const found = chat && (await runtime.accounts.byId(chat.jurisdictionId, chat.accountId));
  const isOpen = chat?.windowUntil != null && chat.windowUntil > runtime.now();
  return {
    isAlwaysOpen: found?.sender.abilities.window === "open" && chat?.directRefusedAt === null,
    left: isOpen ? chat.windowLeft : 0,
    until: isOpen ? (chat.windowUntil?.toISOString() ?? null) : null,
    keptForAnswer: chat?.deputyId === null,
    rungs: found?.sender.abilities.rungs ?? [],
    follows: chat?.following ?? false,
  };
}

function followersOf(tx: Transaction, subject: CaseRecord) {
  return tx
    .select({ code: deputies.code, name: deputies.name, why: caseFollowers.why })
    .from(caseFollowers)
    .innerJoin(deputies, eq(deputies.id, caseFollowers.deputyId))
    .where(and(eq(caseFollowers.caseId, subject.id)))
    .orderBy(asc(deputies.code));
}
