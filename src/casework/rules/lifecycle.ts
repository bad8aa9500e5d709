import { and, eq, inArray, max, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { rulesetEvents, rulesets } from "../../../db/schema/rulesets.ts";
import { canBeStored, readContent } from "../../domain/rules/content.ts";
import type { Ruleset } from "../../domain/rules/ruleset.ts";
import { isSamePerson, personName } from "./author.ts";
import { badContent, badName, badNote, ownWork, type Refused, unknown, wrongState } from "./refusals.ts";

/** The decisions of a reviewer about a rule set. */
export const REVIEW_DECISIONS = ["publish", "turn-down"] as const;
/** The decision of a reviewer about a rule set. */
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** The result of a step in the life of a rule set: the number of the version, or why the step was not taken. */
export type Stepped = { readonly ok: true; readonly number: number } | Refused;

/** A draft to be stored: parsed JSON, its author, and the moment. */
export type DraftText = { readonly content: unknown; readonly author: string; readonly now: Date };

/** The review of a version: decision, reviewer, and a note that is kept with the version. */
export type Review = {
  readonly reviewer: string;
  readonly verdict: ReviewDecision;
  readonly note?: string | null;
  readonly now: Date;
};

type Row = Pick<typeof rulesets.$inferSelect, "id" | "state" | "author">;
type EventType = (typeof rulesetEvents.$inferSelect)["type"];

const LONGEST_NOTE = 2000;

/**
 * Stores a new version as a draft of the county whose transaction this is; every mistake of its content is named.
 * @param writing.content as `parseContent` gives it
 */
export async function draft(tx: Transaction, jurisdictionId: string, writing: DraftText): Promise<Stepped> {
  const checked = check(writing);
  if (!checked.ok) return checked;
  await lock(tx, jurisdictionId);
  const { id, number } = await insertDraft(tx, jurisdictionId, { ...writing, ...checked, takesBack: null });
  await note(tx, jurisdictionId, id, { type: "drafted", by: checked.author, at: writing.now });
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
  const found = await take(tx, jurisdictionId, number, "draft", "be changed: only a draft can");
  if (!found.ok) return found;
  const { content, now } = writing;
  await tx.update(rulesets).set({ name: checked.ruleset.name, content }).where(eq(rulesets.id, found.row.id));
  await note(tx, jurisdictionId, found.row.id, { type: "edited", by: checked.author, at: now });
  return { ok: true, number };
}

/** Submits a draft for review; from here on nobody can change it. */
export async function submit(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<Stepped> {
  const name = personName(by);
  if (name === null) return badName(by);
  const found = await take(tx, jurisdictionId, number, "draft", "be submitted: only a draft can");
  if (!found.ok) return found;
  await tx.update(rulesets).set({ state: "in-review", submittedAt: now }).where(eq(rulesets.id, found.row.id));
  await note(tx, jurisdictionId, found.row.id, { type: "submitted", by: name, at: now });
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
  { reviewer, verdict, note: written, now }: Review,
): Promise<Stepped> {
  const name = personName(reviewer);
  if (name === null) return badName(reviewer);
  const remark = written?.trim() || null;
  if (remark !== null && (remark.length > LONGEST_NOTE || !canBeStored(remark))) return badNote(LONGEST_NOTE);
  const found = await take(tx, jurisdictionId, number, "in-review", "be reviewed: only one that was submitted can");
  if (!found.ok) return found;
  const { id } = found.row;
  const writers = await writersOf(tx, found.row);
  if (writers.some((writer) => isSamePerson(writer, name))) return ownWork(name);
  const reviewed = { reviewer: name, reviewNote: remark, reviewedAt: now };
  if (verdict === "turn-down") {
    await tx
      .update(rulesets)
      .set({ state: "retired", ...reviewed, retiredAt: now })
      .where(eq(rulesets.id, id));
    await note(tx, jurisdictionId, id, { type: "turned-down", by: name, at: now, note: remark });
    return { ok: true, number };
  }
  const [before] = await tx
    .update(rulesets)
    .set({ state: "retired", retiredAt: now })
    .where(eq(rulesets.state, "published"))
    .returning({ id: rulesets.id });
  if (before !== undefined) await note(tx, jurisdictionId, before.id, { type: "retired", by: name, at: now });
  await tx
    .update(rulesets)
    .set({ state: "published", ...reviewed, publishedAt: now })
    .where(eq(rulesets.id, id));
  await note(tx, jurisdictionId, id, { type: "published", by: name, at: now, note: remark });
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
  { author, now }: Omit<DraftText, "content">,
): Promise<Stepped> {
  await lock(tx, jurisdictionId);
  const [old] = await tx
    .select({ state: rulesets.state, publishedAt: rulesets.publishedAt, content: rulesets.content })
    .from(rulesets)
    .where(eq(rulesets.number, number));
  if (old === undefined) return unknown(number);
  if (old.state !== "retired" || old.publishedAt === null) {
    return wrongState(number, old.state === "retired" ? "turned down" : old.state, TAKEN_BACK);
  }
  const checked = check({ content: old.content, author });
  if (!checked.ok) return checked;
  const made = await insertDraft(tx, jurisdictionId, { ...checked, content: old.content, now, takesBack: number });
  await note(tx, jurisdictionId, made.id, { type: "drafted", by: checked.author, at: now });
  return submit(tx, jurisdictionId, made.number, { by: checked.author, now });
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

/** One step at a time in each county, so that numbers follow each other and one version is published. */
async function lock(tx: Transaction, jurisdictionId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('liaison.rulesets'), hashtext(${jurisdictionId}))`);
}

/** The version with this number, which nobody else changes meanwhile. */
async function take(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  state: Row["state"],
  otherwise: string,
): Promise<{ readonly ok: true; readonly row: Row } | Refused> {
  await lock(tx, jurisdictionId);
  const [row] = await tx
    .select({ id: rulesets.id, state: rulesets.state, author: rulesets.author })
    .from(rulesets)
    .where(eq(rulesets.number, number));
  if (row === undefined) return unknown(number);
  return row.state === state ? { ok: true, row } : wrongState(number, row.state, otherwise);
}

async function insertDraft(
  tx: Transaction,
  jurisdictionId: string,
  made: DraftText & { readonly ruleset: Ruleset; readonly takesBack: number | null },
): Promise<{ readonly id: string; readonly number: number }> {
  const [last] = await tx.select({ number: max(rulesets.number) }).from(rulesets);
  const [id, number] = [newId(), (last?.number ?? 0) + 1];
  const { content, author, takesBack, now: createdAt } = made;
  const { name } = made.ruleset;
  await tx
    .insert(rulesets)
    .values({ id, jurisdictionId, number, state: "draft", name, content, author, takesBack, createdAt });
  return { id, number };
}

async function writersOf(tx: Transaction, { id, author }: Row): Promise<readonly string[]> {
  const wrote = await tx
    .select({ by: rulesetEvents.by })
    .from(rulesetEvents)
    .where(and(eq(rulesetEvents.rulesetId, id), inArray(rulesetEvents.type, ["drafted", "edited"])));
  return [author, ...wrote.map(({ by }) => by)];
}

async function note(
  tx: Transaction,
  jurisdictionId: string,
  rulesetId: string,
  event: { readonly type: EventType; readonly by: string; readonly at: Date; readonly note?: string | null },
): Promise<void> {
  await tx.insert(rulesetEvents).values({ jurisdictionId, rulesetId, ...event });
}

function check({
  content,
  author,
}: Omit<DraftText, "now">): { readonly ok: true; readonly ruleset: Ruleset; readonly author: string } | Refused {
  const name = personName(author);
  if (name === null) return badName(author);
  const read = readContent(content);
  if (read.ok) return { ok: true, ruleset: read.ruleset, author: name };
  return badContent(read.findings);
}
