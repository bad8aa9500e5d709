import { and, asc, desc, eq, max, notInArray, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseMessages, cases } from "../../../db/schema/cases.ts";
import { categoryCorrections, categoryLearnings } from "../../../db/schema/categories.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import type { Vault } from "../../../db/vault.ts";
import { type Correction, isHeldBack, type Learning, learn } from "../../domain/categories/learning.ts";
import type { Act } from "../../domain/understanding/meaning.ts";
import { numbersMeant } from "../cases/numbers-meant.ts";
import { record } from "../cases/record.ts";
import { keyPurpose } from "../cases/thread.ts";
import { noteMeant } from "../inbox/understandings.ts";
import { catalogueOf, modelWith } from "../rules/category-model.ts";
import { type CaseWriting, openWrites } from "../turn/unit-of-work.ts";
import { type Refused, refused } from "./refusal.ts";

type Services = { readonly database: Database; readonly vault: Vault; readonly now: () => Date };

/** A correction of a case's category by a member of staff. */
export type CategoryCorrection = {
  /** The case's number, or its last digits without zeros. */
  readonly number: string;
  /** A code of the county's catalogue; null when the case belongs to none. */
  readonly category: string | null;
  /** Who says so; 1 to 64 characters. */
  readonly by: string;
  /** What the words were, where they were taken for something else. */
  readonly was?: Act;
};

/** The result of a correction: the whole number of the case, and its category before and now. */
export type CategoryCorrected = {
  readonly ok: true;
  readonly number: string;
  readonly from: string | null;
  readonly to: string | null;
};

/** A learning from corrections as it was stored; version from 1 in each county. */
export type CategoriesLearned = { readonly ok: true; readonly version: number } & Omit<Learning, "words">;

/** Only one learning of a county at a time: each is numbered after the one before. */
const LEARNING_LOCK = 7_204_113_907;
const LONGEST_NAME = 64;

/**
 * Corrects the category of a case, and keeps its words for learning, sealed under the case's key.
 *
 * A case that only the county office may see is refused: its words must not become anybody's rules.
 * @returns a plain sentence where there is no such case, or category, or the case is sealed
 */
export async function correctCategory(
  { database, vault, now }: Services,
  jurisdictionId: string,
  { number, category, by, was }: CategoryCorrection,
): Promise<CategoryCorrected | Refused> {
  const name = by.trim();
  if (name === "" || name.length > LONGEST_NAME) {
    return refused(`Say in 1 to ${LONGEST_NAME} characters who corrects the category.`);
  }
  return database.inCounty(jurisdictionId, async (tx) => {
    const { topics } = await catalogueOf(tx);
    if (category !== null && !topics.some((topic) => topic.code === category)) {
      return refused(`There is no category ${category} in this county: see liaison category list.`);
    }
    const found = await lockByNumber(tx, number);
    if (!found.ok) return found;
    const { subject } = found;
    if (subject.sealed) {
      return refused(`Case ${subject.number} is seen by the county office alone: it is never put into a category.`);
    }
    const writing: CaseWriting = { writes: openWrites(tx), jurisdictionId, now: now() };
    const from = await categorise({ ...writing, tx, vault }, subject, { category, by: name });
    if (was !== undefined) await noteMeant({ ...writing, tx }, subject.id, was, { source: "office", by: name });
    await writing.writes.done();
    return { ok: true, number: subject.number, from, to: category };
  });
}

/**
 * Gives a case that nobody sealed the category that staff say, and keeps its words for learning.
 * @returns the category that it had
 */
export async function categorise(
  writing: CaseWriting & { readonly tx: Transaction; readonly vault: Vault },
  subject: CaseRecord,
  { category, by }: { readonly category: string | null; readonly by: string },
): Promise<string | null> {
  const { tx, vault, jurisdictionId, now } = writing;
  const from = subject.category;
  await tx.insert(categoryCorrections).values({
    id: newId(),
    jurisdictionId,
    caseId: subject.id,
    text: vault.unwrap(subject.keyWrapped, keyPurpose(jurisdictionId)).seal(await wordsOf(tx, subject)),
    fromCategory: from,
    toCategory: category,
    by,
    at: now,
    heldBack: isHeldBack(vault.blindIndex(subject.id, `category:${jurisdictionId}`)),
  });
  record(writing, subject, "categorised", "office", { category }, { category, categoryConfidence: null });
  return from;
}

