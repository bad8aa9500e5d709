import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type CorpusRow, readCorpusRow } from "../../domain/understanding/training/corpus.ts";

/** A corpus as it was read: its rows, and the hash of its files. */
export type Corpus = { readonly rows: readonly CorpusRow[]; readonly hash: string };

/**
 * Reads the corpus of a folder: its JSON lines, files in the order of their names.
 * @throws Error where a line is no row
 */
export async function readCorpus(folder: string): Promise<Corpus> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).sort();
  const hash = createHash("sha256");
  const rows: CorpusRow[] = [];
  for (const name of names) {
    const text = await readFile(join(folder, name), "utf8");
    hash.update(`${name}\n${text}`);
    for (const line of text.split("\n")) if (line !== "") rows.push(readCorpusRow(line));
  }
  return { rows, hash: hash.digest("hex") };
}
