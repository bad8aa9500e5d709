import { eq } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { categoryCorrections } from "../../../db/schema/categories.ts";
import { categorise } from "../../domain/categories/model.ts";
import { record } from "../cases/record.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import type { Turn } from "../turn/turn.ts";

/** The category under which a case is filed, with its confidence. */
export type Filed = Pick<CaseRecord, "category" | "categoryConfidence">;

/**
 * The category for a case that is about to be opened with these words.
 *
 * @param told what it is filed under whatever its words say; a sealed one is never filed by its words
 */
export async function filedUnder(
  turn: Turn,
  text: string,
  told: { readonly category?: string; readonly sealed?: boolean },
): Promise<Filed> {
  const { category = null, sealed = false } = told;
  if (category !== null || sealed || text === "") return { category, categoryConfidence: null };
  const { categoryThreshold } = turn.county.settings;
  const judged = categorise(await turn.lookups.categories(), text, categoryThreshold);
  return { category: judged.category, categoryConfidence: judged.category === null ? null : judged.confidence };
}

/** Files a case whose first words did not tell its category, when more were said before its place is known. */
export async function fileByMoreWords(turn: Turn, subject: CaseRecord): Promise<void> {
  if (subject.state !== "clarifying" || subject.category !== null) return;
  const text = residentsWords(await threadOf(turn, subject));
  const filed = await filedUnder(turn, text, { sealed: subject.sealed });
  if (filed.category === null || (await isCorrected(turn, subject))) return;
  record(turn, subject, "categorised", "service", { category: filed.category }, filed);
}

/**
 * Files an ordinary case anew by its words as they are now, where these surely tell another category and nobody of the office said which.
 * @returns whether it has another one
 */
export async function fileAnew(turn: Turn, subject: CaseRecord, text: string): Promise<boolean> {
  const filed = await filedUnder(turn, text, { sealed: subject.sealed });
  const { category } = filed;
  if (category === null || category === subject.category || (await isCorrected(turn, subject))) return false;
  record(turn, subject, "categorised", "resident", { category }, filed);
  return true;
}

async function isCorrected(turn: Turn, subject: CaseRecord): Promise<boolean> {
  const corrections = await turn.tx
    .select({ id: categoryCorrections.id })
    .from(categoryCorrections)
    .where(eq(categoryCorrections.caseId, subject.id))
    .limit(1);
  return corrections.length > 0;
}
