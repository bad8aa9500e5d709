import type { Condition } from "./condition.ts";
import { ruleText } from "./condition.ts";

/** A part of a text, from its first sign to behind its last, as positions in the text. */
export type Span = readonly [from: number, to: number];

/** The words that a condition looks for, whether it wants them or not. */
export function wordsOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "says":
      return [condition.word];
    case "all":
    case "any":
      return condition.of.flatMap(wordsOf);
    case "not":
      return wordsOf(condition.of);
    default:
      return [];
  }
}

/**
 * The parts of a text as it was written that rules take for one of these words, first to last, none over another.
 *
 * Rules look at a text that was made half width, simplified and small; each sign of it is followed back to the sign it came from. A
 * text in which that cannot be done, for signs that stand together became one, has no parts.
 */
export function spansOf(text: string, words: readonly string[]): Span[] {
  let [folded, isSpace] = ["", true];
  const origins: Span[] = [];
  let at = 0;
  for (const sign of text) {
    const end = at + sign.length;
    // White space is folded to single blanks, and is none at both ends.
    const plain = /^[\s\p{Cc}]$/u.test(sign.normalize("NFKC")) ? " " : ruleText(sign);
    if (plain !== " " || !isSpace) {
      for (let unit = 0; unit < plain.length; unit += 1) origins.push([at, end]);
      folded += plain;
    }
    if (plain !== "") isSpace = plain === " ";
    at = end;
  }
  if (folded.trimEnd() !== ruleText(text)) return [];
  const found = words.flatMap((word) => placesOf(folded, word)).sort(([a], [b]) => a - b);
  const spans: [number, number][] = [];
  for (const [from, to] of found) {
    const [begin, end] = [origins[from]?.[0] ?? 0, origins[to - 1]?.[1] ?? 0];
    const last = spans.at(-1);
    if (last !== undefined && begin <= last[1]) last[1] = Math.max(last[1], end);
    else spans.push([begin, end]);
  }
  return spans;
}

function placesOf(text: string, word: string): Span[] {
  const places: Span[] = [];
  if (word === "") return places;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
    places.push([at, at + word.length]);
  return places;
}
