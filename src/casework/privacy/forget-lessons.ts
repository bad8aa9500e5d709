import { inArray, sql } from "drizzle-orm";
import { jurisdictions } from "../../../db/schema/county.ts";
import {
  understandingLabels,
  understandingLayerEvents,
  understandingLayerRows,
  understandingLayers,
} from "../../../db/schema/layers.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Forgets what an office said of some messages, and their share in the county's layers: a layer that was learned from one of them
 * is emptied, and is in use no longer. The office makes a new one of what is left.
 *
 * @param seqs numbers in the inbox; the rows of their understandings are changed or gone already, for whoever makes a layer locks those
 */
export async function forgetLessons(
  { tx, now, jurisdictionId }: Pick<Turn, "tx" | "now" | "jurisdictionId">,
  seqs: readonly number[],
): Promise<void> {
  if (seqs.length === 0) return;
  await tx.delete(understandingLabels).where(inArray(understandingLabels.inboxSeq, [...seqs]));
  const shares = await tx
    .delete(understandingLayerRows)
    .where(inArray(understandingLayerRows.inboxSeq, [...seqs]))
    .returning({ layerId: understandingLayerRows.layerId });
  const ids = [...new Set(shares.map(({ layerId }) => layerId))];
  if (ids.length === 0) return;
  await tx
    .update(understandingLayers)
    .set({
      content: null,
      state: "retired",
      retiredAt: sql`coalesce(${understandingLayers.retiredAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(inArray(understandingLayers.id, ids));
  await tx
    .update(jurisdictions)
    .set({ understandingLayer: null })
    .where(inArray(jurisdictions.understandingLayer, ids));
  const erased = { jurisdictionId, type: "erased", by: "resident", at: now } as const;
  await tx.insert(understandingLayerEvents).values(ids.map((layerId) => ({ layerId, ...erased })));
}
