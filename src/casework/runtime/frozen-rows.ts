import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { decodeFrozen, encodeFrozen, type FrozenRows } from "../../domain/measuring/frozen-rows.ts";
import type { CorpusRow } from "../../domain/understanding/training/corpus.ts";

/** The file of the frozen sentences that the service ships with, on which a county's layer is measured. */
const FROZEN_FILE = new URL("../../domain/measuring/frozen.bin", import.meta.url);

/**
 * Reads the frozen sentences that the service ships with.
 * @throws Error where the file is missing or corrupt
 */
export function readFrozen(): FrozenRows {
  try {
    return decodeFrozen(brotliDecompressSync(readFileSync(FROZEN_FILE)).toString("utf8"));
  } catch (error) {
    throw new Error(
      "The frozen sentences cannot be read: install the service again, or run `liaison understand freeze`.",
      { cause: error },
    );
  }
}

/** Writes the frozen sentences of a corpus, and gives how many they are. @param corpus its hash */
export function writeFrozen(rows: readonly CorpusRow[], corpus: string): number {
  const text = encodeFrozen(rows, corpus);
  writeFileSync(FROZEN_FILE, brotliCompressSync(text));
  return decodeFrozen(text).rows.length;
}
