import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Jieba } from "@node-rs/jieba";
import { DEFAULT_CATALOGUE } from "../../domain/categories/catalogue.ts";
import type { Segment } from "../../domain/categories/model.ts";

/** Higher than any frequency of the dictionary that could split a word of the catalogue. */
const FREQUENCY = 20_000;

/**
 * Creates a word segmenter for Chinese, over jieba, whose dictionary is read when a process first needs it, once (0.2
 * s).
 *
 * It knows the words of the default catalogue. Those that a county adds are found in its texts without it, so that no
 * county's words change how another's are cut.
 */
export function createSegment(): Segment {
  let jieba: Jieba | null = null;
  return (text) => {
    jieba ??= openDictionary();
    return jieba.cutForSearch(text, true);
  };
}

function openDictionary(): Jieba {
  const jieba = Jieba.withDict(readFileSync(createRequire(import.meta.url).resolve("@node-rs/jieba/dict.txt")));
  const words = new Set(DEFAULT_CATALOGUE.flatMap((topic) => topic.words).filter((word) => word.length > 1));
  jieba.loadDict(Buffer.from([...words].map((word) => `${word.toLowerCase()} ${FREQUENCY} n\n`).join("")));
  return jieba;
}
