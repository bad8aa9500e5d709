import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import {
  matterReaderOf,
  NETWORK_FILE,
  nameOfTelling,
  readNetwork,
  tellingWith,
} from "../../casework/runtime/open-matters.ts";
import { readerOf, readWeights, WEIGHTS_FILE } from "../../casework/runtime/open-reader.ts";
import { type MatterReader, mattersIn } from "../../domain/matters/matters.ts";
import { encodeNetwork } from "../../domain/matters/network-file.ts";
import { type MatterRow, readMatterRow } from "../../domain/matters/training/corpus.ts";
import { fitMatters } from "../../domain/matters/training/fit-matters.ts";
import type { Corpus } from "./corpus-folder.ts";

/** The messages of which it is known which matters they have. */
const MATTERS = fileURLToPath(new URL("../../../test/matters/corpus", import.meta.url));

/** Trains the network that tells matters apart on the corpus that ships with the service, and writes its file. @returns what it made, in a line */
export async function trainMatters(corpus: Corpus): Promise<string> {
  const { rows, hash } = await readMatters(corpus);
  const reader = readerOf(readWeights(WEIGHTS_FILE));
  const { network, likeness, thresholds } = fitMatters(corpus.rows, rows, (known) => tellingWith(reader, known));
  const about = { corpus: hash, telling: nameOfTelling(reader), thresholds };
  const bytes = brotliCompressSync(encodeNetwork(network, likeness, about), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 },
  });
  await writeFile(NETWORK_FILE, bytes);
  return `${rows.length} messages of several matters or one, ${Math.round(bytes.length / 1024)} KB`;
}

/** Tells why the network does not belong to this corpus or to the reader that ships with the service; null where it does. */
export async function faultOfMatters(corpus: Corpus): Promise<string | null> {
  const [{ hash }, { header }] = [await readMatters(corpus), readNetwork(NETWORK_FILE)];
  if (header.corpus !== hash)
    return "The network of matters was trained on other messages: run `liaison understand train-matters`.";
  const telling = nameOfTelling(readerOf(readWeights(WEIGHTS_FILE)));
  return header.telling === telling
    ? null
    : "The network of matters belongs to other weights or topics: run `liaison understand train-matters`.";
}

/** Tells how well matters are told apart, of each split that nothing was learned from. */
export async function reportMatters(corpus: Corpus): Promise<string[]> {
  const { rows } = await readMatters(corpus);
  const reader = matterReaderOf(readNetwork(NETWORK_FILE));
  const sentences = corpus.rows.map(({ text, marks, split }) => ({
    ...{ text, split },
    cuts: marks.includes("several-matters") ? null : [],
  }));
  return (["dev", "test"] as const).flatMap((split) => [
    `matters, ${split}, messages: ${countOf(
      rows.filter((row) => row.split === split),
      reader,
    )}`,
    `matters, ${split}, sentences: ${countOf(
      sentences.filter((row) => row.split === split),
      reader,
    )}`,
  ]);
}

function countOf(rows: readonly Pick<MatterRow, "text" | "cuts">[], reader: MatterReader): string {
  const parts = rows.map(({ text, cuts }) => ({
    isOne: cuts?.length === 0,
    found: mattersIn(text, reader).parts.length,
  }));
  const [one, several] = [parts.filter(({ isOne }) => isOne), parts.filter(({ isOne }) => !isOne)];
  const cut = one.filter(({ found }) => found > 1).length;
  const found = several.filter((row) => row.found > 1).length;
  return `${found} of ${several.length} with several found, ${cut} of ${one.length} with one cut`;
}

async function readMatters(corpus: Corpus): Promise<{ readonly rows: readonly MatterRow[]; readonly hash: string }> {
  const names = (await readdir(MATTERS)).filter((name) => name.endsWith(".jsonl")).sort();
  const hash = createHash("sha256").update(corpus.hash);
  const rows: MatterRow[] = [];
  for (const name of names) {
    const text = await readFile(join(MATTERS, name), "utf8");
    hash.update(`${name}\n${text}`);
    for (const line of text.split("\n")) if (line !== "") rows.push(readMatterRow(line));
  }
  return { rows, hash: hash.digest("hex") };
}
