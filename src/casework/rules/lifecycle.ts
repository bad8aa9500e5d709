import { eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { rulesets } from "../../../db/schema/rulesets.ts";
import { canBeStored, readContent } from "../../domain/rules/content.ts";
import type { Ruleset } from "../../domain/rules/ruleset.ts";
import { isSamePerson, personName } from "./author.ts";
import { badContent, badName, badNote, notOwnWork, ownWork, type Refused, unknown, wrongState } from "./refusals.ts";
import { type Actor, insertDraft, isWriterOf, lockSteps, noteStep, type Stepped, takeVersion } from "./steps.ts";

/** The decisions of a reviewer about a rule set. */
export const REVIEW_DECISIONS = ["publish", "turn-down"] as const;
/** The decision of a reviewer about a rule set. */
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** A draft to be stored: parsed JSON, its author by name and, where there is one, by id, and the moment. */
export type DraftText = {
  readonly content: unknown;
  readonly author: string;
  readonly authorId?: string;
  readonly now: Date;
};

/** The review of a version: decision, reviewer, and a note that is kept with the version. */
export type Review = {
  readonly reviewer: string;
  readonly reviewerId?: string;
  readonly verdict: ReviewDecision;
  readonly note?: string | null;
  readonly now: Date;
};

const LONGEST_NOTE = 2000;

/**
 * Stores a new version as a draft of the county whose transaction this is; every mistake of its content is named.
 * @param writing.content as `parseContent` gives it
 */
export async function draft(tx: Transaction, jurisdictionId: string, writing: DraftText): Promise<Stepped> {
  const checked = check(writing);
  if (!checked.ok) return checked;
  await lockSteps(tx, jurisdictionId);
  const { number } = await insertDraft(tx, jurisdictionId, { ...writing, ...checked });
  return { ok: true, number };
}

/** Replaces the content of a draft; whoever edits it counts as its author in the review too. */
export async function editDraft(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  writing: DraftText,
): Promise<Stepped> {
  const checked = check(writing);
  if (!checked.ok) return checked;
  const found = await takeVersion(tx, jurisdictionId, number, ["draft"], "be changed: only a draft can");
  if (!found.ok) return found;
  const { content, now } = writing;
  await tx.update(rulesets).set({ name: checked.ruleset.name, content }).where(eq(rulesets.id, found.row.id));
  await noteStep(tx, jurisdictionId, found.row.id, { type: "edited", by: checked.author, at: now });
  return { ok: true, number };
}

/** Submits a draft for review; from here on nobody can change it. */
export async function submit(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  { by, byId = null, now }: { readonly by: string; readonly byId?: string | null; readonly now: Date },
): Promise<Stepped> {
  const name = personName(by);
  if (name === null) return badName(by);
  const found = await takeVersion(tx, jurisdictionId, number, ["draft"], "be submitted: only a draft can");
  if (!found.ok) return found;
  await tx.update(rulesets).set({ state: "in-review", submittedAt: now }).where(eq(rulesets.id, found.row.id));
  const actor = { name, id: byId };
  await noteStep(tx, jurisdictionId, found.row.id, { type: "submitted", by: actor, at: now });
  return { ok: true, number };
}

/**
 * Reviews a submitted version: publishes it and retires the one that was published until now, or turns it down.
 *
 * The reviewer is neither its author nor anybody who edited it.
 */
export async function review(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  { reviewer, reviewerId, verdict, note: written, now }: Review,
): Promise<Stepped> {
  const name = personName(reviewer);
  if (name === null) return badName(reviewer);
  const remark = written?.trim() || null;
  if (remark !== null && (remark.length > LONGEST_NOTE || !canBeStored(remark))) return badNote(LONGEST_NOTE);
  const otherwise = "be reviewed: only one that was submitted can";
  const found = await takeVersion(tx, jurisdictionId, number, ["in-review"], otherwise);
  if (!found.ok) return found;
  const { id } = found.row;
  const by: Actor = { name, id: reviewerId ?? null };
  if (await isWriterOf(tx, found.row, by)) return ownWork(name);
  const reviewed = { reviewer: name, reviewerId: by.id, reviewNote: remark, reviewedAt: now };
  if (verdict === "turn-down") {
    await tx
      .update(rulesets)
      .set({ state: "retired", ...reviewed, retiredAt: now })
      .where(eq(rulesets.id, id));
    await noteStep(tx, jurisdictionId, id, { type: "turned-down", by, at: now, note: remark });
    return { ok: true, number };
  }
  const [before] = await tx
    .update(rulesets)
    .set({ state: "retired", retiredAt: now })
    .where(eq(rulesets.state, "published"))
    .returning({ id: rulesets.id });
  if (before !== undefined) await noteStep(tx, jurisdictionId, before.id, { type: "retired", by, at: now });
  await tx
    .update(rulesets)
    .set({ state: "published", ...reviewed, publishedAt: now })
    .where(eq(rulesets.id, id));
  await noteStep(tx, jurisdictionId, id, { type: "published", by, at: now, note: remark });
  return { ok: true, number };
}

/**
 * Takes back a version that was published before: a new version with its content, in review at once.
 * @returns the number of the new version
 */
export async function takeBack(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  { author, authorId, now }: Omit<DraftText, "content">,
): Promise<Stepped> {
  await lockSteps(tx, jurisdictionId);
  const [old] = await tx
    .select({ state: rulesets.state, publishedAt: rulesets.publishedAt, content: rulesets.content })
    .from(rulesets)
    .where(eq(rulesets.number, number));
  if (old === undefined) return unknown(number);
  if (old.state !== "retired" || old.publishedAt === null) {
    return wrongState(number, old.state === "retired" ? "turned down" : old.state, TAKEN_BACK);
  }
  const checked = check({ content: old.content, author, authorId });
  if (!checked.ok) return checked;
  const made = await insertDraft(tx, jurisdictionId, { ...checked, content: old.content, now, takesBack: number });
  return submit(tx, jurisdictionId, made.number, { by: checked.author.name, byId: checked.author.id, now });
}

/**
 * Drafts, submits, reviews and publishes in this one transaction, for two people at one desk.
 * @returns the number that is published now
 */
export async function publishAtOnce(
  tx: Transaction,
  jurisdictionId: string,
  { reviewer, ...writing }: DraftText & { readonly reviewer: string },
): Promise<Stepped> {
  const [author, other] = [personName(writing.author), personName(reviewer)];
  if (author === null || other === null) return badName(author === null ? writing.author : reviewer);
  if (isSamePerson(author, other)) return ownWork(other);
  const drafted = await draft(tx, jurisdictionId, writing);
  if (!drafted.ok) return drafted;
  const { now } = writing;
  const steps = [
    () => submit(tx, jurisdictionId, drafted.number, { by: author, now }),
    () => review(tx, jurisdictionId, drafted.number, { reviewer: other, verdict: "publish", now }),
  ];
  for (const step of steps) {
    const taken = await step();
    // A refusal is returned with nothing stored; by now something is.
    if (!taken.ok) throw new Error(taken.reason);
  }
  return drafted;
}

const TAKEN_BACK = "be taken back: only one that was published before can";

/**
 * Withdraws a version from its review: it is retired, and a new draft has its content, based on what is published now. For whoever
 * wrote of it; who wrote of the old one counts as a writer of the new one.
 * @returns the number of the new draft
 */
export async function withdraw(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  { author, authorId, now }: Omit<DraftText, "content">,
): Promise<Stepped> {
  const otherwise = "be withdrawn: only one that was submitted can";
  const found = await takeVersion(tx, jurisdictionId, number, ["in-review"], otherwise);
  if (!found.ok) return found;
  const { id, content } = found.row;
  const checked = check({ content, author, authorId });
  if (!checked.ok) return checked;
  const by = checked.author;
  if (!(await isWriterOf(tx, found.row, by))) return notOwnWork(by.name);
  await tx.update(rulesets).set({ state: "retired", retiredAt: now }).where(eq(rulesets.id, id));
  await noteStep(tx, jurisdictionId, id, { type: "withdrawn", by, at: now });
  const made = await insertDraft(tx, jurisdictionId, { ...checked, content, now, continues: number });
  return { ok: true, number: made.number };
}

/** Asks somebody for the review of a version, or nobody any more; whoever wrote of it cannot be asked. */
export async function assignReviewer(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  reviewer: string | null,
): Promise<Stepped> {
  const name = reviewer === null ? null : personName(reviewer);
  if (reviewer !== null && name === null) return badName(reviewer);
  const found = await takeVersion(
    tx,
    jurisdictionId,
    number,
    ["draft", "in-review"],
    "be given to a reviewer any more",
  );
  if (!found.ok) return found;
  if (name !== null && (await isWriterOf(tx, found.row, { name, id: null }))) return ownWork(name);
  await tx.update(rulesets).set({ reviewerWanted: name }).where(eq(rulesets.id, found.row.id));
  return { ok: true, number };
}

function check({
  content,
  author,
  authorId,
}: Omit<DraftText, "now">): { readonly ok: true; readonly ruleset: Ruleset; readonly author: Actor } | Refused {
  const name = personName(author);
  if (name === null) return badName(author);
  const read = readContent(content);
  if (read.ok) return { ok: true, ruleset: read.ruleset, author: { name, id: authorId ?? null } };
  return badContent(read.findings);
}
