import { asc, count, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { categories } from "../../../db/schema/categories.ts";
import { settingsChanges } from "../../../db/schema/ledger.ts";
import { DEFAULT_CATALOGUE } from "../../domain/categories/catalogue.ts";
import type { Topic } from "../../domain/categories/model.ts";
import { lockSettings } from "../county/settings-change.ts";
import { topicFaults } from "../import/catalogue.ts";
import { catalogueOf } from "../rules/category-model.ts";
import { CATEGORIES } from "./county-settings.ts";

type Told = { readonly type: string; readonly by: string; readonly at: string };

/** The catalogue of a county with its version, and whether it is the one that the service ships with. */
export type StaffCatalogue = { readonly etag: string; readonly isBuiltIn: boolean; readonly topics: readonly Topic[] };

/** The result of a change of the catalogue: nothing to say, everything that is wrong, or what happened since it was seen. */
export type CatalogueChanged =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: "faults"; readonly faults: readonly string[] }
  | { readonly ok: false; readonly why: "unknown" | "last" }
  | { readonly ok: false; readonly why: "faster"; readonly since: readonly Told[]; readonly etag: string };

/** A change by somebody: to which version, by whom, when. */
type By = { readonly seen: string; readonly by: string; readonly at: Date };

const MOST_CATEGORIES = 200;

/** The catalogue of the county whose transaction this is. */
export async function staffCatalogue(tx: Transaction): Promise<StaffCatalogue> {
  const { topics } = await catalogueOf(tx);
  const of = ({ code, name, words, examples }: Topic) => ({ code, name, words, examples });
  return { etag: await versionNow(tx), isBuiltIn: topics === DEFAULT_CATALOGUE, topics: topics.map(of) };
}

/** Adds a category to the catalogue of the county whose transaction this is, or changes one; the first change makes the catalogue its own. */
export async function putCategory(
  tx: Transaction,
  jurisdictionId: string,
  topic: Topic,
  by: By,
): Promise<CatalogueChanged> {
  const begun = await begin(tx, by);
  if (!begun.ok) return begun;
  const { topics } = begun;
  const before = topics.find(({ code }) => code === topic.code);
  const faults = topicFaults(topic, []);
  if (before === undefined && topics.length >= MOST_CATEGORIES)
    faults.push(`there are ${MOST_CATEGORIES} categories already`);
  if (faults.length > 0) return { ok: false, why: "faults", faults };
  const next = before === undefined ? [...topics, topic] : topics.map((one) => (one === before ? topic : one));
  await write(tx, jurisdictionId, next);
  await note(tx, jurisdictionId, { before: before ?? null, after: topic }, by);
  return { ok: true };
}

/** Takes a category out of the catalogue of the county whose transaction this is; cases keep the one they have. */
export async function endCategory(
  tx: Transaction,
  jurisdictionId: string,
  code: string,
  by: By,
): Promise<CatalogueChanged> {
  const begun = await begin(tx, by);
  if (!begun.ok) return begun;
  const { topics } = begun;
  const before = topics.find((one) => one.code === code);
  if (before === undefined) return { ok: false, why: "unknown" };
  // A catalogue without rows is the built-in one again.
  if (topics.length === 1) return { ok: false, why: "last" };
  await write(
    tx,
    jurisdictionId,
    topics.filter((one) => one !== before),
  );
  await note(tx, jurisdictionId, { before, after: null }, by);
  return { ok: true };
}

async function begin(
  tx: Transaction,
  { seen }: By,
): Promise<{ readonly ok: true; readonly topics: readonly Topic[] } | (CatalogueChanged & { readonly ok: false })> {
  await lockSettings(tx);
  const etag = await versionNow(tx);
  if (etag === seen) return { ok: true, topics: (await catalogueOf(tx)).topics };
  const rows = await tx
    .select({ by: settingsChanges.by, at: settingsChanges.at })
    .from(settingsChanges)
    .where(eq(settingsChanges.what, CATEGORIES))
    .orderBy(asc(settingsChanges.seq))
    .offset(Number(/^g(\d{1,9})$/.exec(seen)?.[1] ?? 0));
  const since = rows.map(({ by, at }) => ({ type: CATEGORIES, by, at: at.toISOString() }));
  return { ok: false, why: "faster", since, etag };
}

async function versionNow(tx: Transaction): Promise<string> {
  const [row] = await tx.select({ count: count() }).from(settingsChanges).where(eq(settingsChanges.what, CATEGORIES));
  return `g${row?.count ?? 0}`;
}

async function write(tx: Transaction, jurisdictionId: string, topics: readonly Topic[]): Promise<void> {
  await tx.delete(categories);
  await tx.insert(categories).values(
    topics.map(({ code, name, words, examples }, position) => ({
      ...{ id: newId(), jurisdictionId, code, name, position },
      words: [...words],
      examples: [...examples],
    })),
  );
}

async function note(
  tx: Transaction,
  jurisdictionId: string,
  change: { readonly before: Topic | null; readonly after: Topic | null },
  { by, at }: By,
): Promise<void> {
  const kept = (topic: Topic | null) =>
    topic === null ? null : { code: topic.code, name: topic.name, words: topic.words, examples: topic.examples };
  const row = { before: kept(change.before), after: kept(change.after) };
  await tx.insert(settingsChanges).values({ jurisdictionId, what: CATEGORIES, ...row, by, at });
}
