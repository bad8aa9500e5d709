import { asc, desc, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { categories, categoryLearnings } from "../../../db/schema/categories.ts";
import { DEFAULT_CATALOGUE, NO_TOPIC } from "../../domain/categories/catalogue.ts";
import { buildModel, type CategoryModel, type LearnedWords, type Topic } from "../../domain/categories/model.ts";
import { createSegment } from "./segment.ts";

/** How long a model is used without asking whether the catalogue or what was learned has changed. */
const TRUSTED_MS = 2_000;
const NOTHING_LEARNED: LearnedWords = {};

/** The catalogue of a county's topics, with what was learned beside it. */
export type CountyCatalogue = {
  readonly topics: readonly Topic[];
  readonly learned: LearnedWords;
  /** 0 where nothing was learned yet. */
  readonly learnedVersion: number;
};

type Known = { readonly key: string; readonly model: CategoryModel; readonly checkedAt: number };

/** Cuts Chinese into words; the dictionary is read when the process first needs it. */
export const segment = createSegment();
const models = new Map<string, Known>();

/**
 * The category model of a county.
 *
 * What a rule looks at, and never where a message lies. Some 50 µs for a message; each process keeps the model of each
 * county, and sees within two seconds what another process changed. Counties that keep and learned nothing of their own
 * share one.
 * @param tx a transaction in that county
 */
export async function categoryModelOf(tx: Transaction, jurisdictionId: string): Promise<CategoryModel> {
  const known = models.get(jurisdictionId);
  if (known !== undefined && performance.now() - known.checkedAt < TRUSTED_MS) return known.model;
  const { topics, learned, learnedVersion } = await catalogueOf(tx);
  const isBuiltIn = topics === DEFAULT_CATALOGUE && learnedVersion === 0;
  const key = isBuiltIn ? "" : `${jurisdictionId} ${learnedVersion} ${JSON.stringify(topics)}`;
  const same = known?.key === key ? known : [...models.values()].find((one) => one.key === key);
  const model = same?.model ?? modelWith(topics, learned);
  models.set(jurisdictionId, { key, model, checkedAt: performance.now() });
  return model;
}

/** The model of a catalogue with these learned words. */
export function modelWith(topics: readonly Topic[], learned: LearnedWords): CategoryModel {
  return buildModel(topics, { learned, without: NO_TOPIC, segment });
}

/** The catalogue of the county whose transaction this is, and the latest learning that took effect. */
export async function catalogueOf(tx: Transaction): Promise<CountyCatalogue> {
  const [rows, [latest]] = await Promise.all([
    tx.select().from(categories).orderBy(asc(categories.position), asc(categories.code)),
    tx
      .select({ version: categoryLearnings.version, words: categoryLearnings.words })
      .from(categoryLearnings)
      .where(eq(categoryLearnings.takesEffect, true))
      .orderBy(desc(categoryLearnings.version))
      .limit(1),
  ]);
  return {
    topics: rows.length === 0 ? DEFAULT_CATALOGUE : rows,
    learned: latest?.words ?? NOTHING_LEARNED,
    learnedVersion: latest?.version ?? 0,
  };
}

/** The result of the county's latest learning, whether or not it took effect; null where there was none. */
export async function latestLearning(tx: Transaction) {
  const { version, learnedFrom, measuredOn, accuracyBefore, accuracyAfter, takesEffect, measuredAt } =
    categoryLearnings;
  const [latest] = await tx
    .select({ version, learnedFrom, measuredOn, accuracyBefore, accuracyAfter, takesEffect, measuredAt })
    .from(categoryLearnings)
    .orderBy(desc(categoryLearnings.version))
    .limit(1);
  return latest ?? null;
}
