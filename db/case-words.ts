import { sql } from "drizzle-orm";

/** The most words by which a case is found: its row must never be larger than a column takes, or a message would fail with it. */
export const MOST_WORDS = 20_000;

/** The rule by which new words join those of a case that are there: only where one is new, and until there are enough. */
export const JOIN_WORDS = sql`on conflict (case_id) do update set words = case_words.words || excluded.words
  where length(case_words.words) < ${sql.raw(String(MOST_WORDS))}
    and length(case_words.words || excluded.words) > length(case_words.words)`;

/** Joins two sets of words, each as `searchWords` gives it. */
export function joinedWords(some: string, others: string): string {
  return [...new Set([...some.split(" "), ...others.split(" ")])].slice(0, MOST_WORDS).join(" ");
}
