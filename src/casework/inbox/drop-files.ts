import { eq, inArray } from "drizzle-orm";
import { media } from "../../../db/schema/media.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Drops files that somebody showed: what waits to be fetched is not, and what was kept is removed, unless another row of the county
 * shows it too.
 *
 * The files go before the commit: a transaction that fails is done again, for its message is not processed then.
 * @param reason why, as the row says afterwards
 */
export async function dropFiles(turn: Turn, ids: readonly string[], reason: "erased" | "minor"): Promise<void> {
  if (ids.length === 0) return;
  const { tx } = turn;
  const shown = await tx
    .select({ hash: media.hash })
    .from(media)
    .where(inArray(media.id, [...ids]));
  await tx
    .update(media)
    .set({ state: "failed", hash: null, reason })
    .where(inArray(media.id, [...ids]));
  for (const hash of new Set(shown.flatMap((one) => one.hash ?? []))) {
    const [other] = await tx.select({ id: media.id }).from(media).where(eq(media.hash, hash)).limit(1);
    if (other === undefined) await turn.runtime.media.remove(hash);
  }
}
