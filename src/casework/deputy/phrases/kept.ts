import { and, asc, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { deputyPhrases } from "../../../../db/schema/people.ts";
import { LONGEST_PHRASE, MOST_PHRASES } from "../../../domain/dialog/deputy/phrases.ts";
import type { Turn } from "../../turn/turn.ts";

/** A sentence that a deputy keeps to use again. */
export type Phrase = { readonly id: string; readonly text: string };

/** The sentences that a deputy keeps, in the order in which they were kept. */
export async function phrasesOf(turn: Turn, deputyId: string): Promise<Phrase[]> {
  const rows = await turn.tx
    .select({ id: deputyPhrases.id, words: deputyPhrases.words })
    .from(deputyPhrases)
    .where(eq(deputyPhrases.deputyId, deputyId))
    .orderBy(asc(deputyPhrases.at), asc(deputyPhrases.id));
  const purpose = phrasePurpose(turn.jurisdictionId);
  return rows.map(({ id, words }) => ({ id, text: turn.runtime.vault.open(words, purpose) }));
}

/** Keeps a sentence, sealed; says why not where it is too long, there already, or one too many. */
export async function keepPhrase(
  turn: Turn,
  deputyId: string,
  text: string,
): Promise<{ readonly place: number } | "too-long" | "too-many" | { readonly known: number }> {
  if ([...text].length > LONGEST_PHRASE) return "too-long";
  const all = await phrasesOf(turn, deputyId);
  const known = all.findIndex((one) => one.text === text);
  if (known >= 0) return { known: known + 1 };
  if (all.length >= MOST_PHRASES) return "too-many";
  const { jurisdictionId, now: at } = turn;
  const words = turn.runtime.vault.seal(text, phrasePurpose(jurisdictionId));
  await turn.tx.insert(deputyPhrases).values({ id: newId(), jurisdictionId, deputyId, words, at });
  return { place: all.length + 1 };
}

/** Forgets a sentence that a deputy kept. */
export async function dropPhrase(turn: Turn, deputyId: string, id: string): Promise<void> {
  await turn.tx.delete(deputyPhrases).where(and(eq(deputyPhrases.id, id), eq(deputyPhrases.deputyId, deputyId)));
}

/** The purpose for which kept sentences are sealed; see `vault.ts`. */
function phrasePurpose(jurisdictionId: string): string {
  return `phrase:${jurisdictionId}`;
}
