import { desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import { understandingLayerEvents, understandingLayers } from "../../../db/schema/layers.ts";
import { type Refused, refused } from "../office/refusal.ts";
import { isSamePerson, personName } from "../rules/author.ts";

type Row = typeof understandingLayers.$inferSelect;

/** A version of a county's layer in a list, without its weights. */
export type LayerSummary = Omit<Row, "id" | "jurisdictionId" | "content"> & {
  /** Whether it is gone, for somebody whose words it was learned from had them erased. */
  readonly isEmptied: boolean;
  /** Whether it belongs to the weights that the service ships with now; another's is switched off. */
  readonly isOfTheseWeights: boolean;
};

/** The result of a step in the life of a layer: the version that is in use now, null for none, or why the step was not taken. */
export type LayerStepped = { readonly ok: true; readonly inUse: number | null } | Refused;

/** A step in the life of a layer: who takes it, and when; `weights` is the hash of the weights that the service ships with now. */
export type LayerStep = { readonly by: string; readonly now: Date; readonly weights: string };

/** Only one step of a county at a time. */
const LAYERS_LOCK = 7_204_113_908;

/** Keeps others of this county from numbering and publishing layers until the commit. */
export async function lockLayers(tx: Transaction, jurisdictionId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${jurisdictionId}, ${LAYERS_LOCK}))`);
}

/** Lists the layers of the county whose transaction this is, newest first. @param weights hash of those that the service ships with */
export async function listLayers(tx: Transaction, weights: string): Promise<LayerSummary[]> {
  const rows = await tx.select().from(understandingLayers).orderBy(desc(understandingLayers.number));
  return rows.map(({ id: _id, jurisdictionId: _county, content, ...row }) => ({
    ...row,
    isEmptied: content === null,
    isOfTheseWeights: row.weights === weights,
  }));
}

/**
 * Publishes a layer that was measured and lost nothing; the one that was in use until now is retired. It holds from the next message on.
 *
 * The reviewer is not its author.
 */
export async function publishLayer(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  { by, now, weights }: LayerStep,
): Promise<LayerStepped> {
  const name = personName(by);
  if (name === null) return refused("Say in 1 to 100 plain characters who reviews the layer.");
  const found = await take(tx, jurisdictionId, number, weights);
  if (!found.ok) return found;
  const { row } = found;
  if (row.state === "draft") return refused(`Layer ${number} may not be published. ${row.refusals.join(" ")}`);
  if (row.state === "published") return refused(`Layer ${number} is in use already.`);
  if (row.state === "retired") {
    return refused(`Layer ${number} was in use before: "liaison understand take-back-layer ${number}" brings it back.`);
  }
  if (isSamePerson(name, row.author)) return refused(`${name} made layer ${number}: somebody else must review it.`);
  await retirePublished(tx, jurisdictionId, name, now);
  await tx
    .update(understandingLayers)
    .set({ state: "published", reviewer: name, publishedAt: now })
    .where(eq(understandingLayers.id, row.id));
  await use(tx, jurisdictionId, row, { type: "published", by: name, at: now });
  return { ok: true, inUse: number };
}

/**
 * Takes the layer in use back, to one that was in use before or, where no number is given, to none. It holds from the next message on.
 */
export async function takeBackLayer(
  tx: Transaction,
  jurisdictionId: string,
  number: number | null,
  { by, now, weights }: LayerStep,
): Promise<LayerStepped> {
  const name = personName(by);
  if (name === null) return refused("Say in 1 to 100 plain characters who takes the layer back.");
  if (number === null) {
    await lockLayers(tx, jurisdictionId);
    const retired = await retirePublished(tx, jurisdictionId, name, now);
    if (!retired) return refused("No layer is in use.");
    await tx
      .update(jurisdictions)
      .set({ understandingLayer: null })
      .where(eq(jurisdictions.jurisdictionId, jurisdictionId));
    return { ok: true, inUse: null };
  }
  const found = await take(tx, jurisdictionId, number, weights);
  if (!found.ok) return found;
  const { row } = found;
  if (row.state === "published") return refused(`Layer ${number} is in use already.`);
  if (row.publishedAt === null) return refused(`Layer ${number} was never in use: it must be published by a reviewer.`);
  await retirePublished(tx, jurisdictionId, name, now);
  await tx
    .update(understandingLayers)
    .set({ state: "published", retiredAt: null })
    .where(eq(understandingLayers.id, row.id));
  await use(tx, jurisdictionId, row, { type: "brought-back", by: name, at: now });
  return { ok: true, inUse: number };
}

async function take(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  weights: string,
): Promise<{ readonly ok: true; readonly row: Row } | Refused> {
  await lockLayers(tx, jurisdictionId);
  const [row] = await tx.select().from(understandingLayers).where(eq(understandingLayers.number, number)).for("update");
  if (row === undefined)
    return refused(`There is no layer ${number} in this county; "liaison understand layers" lists them.`);
  if (row.content === null) {
    return refused(
      `Somebody whose words layer ${number} was learned from had them erased: make a new one with "liaison understand learn".`,
    );
  }
  if (row.weights !== weights) {
    return refused(
      `Layer ${number} belongs to the weights of another release: make a new one with "liaison understand learn".`,
    );
  }
  return { ok: true, row };
}

async function retirePublished(tx: Transaction, jurisdictionId: string, by: string, at: Date): Promise<boolean> {
  const [before] = await tx
    .update(understandingLayers)
    .set({ state: "retired", retiredAt: at })
    .where(eq(understandingLayers.state, "published"))
    .returning({ id: understandingLayers.id });
  if (before === undefined) return false;
  await tx.insert(understandingLayerEvents).values({ jurisdictionId, layerId: before.id, type: "retired", by, at });
  return true;
}

async function use(
  tx: Transaction,
  jurisdictionId: string,
  { id }: Row,
  event: { readonly type: "published" | "brought-back"; readonly by: string; readonly at: Date },
): Promise<void> {
  await tx
    .update(jurisdictions)
    .set({ understandingLayer: id })
    .where(eq(jurisdictions.jurisdictionId, jurisdictionId));
  await tx.insert(understandingLayerEvents).values({ jurisdictionId, layerId: id, ...event });
}
