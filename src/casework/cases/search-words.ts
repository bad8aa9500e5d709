import { eq } from "drizzle-orm";
import { MOST_WORDS } from "../../../db/case-words.ts";
import type { Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseWords } from "../../../db/schema/console.ts";
import { ruleText } from "../../domain/rules/condition.ts";
import { pairsOf } from "../../domain/text/words.ts";

/** The month of a case, as it stands among the words of search: `@2026-11`. */
export function monthWord(day: string): string {
  return `@${day.slice(0, 7)}`;
}

/** The words of a case for search, from its working copies, in the form in which the column takes them. */
export function searchWords(subject: Pick<CaseRecord, "receivedAt">, texts: readonly string[]): string {
  const pairs = texts.flatMap((text) => [...pairsOf(ruleText(text))]);
  const words = new Set(["@all", monthWord(subject.receivedAt.toISOString()), ...pairs]);
  return [...words].slice(0, MOST_WORDS).map(quotedWord).join(" ");
}

/** A word as `tsvector` and `tsquery` take it, whatever signs it has. */
export function quotedWord(word: string): string {
  return `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** Takes a case out of the search, with all its words. */
export async function forgetWords(tx: Transaction, caseId: string): Promise<void> {
  await tx.delete(caseWords).where(eq(caseWords.caseId, caseId));
}
