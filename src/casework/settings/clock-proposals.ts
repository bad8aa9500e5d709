import { and, asc, eq, gt, or } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { clockProposals, clockRules } from "../../../db/schema/cases.ts";
import { faultOf, type RuleFault } from "../../domain/clocks/check.ts";
import type { ClockRule, ProposalState } from "../../domain/clocks/rule.ts";
import type { Caller } from "../access/caller.ts";
import { isSamePerson } from "../rules/author.ts";
import { catalogueOf } from "../rules/category-model.ts";
import { lockClockRules } from "./clock-rules.ts";

type Row = typeof clockProposals.$inferSelect;

/** A rule of deadlines that somebody wants, or wanted: what it says, who wants it, and what became of it. */
export type ClockProposal = Omit<Row, "jurisdictionId" | "authorId"> & {
  /** Whether the one who looks at it wrote it, and so may not review it. */
  readonly isOwn: boolean;
};

/** The result of a change of proposals: the proposal as it is now, or why nothing changed. */
export type ProposalChanged =
  | { readonly ok: true; readonly proposal: ClockProposal }
  | { readonly ok: false; readonly why: "not-here" | "own-work" | "not-own" | "too-many" | RuleFault }
  | { readonly ok: false; readonly why: "state"; readonly state: ProposalState };

type Decider = Pick<Caller, "id" | "name" | "jurisdictionId">;

const MOST_WAITING = 100;
const SHOWN_DAYS = 90;
const DAY_MS = 86_400_000;

/** Lists the rules that are wanted, those first that wait longest, then what was decided in the last 90 days. */
export async function listProposals(tx: Transaction, caller: Decider, now: Date): Promise<ClockProposal[]> {
  const lately = new Date(now.getTime() - SHOWN_DAYS * DAY_MS);
  const rows = await tx
    .select()
    .from(clockProposals)
    .where(or(eq(clockProposals.state, "waiting"), gt(clockProposals.decidedAt, lately)))
    .orderBy(asc(clockProposals.proposedAt), asc(clockProposals.id));
  const [waits, ended] = [rows.filter(isWaiting), rows.filter((row) => !isWaiting(row))];
  return [...waits, ...ended.toReversed()].map((row) => proposalOf(row, caller));
}

/** Writes down a rule that somebody wants, for another person to review; it says nothing about clocks yet. */
export async function proposeClockRule(
  tx: Transaction,
  caller: Decider,
  { rule, now, today }: { readonly rule: ClockRule; readonly now: Date; readonly today: string },
): Promise<ProposalChanged> {
  await lockClockRules(tx, caller.jurisdictionId);
  const fault = await faultNow(tx, rule, today);
  if (fault !== null) return { ok: false, why: fault };
  const waiting = await tx.$count(clockProposals, eq(clockProposals.state, "waiting"));
  if (waiting >= MOST_WAITING) return { ok: false, why: "too-many" };
  const row: Row = {
    ...{ id: newId(), jurisdictionId: caller.jurisdictionId, ...rule },
    ...{ author: caller.name, authorId: caller.id, proposedAt: now },
    ...{ state: "waiting", decidedBy: null, decidedAt: null, reason: null },
  };
  await tx.insert(clockProposals).values(row);
  return { ok: true, proposal: proposalOf(row, caller) };
}

/** Publishes a rule that somebody else wants: clocks that are set from its first day on are set by it, those that run keep theirs. */
export async function publishProposal(
  tx: Transaction,
  caller: Decider,
  { id, now, today }: { readonly id: string; readonly now: Date; readonly today: string },
): Promise<ProposalChanged> {
  await lockClockRules(tx, caller.jurisdictionId);
  const found = await waitingOne(tx, id);
  if (!found.ok) return found;
  const { row } = found;
  if (isOwn(row, caller)) return { ok: false, why: "own-work" };
  const { category, priority, kind, amount, unit, source, fromOn, author, jurisdictionId } = row;
  const rule = { category, priority, kind, amount, unit, source, fromOn };
  const fault = await faultNow(tx, rule, today);
  if (fault !== null) return { ok: false, why: fault };
  const published = { ...rule, id, jurisdictionId, author, reviewer: caller.name, publishedAt: now };
  await tx.insert(clockRules).values(published);
  return decide(tx, row, caller, { state: "published", now, reason: null });
}

/** Ends a wish without a rule: its author takes it back, anybody else refuses it with a reason. */
export async function endProposal(
  tx: Transaction,
  caller: Decider,
  wanted: {
    readonly id: string;
    readonly as: "refused" | "withdrawn";
    readonly reason: string | null;
    readonly now: Date;
  },
): Promise<ProposalChanged> {
  await lockClockRules(tx, caller.jurisdictionId);
  const found = await waitingOne(tx, wanted.id);
  if (!found.ok) return found;
  const own = isOwn(found.row, caller);
  if (own !== (wanted.as === "withdrawn")) return { ok: false, why: own ? "own-work" : "not-own" };
  return decide(tx, found.row, caller, { state: wanted.as, now: wanted.now, reason: wanted.reason });
}

type Waiting = { readonly ok: true; readonly row: Row } | Extract<ProposalChanged, { readonly ok: false }>;

async function waitingOne(tx: Transaction, id: string): Promise<Waiting> {
  const [row] = await tx.select().from(clockProposals).where(eq(clockProposals.id, id));
  if (row === undefined) return { ok: false, why: "not-here" };
  return isWaiting(row) ? { ok: true, row } : { ok: false, why: "state", state: row.state };
}

async function decide(
  tx: Transaction,
  row: Row,
  caller: Decider,
  { state, reason, now }: { readonly state: ProposalState; readonly reason: string | null; readonly now: Date },
): Promise<ProposalChanged> {
  const decided = { state, reason, decidedBy: caller.name, decidedAt: now };
  await tx
    .update(clockProposals)
    .set(decided)
    .where(and(eq(clockProposals.id, row.id), eq(clockProposals.state, "waiting")));
  return { ok: true, proposal: proposalOf({ ...row, ...decided }, caller) };
}

async function faultNow(tx: Transaction, rule: ClockRule, today: string): Promise<RuleFault | null> {
  const { topics } = await catalogueOf(tx);
  const rules = await tx.select().from(clockRules);
  return faultOf(rule, { categories: topics.map(({ code }) => code), rules, today });
}

function isWaiting({ state }: Row): boolean {
  return state === "waiting";
}

function isOwn({ author, authorId }: Row, { id, name }: Decider): boolean {
  return authorId === id || isSamePerson(author, name);
}

function proposalOf(row: Row, caller: Decider): ClockProposal {
  const { jurisdictionId: _county, authorId: _author, ...proposal } = row;
  return { ...proposal, isOwn: isOwn(row, caller) };
}
