import { type CorpusRow, readCorpusRow } from "../understanding/training/corpus.ts";

/** The frozen sentences of a release: those of the authors on whom its thresholds were fitted, and the hash of their corpus. */
export type FrozenRows = { readonly corpus: string; readonly rows: readonly CorpusRow[] };

/** The text of a file of frozen sentences: the hash of the corpus, then one row a line, without what a measurement does not need. */
export function encodeFrozen(rows: readonly CorpusRow[], corpus: string): string {
  const kept = rows.filter(({ split }) => split === "dev");
  return [
    corpus,
    ...kept.map(({ id, text, context, act, marks, also, author, split, situation }) =>
      JSON.stringify({ id, text, context, act, marks, also, author, split, situation }),
    ),
  ].join("\n");
}

/**
 * Reads a file of frozen sentences.
 * @throws Error where a line is no row
 */
export function decodeFrozen(text: string): FrozenRows {
  const [corpus = "", ...lines] = text.split("\n");
  return { corpus, rows: lines.map(readCorpusRow) };
}
