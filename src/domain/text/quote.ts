import { excerpt } from "./excerpt.ts";
import { inert } from "./inert.ts";
import { mask } from "./mask.ts";

declare const IS_QUOTED: unique symbol;
declare const IS_MASKED: unique symbol;

/**
 * The words of one person as they stand in a text for another: inert, and each line marked as theirs.
 *
 * Sentences take people's words in no other form, so that words which nobody quoted do not compile.
 */
export type Quoted = string & { readonly [IS_QUOTED]: true };

/** A resident's words as a deputy may read them: masked, then quoted. */
export type MaskedQuote = Quoted & { readonly [IS_MASKED]: true };

const OPENS = "「";
const CLOSES = "」";
const INNER: Readonly<Record<string, string>> = { "「": "『", "」": "』", "｢": "『", "｣": "』" };

/**
 * Quotes words: 「路灯坏了」.
 *
 * Every further line opens a quotation again, as printers do, so that no line of theirs can pass for one of the
 * service's; marks of the same kind inside become 『』. Empty lines and runs of blanks are removed.
 *
 * @returns nothing where nothing can be read
 */
export function quote(words: string): Quoted {
  const lines = inert(words)
    .replace(/[「」｢｣]/g, (mark) => INNER[mark] ?? mark)
    .split("\n")
    .map((line) => line.replace(/\s{2,}/g, " ").trim())
    .filter((line) => line !== "");
  return marked(lines) as Quoted;
}

/** Quotes a resident's words for a deputy. */
export function quoteMasked(words: string): MaskedQuote {
  return quote(mask(words)) as MaskedQuote;
}

/**
 * The beginning of quoted words, on one line.
 *
 * @param length of the words, in characters as people see them, at least 2; longer ones end in …
 */
export function quotedExcerpt<Q extends Quoted>(quoted: Q, length: number): Q {
  const words = quoted.replace(/[「」]/g, "");
  return marked(words === "" ? [] : [excerpt(words, length)]) as Q;
}

function marked(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${lines.map((line) => `${OPENS}${line}`).join("\n")}${CLOSES}`;
}
