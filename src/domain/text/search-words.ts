const RUN = /[\p{L}\p{N}]+/gu;

/** The words that are searched for, read from what was typed: runs of letters and digits, folded. */
export function wordsSearched(folded: string): string[] {
  return [...new Set(folded.match(RUN) ?? [])];
}

/**
 * The pairs of neighbouring letters or digits of a folded text, each once: by them a text is found in which a word of two signs
 * or more stands anywhere, in Chinese too, which has no blanks.
 */
export function pairsOf(folded: string): Set<string> {
  const pairs = new Set<string>();
  for (const run of folded.match(RUN) ?? []) {
    const signs = Array.from(run);
    for (const [index, sign] of signs.entries()) {
      const next = signs[index + 1];
      if (next !== undefined) pairs.add(sign + next);
    }
  }
  return pairs;
}
