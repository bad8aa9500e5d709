import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { openModel } from "../../domain/understanding/model.ts";
import { createReader, type Reader } from "../../domain/understanding/reader.ts";
import { decodeWeights, type WeightsFile } from "../../domain/understanding/weights-file.ts";

/** The file of the weights that the service ships with. */
export const WEIGHTS_FILE = new URL("../../domain/understanding/weights.bin", import.meta.url);

let shipped: Reader | null = null;

/** The reader of residents' words over the weights that the service ships with; read once a process. */
export function openReader(): Reader {
  shipped ??= readerOf(readWeights(WEIGHTS_FILE));
  return shipped;
}

/** A weights file with the hash of its bytes (SHA-256, hexadecimal). */
type HashedFile = WeightsFile & { readonly hash: string };

/** Makes a reader of a weights file. */
export function readerOf({ header, weights, hash }: HashedFile): Reader {
  return createReader(openModel(weights), header.thresholds, hash);
}

/**
 * Reads a weights file.
 * @throws Error where it is missing or corrupt
 */
export function readWeights(file: URL | string): HashedFile {
  try {
    const bytes = readFileSync(file);
    const hash = createHash("sha256").update(bytes).digest("hex");
    return { ...decodeWeights(brotliDecompressSync(bytes)), hash };
  } catch (error) {
    throw new Error(
      "The weights by which words are understood cannot be read: install the service again, or run `liaison understand train`.",
      { cause: error },
    );
  }
}
