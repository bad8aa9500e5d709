import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { DEFAULT_CATALOGUE } from "../../domain/categories/catalogue.ts";
import { categorise } from "../../domain/categories/model.ts";
import type { Likeness } from "../../domain/matters/likeness.ts";
import type { MatterReader } from "../../domain/matters/matters.ts";
import { decodeNetwork, type NetworkFile } from "../../domain/matters/network-file.ts";
import type { Telling } from "../../domain/matters/signs.ts";
import type { Reader } from "../../domain/understanding/reader.ts";
import { modelWith } from "../rules/category-model.ts";
import { openReader } from "./open-reader.ts";

/** The file of the network that tells matters apart, which the service ships with. */
export const NETWORK_FILE = new URL("../../domain/matters/network.bin", import.meta.url);

let shipped: MatterReader | null = null;

/** Opens what tells matters apart: a reader over the network, the reader and the catalogue that the service ships with; once a process. */
export function openMatterReader(): MatterReader {
  shipped ??= matterReaderOf(readNetwork(NETWORK_FILE));
  return shipped;
}

/** Makes what tells matters apart of a network's file. */
export function matterReaderOf({ network, likeness, header }: NetworkFile): MatterReader {
  return { network, thresholds: header.thresholds, telling: tellingWith(openReader(), likeness) };
}

/** Makes what a network looks at: always the words and topics that ship with the service, for by these it was trained. */
export function tellingWith(reader: Reader, likeness: Likeness): Telling {
  const model = modelWith(DEFAULT_CATALOGUE, {});
  return { read: (text) => reader.read(text), topicOf: (text) => categorise(model, text, 0), likeness };
}

/** The hash of what a network looks at: it belongs to these weights of the reader. */
export function nameOfTelling(reader: Reader): string {
  return createHash("sha256")
    .update(`${reader.hash} ${JSON.stringify(DEFAULT_CATALOGUE)}`)
    .digest("hex");
}

/**
 * Reads a network's file.
 * @throws Error where it is missing or corrupt
 */
export function readNetwork(file: URL | string): NetworkFile {
  try {
    return decodeNetwork(brotliDecompressSync(readFileSync(file)));
  } catch (error) {
    throw new Error(
      "The network by which matters are told apart cannot be read: install the service again, or run `liaison understand train`.",
      { cause: error },
    );
  }
}