/**
 * Learns from the corrections by staff, measures the result on those held back, and stores both.
 *
 * What is not better than what holds now, or was measured on too few, is written down and changes nothing.
 * @returns a plain sentence where nothing was corrected yet
 */
export async function learnCategories(
  { database, ...services }: Services,
  jurisdictionId: string,
): Promise<CategoriesLearned | Refused> {
  return database.inCounty(jurisdictionId, (tx) => learnCategoriesIn(services, tx, jurisdictionId));
}

/** Learns from the corrections of the county whose transaction this is; see `learnCategories`. */
export async function learnCategoriesIn(
  { vault, now }: Pick<Services, "vault" | "now">,
  tx: Transaction,
  jurisdictionId: string,
): Promise<CategoriesLearned | Refused> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${jurisdictionId}, ${LEARNING_LOCK}))`);
  const { topics, learned } = await catalogueOf(tx);
  const corrections = (await latestCorrections(tx, vault, jurisdictionId)).filter(
    ({ category }) => category === null || topics.some((topic) => topic.code === category),
  );
  if (corrections.length === 0) {
    return refused("No category was corrected yet, so there is nothing to learn from: see liaison category correct.");
  }
  const [county] = await tx.select({ settings: jurisdictions.settings }).from(jurisdictions);
  const { words, ...measured } = learn(
    {
      learnFrom: corrections.filter((one) => !one.heldBack),
      heldBack: corrections.filter((one) => one.heldBack),
    },
    modelWith(topics, learned),
    (own) => modelWith(topics, own),
    county?.settings.categoryThreshold,
  );
  const [last] = await tx.select({ version: max(categoryLearnings.version) }).from(categoryLearnings);
  const version = (last?.version ?? 0) + 1;
  const at = now();
  await tx
    .insert(categoryLearnings)
    .values({ id: newId(), jurisdictionId, version, words, ...measured, measuredAt: at });
  return { ok: true, version, ...measured };
}

/** What staff said last of each case whose words can still be read. */
async function latestCorrections(
  tx: Transaction,
  vault: Vault,
  jurisdictionId: string,
): Promise<(Correction & { readonly heldBack: boolean })[]> {
  const rows = await tx
    .selectDistinctOn([categoryCorrections.caseId], {
      text: categoryCorrections.text,
      category: categoryCorrections.toCategory,
      heldBack: categoryCorrections.heldBack,
      keyWrapped: cases.keyWrapped,
    })
    .from(categoryCorrections)
    .innerJoin(cases, eq(cases.id, categoryCorrections.caseId))
    .where(eq(cases.sealed, false))
    .orderBy(categoryCorrections.caseId, desc(categoryCorrections.at), desc(categoryCorrections.id));
  return rows
    .map(({ keyWrapped, text, ...others }) => ({
      ...others,
      text: vault.unwrap(keyWrapped, keyPurpose(jurisdictionId)).open(text),
    }))
    .filter(({ text }) => text !== "");
}

async function lockByNumber(
  tx: Transaction,
  typed: string,
): Promise<{ readonly ok: true; readonly subject: CaseRecord } | Refused> {
  const [number, another] = await numbersMeant(tx, typed);
  if (number === undefined) return refused(`There is no case ${typed} in this county: see liaison cases.`);
  if (another !== undefined) return refused(`${typed} could be ${number} or ${another}: give the whole number.`);
  const [subject] = await tx.select().from(cases).where(eq(cases.number, number)).for("no key update");
  return subject === undefined
    ? refused(`There is no case ${typed} in this county: see liaison cases.`)
    : { ok: true, subject };
}

/** What the resident said, masked, without bare answers to questions. */
async function wordsOf(tx: Transaction, subject: CaseRecord): Promise<string> {
  const said = await tx
    .select({ text: caseMessages.text })
    .from(caseMessages)
    .where(
      and(
        eq(caseMessages.caseId, subject.id),
        eq(caseMessages.party, "resident"),
        notInArray(caseMessages.kind, ["answer", "rating"]),
      ),
    )
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  return said
    .map((one) => one.text)
    .filter((text) => text !== "")
    .join("\n");
}
