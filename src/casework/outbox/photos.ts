import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseMessages } from "../../../db/schema/cases.ts";
import type { Turn } from "../turn/turn.ts";
import { tellDeputy } from "./tell.ts";

/**
 * An entry of a case by its kind and its `media` row, null for one without: a photo, a voice, a film, or plain words.
 */
export type Shown = { readonly kind: string; readonly mediaId: string | null };

/** Sends the deputy of a case the photos in what was said. */
export async function showToDeputy(turn: Turn, subject: CaseRecord, shown: readonly Shown[]): Promise<void> {
  // A photo may show whose it is: of a child, and of who stays unnamed, none leaves the office.
  if (subject.deputyId === null || subject.sealed || subject.minor || subject.unnamed) return;
  for (const { kind, mediaId } of shown) {
    if (kind !== "image" || mediaId === null) continue;
    await tellDeputy(turn, subject.deputyId, () => ({ kind: "photo", subject, words: "", mediaId }));
  }
}

/** Sends a deputy who gets a case later than its resident's photos all of them. */
export async function showAllToDeputy(turn: Turn, subject: CaseRecord): Promise<void> {
  const photos = await turn.tx
    .select({ kind: caseMessages.kind, mediaId: caseMessages.mediaId })
    .from(caseMessages)
    .where(
      and(
        eq(caseMessages.caseId, subject.id),
        eq(caseMessages.party, "resident"),
        eq(caseMessages.kind, "image"),
        isNotNull(caseMessages.mediaId),
      ),
    )
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  await showToDeputy(turn, subject, photos);
}
