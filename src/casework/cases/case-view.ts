import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import {
  caseClocks,
  caseEvents,
  caseFollowers,
  caseMessages,
  cases,
  clockRules,
  decisions,
} from "../../../db/schema/cases.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import { handovers } from "../../../db/schema/ledger.ts";
import { outbox, partnerMessages } from "../../../db/schema/outbox.ts";
import { deputies, units } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { consequenceLinks, topics } from "../../../db/schema/topics.ts";
import { type WaitedFor, waitsOn } from "../../domain/case/case.ts";
import { type Claims, claimsOf } from "../../domain/case/claims.ts";
import type { ClockKind, ClockState } from "../../domain/case/clock.ts";
import type { IntakeWay } from "../../domain/case/desk.ts";
import { defaultSource } from "../../domain/clocks/defaults.ts";
import type { Decision } from "../../domain/routing/route.ts";
import { numbersMeant } from "./numbers-meant.ts";

/** A case in lists, in the form of the API (contract.md, JSON of a case): codes, never internal ids. */
export type CaseSummary = {
  readonly number: string;
  readonly county: string;
  readonly state: string;
  readonly open: boolean;
  readonly outcome: string | null;
  readonly category: string | null;
  readonly grid: string | null;
  readonly station: string | null;
  readonly deputy: string | null;
  readonly unit: string | null;
  readonly receivedAt: string;
  readonly dueOn: string;
  readonly closedAt: string | null;
  readonly rating: number | null;
  readonly sealed: boolean;
  readonly priority: boolean;
  readonly summary: string;
  /** The way by which it came: by chat, or as somebody took it down. */
  readonly source: "chat" | IntakeWay;
  readonly waitsOn: WaitedFor;
  /** How far it was escalated because nobody answered: 0 to 3. */
  readonly escalation: number;
  /** The number of the topic to which it belongs: many people told the same. */
  readonly topic: string | null;
  /** Whether a child wrote it. */
  readonly minor: boolean;
  /** Who is responsible and why, as it was last decided; null as long as the place is not known. */
  readonly decision: Decision | null;
};

/** A case whole, in the form of the API: with its thread and its events. */
export type CaseView = CaseSummary & {
  readonly messages: readonly {
    readonly direction: "in" | "out";
    readonly party: "resident" | "deputy" | "unit" | "grid-worker" | "office" | "service";
    readonly kind: string;
    readonly text: string;
    readonly at: string;
    /** What is known of its way to the resident, also of its second one; null for what came from outside. */
    readonly delivery: string | null;
  }[];
  readonly events: readonly { readonly type: string; readonly at: string; readonly by: string }[];
  /** Who says what of its being solved, side by side. */
  readonly claims: Claims;
  /** To whom it was handed over, the first one first. */
  readonly handovers: readonly {
    readonly to: string;
    readonly kind: "unit" | "partner";
    readonly role: string;
    readonly state: string;
    readonly dueOn: string;
  }[];
  /** In the order in which they were set. */
  readonly clocks: readonly CaseClock[];
  /** The deputies who help with it, by code. */
  readonly assisting: readonly string[];
};

/** A clock of a case, in the form of the API. */
export type CaseClock = {
  readonly kind: ClockKind;
  readonly dueAt: string;
  readonly state: ClockState;
  readonly source: string;
  readonly pausedDays: number;
};

/** Finds one case by its whole number, as it stands in lists, with its last decision; null where there is none. */
export async function summariseCase(tx: Transaction, number: string): Promise<CaseSummary | null> {
  return (await rows(tx, number))[0]?.summary ?? null;
}

/** The end of an outgoing message; what was told again, for nobody saw its end or the platform took it back, may have arrived by that. */
export const knownDelivery = sql<string | null>`case when ${outbox.state} in ('uncertain', 'failed') and exists (
    select from ${outbox} again where again.repeats = ${outbox.id} and again.state = 'delivered'
  ) then 'delivered' else ${outbox.state} end`;

/** The cases of a county, oldest first; of a sealed one no word is listed: who must read it asks for it by its number. */
export async function listCases(tx: Transaction): Promise<CaseSummary[]> {
  return (await rows(tx)).map(({ summary: one }) => (one.sealed ? { ...one, summary: "" } : one));
}

/**
 * The view of one case, by its number or its last digits without zeros.
 *
 * Texts are the working copy; what is sealed stays sealed.
 */
export async function viewCase(
  tx: Transaction,
  typed: string,
): Promise<
  | { readonly ok: true; readonly view: CaseView }
  | { readonly ok: false; readonly reason: "unknown" }
  | { readonly ok: false; readonly reason: "ambiguous"; readonly numbers: readonly string[] }
