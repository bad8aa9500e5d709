import { asc, desc, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type RulesetState, rulesetEvents, rulesets } from "../../../db/schema/rulesets.ts";
import { type Ruleset, readRuleset } from "../../domain/rules/ruleset.ts";

/** A version of a county's rule set in a list. */
export type RulesetSummary = {
  /** From 1 in each county; never given twice. */
  readonly number: number;
  readonly name: string;
  readonly state: RulesetState;
  readonly author: string;
  /** The number of the older version whose rules this one brings back. */
  readonly takesBack: number | null;
  /** The version that was published when it was drafted. */
  readonly basedOn: number | null;
  /** Who is asked for the review. */
  readonly reviewerWanted: string | null;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly reviewer: string | null;
  readonly reviewNote: string | null;
  readonly reviewedAt: Date | null;
  /** Null also for one that was turned down. */
  readonly publishedAt: Date | null;
  readonly retiredAt: Date | null;
};

/** A version of a county's rule set whole: the rules as they were written, and its events, oldest first. */
export type RulesetView = RulesetSummary & {
  readonly content: unknown;
  readonly events: readonly {
    readonly type: (typeof rulesetEvents.$inferSelect)["type"];
    readonly by: string;
    readonly at: Date;
    readonly note: string | null;
  }[];
};

const SUMMARY = {
  number: rulesets.number,
  name: rulesets.name,
  state: rulesets.state,
  author: rulesets.author,
  takesBack: rulesets.takesBack,
  basedOn: rulesets.basedOn,
  reviewerWanted: rulesets.reviewerWanted,
  createdAt: rulesets.createdAt,
  submittedAt: rulesets.submittedAt,
  reviewer: rulesets.reviewer,
  reviewNote: rulesets.reviewNote,
  reviewedAt: rulesets.reviewedAt,
  publishedAt: rulesets.publishedAt,
  retiredAt: rulesets.retiredAt,
};

/** Lists every version of the county whose transaction this is, newest first, without its rules. */
export function listRulesets(tx: Transaction): Promise<RulesetSummary[]> {
  return tx.select(SUMMARY).from(rulesets).orderBy(desc(rulesets.number));
}

/** The summary of one version, without its rules; null where there is no such number in this county. */
export async function summariseRuleset(tx: Transaction, number: number): Promise<RulesetSummary | null> {
  const [row] = await tx.select(SUMMARY).from(rulesets).where(eq(rulesets.number, number));
  return row ?? null;
}

/** The stamp of a version: how many events it has, as `r3`; with what happened since another stamp. Null where there is no such number. */
export async function stampOf(
  tx: Transaction,
  number: number,
  since: string | null = null,
): Promise<{
  readonly stamp: string;
  readonly since: readonly { readonly type: string; readonly by: string; readonly at: string }[];
} | null> {
  const rows = await tx
    .select({ type: rulesetEvents.type, by: rulesetEvents.by, at: rulesetEvents.at })
    .from(rulesetEvents)
    .innerJoin(rulesets, eq(rulesets.id, rulesetEvents.rulesetId))
    .where(eq(rulesets.number, number))
    .orderBy(asc(rulesetEvents.seq));
  if (rows.length === 0) return null;
  const seen = Number(/^r(\d{1,9})$/.exec(since ?? "")?.[1] ?? rows.length);
  const events = rows.slice(seen).map(({ type, by, at }) => ({ type, by, at: at.toISOString() }));
  return { stamp: `r${rows.length}`, since: events };
}

/** The view of one version; null where there is no such number in this county. */
export async function showRuleset(tx: Transaction, number: number): Promise<RulesetView | null> {
  const [row] = await tx
    .select({ ...SUMMARY, id: rulesets.id, content: rulesets.content })
    .from(rulesets)
    .where(eq(rulesets.number, number));
  if (row === undefined) return null;
  const { id, ...shown } = row;
  const events = await tx
    .select({ type: rulesetEvents.type, by: rulesetEvents.by, at: rulesetEvents.at, note: rulesetEvents.note })
    .from(rulesetEvents)
    .where(eq(rulesetEvents.rulesetId, id))
    .orderBy(asc(rulesetEvents.seq));
  return { ...shown, events };
}

/**
 * The rules that a county has published, to be compared with others; null while there are none.
 *
 * Whoever decides about messages takes them compiled, from `publishedRules`.
 * @throws Error when what was published cannot be read, which its publication refuses
 */
export async function publishedRuleset(
  tx: Transaction,
): Promise<{ readonly number: number; readonly name: string; readonly ruleset: Ruleset } | null> {
  const [row] = await tx
    .select({ number: rulesets.number, name: rulesets.name, content: rulesets.content })
    .from(rulesets)
    .where(eq(rulesets.state, "published"));
  if (row === undefined) return null;
  const read = readRuleset(row.content);
  if (!read.ok) throw new Error(`rule set ${row.number} cannot be read: ${read.findings[0]?.text ?? ""}`);
  return { number: row.number, name: row.name, ruleset: read.ruleset };
}