> {
  const numbers = await numbersMeant(tx, typed);
  const [number, second] = numbers;
  if (number === undefined) return { ok: false, reason: "unknown" };
  if (second !== undefined) return { ok: false, reason: "ambiguous", numbers };
  const [found] = await rows(tx, number);
  if (found === undefined) return { ok: false, reason: "unknown" };
  const [messages, events, handedOver, clocks, assisting] = await Promise.all([
    tx
      .select({
        direction: caseMessages.direction,
        party: caseMessages.party,
        kind: caseMessages.kind,
        text: caseMessages.text,
        at: caseMessages.at,
        delivery: knownDelivery,
      })
      .from(caseMessages)
      .leftJoin(outbox, eq(outbox.id, caseMessages.outboxId))
      .where(eq(caseMessages.caseId, found.id))
      .orderBy(asc(caseMessages.at), asc(caseMessages.id)),
    tx
      .select({ type: caseEvents.type, at: caseEvents.at, by: caseEvents.by, details: caseEvents.details })
      .from(caseEvents)
      .where(eq(caseEvents.caseId, found.id))
      .orderBy(asc(caseEvents.seq)),
    tx
      .select({
        ...{ to: units.code, role: handovers.role, state: handovers.state, dueOn: handovers.dueOn },
        // The message that hands a case over to another case system has the hand-over's own id.
        kind: sql<"unit" | "partner">`case when ${partnerMessages.id} is null then 'unit' else 'partner' end`,
      })
      .from(handovers)
      .innerJoin(units, eq(units.id, handovers.unitId))
      .leftJoin(partnerMessages, eq(partnerMessages.id, handovers.id))
      .where(eq(handovers.caseId, found.id))
      .orderBy(asc(handovers.id)),
    clocksOf(tx, found.id),
    tx
      .select({ code: deputies.code })
      .from(caseFollowers)
      .innerJoin(deputies, eq(deputies.id, caseFollowers.deputyId))
      .where(and(eq(caseFollowers.caseId, found.id), eq(caseFollowers.why, "assistant")))
      .orderBy(asc(caseFollowers.since), asc(deputies.code)),
  ]);
  const written = events.map((event) => ({ ...event, at: event.at.toISOString() }));
  return {
    ok: true,
    view: {
      ...found.summary,
      messages: messages.map((message) => ({ ...message, at: message.at.toISOString() })),
      events: written.map(({ details: _, ...event }) => event),
      claims: claimsOf(written),
      handovers: handedOver,
      clocks,
      assisting: assisting.map(({ code }) => code),
    },
  };
}

/** The clocks of a case, by its id, in the order in which they were set. */
export async function clocksOf(tx: Transaction, caseId: string): Promise<CaseClock[]> {
  const rows = await tx
    .select({ clock: caseClocks, source: clockRules.source })
    .from(caseClocks)
    .leftJoin(clockRules, eq(clockRules.id, caseClocks.ruleId))
    .where(eq(caseClocks.caseId, caseId))
    .orderBy(asc(caseClocks.startedAt), asc(caseClocks.id));
  return rows.map(({ clock: { kind, dueAt, state, pausedDays }, source }) => ({
    kind,
    dueAt: dueAt.toISOString(),
    state,
    source: source ?? defaultSource(kind),
    pausedDays,
  }));
}

/** The followers of a case, with the reason of each; for people to read: the JSON of a case has no such field. */
export async function followersOfCase(
  tx: Transaction,
  number: string,
): Promise<readonly { readonly deputy: string; readonly why: string }[]> {
  return tx
    .select({ deputy: deputies.code, why: caseFollowers.why })
    .from(caseFollowers)
    .innerJoin(cases, eq(cases.id, caseFollowers.caseId))
    .innerJoin(deputies, eq(deputies.id, caseFollowers.deputyId))
    .where(eq(cases.number, number))
    .orderBy(asc(deputies.code));
}

/** The way by which a row of `cases` came; what joined it later was taken down later. */
const sourceOf = sql<"chat" | IntakeWay>`coalesce((select e.details ->> 'how' from ${caseEvents} e
  where e.case_id = ${cases.id} and e.type = 'taken_down' and e.at = ${cases.receivedAt} limit 1), 'chat')`;

/** The number of the topic to which a row of `cases` belongs; null where it belongs to none. */
const topicNumberOf = sql<string | null>`(select t.number from ${consequenceLinks} l join ${topics} t on t.id = l.to_id
  where l.from_id = ${cases.id} and l.to_kind = 'topic' and l.ended_at is null)`;

async function rows(tx: Transaction, number?: string): Promise<{ id: string; summary: CaseSummary }[]> {
  const last = tx
    .select({ decision: decisions.decision })
    .from(decisions)
    .where(eq(decisions.caseId, cases.id))
    .orderBy(desc(decisions.at), desc(decisions.id))
    .limit(1)
    .as("last");
  const found = await tx
    .select({
      one: cases,
      county: jurisdictions.code,
      grid: grids.code,
      station: stations.code,
      deputy: deputies.code,
      unit: units.code,
      decision: last.decision,
      topic: topicNumberOf,
      source: sourceOf,
    })
    .from(cases)
    .innerJoin(jurisdictions, eq(jurisdictions.jurisdictionId, cases.jurisdictionId))
    .leftJoin(grids, eq(grids.id, cases.gridId))
    .leftJoin(stations, eq(stations.id, cases.stationId))
    .leftJoin(deputies, eq(deputies.id, cases.deputyId))
    .leftJoin(units, eq(units.id, cases.unitId))
    .leftJoinLateral(last, sql`true`)
    .where(and(number === undefined ? undefined : eq(cases.number, number)))
    .orderBy(asc(cases.number));
  return found.map(({ one, decision, topic, source, ...codes }) => ({
    id: one.id,
    summary: {
      number: one.number,
      county: codes.county,
      state: one.state,
      open: one.closedAt === null,
      outcome: one.outcome,
      category: one.category,
      grid: codes.grid,
      station: codes.station,
      deputy: codes.deputy,
      unit: codes.unit,
      receivedAt: one.receivedAt.toISOString(),
      dueOn: one.dueOn,
      closedAt: one.closedAt?.toISOString() ?? null,
      rating: one.rating,
      sealed: one.sealed,
      priority: one.priority,
      summary: one.summary,
      source,
      waitsOn: waitsOn(one.state, codes.deputy),
      escalation: one.escalation,
      topic,
      minor: one.minor,
      decision,
    },
  }));
}
