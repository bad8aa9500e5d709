/** Words that quote others: what is quoted, null where that cannot be told, and what is said about it. */
type Quoting = { readonly quoted: string | null; readonly text: string };

/** A quote as puppets write it: who said what, a line of dashes, and the answer (protocols-more.md 3). */
const QUOTE = /^「[^：\n]{0,60}：([\s\S]*?)」\n(?:- ?){5,}\n([\s\S]*)$/;
/** A quote of a quote holds the platform's markup on some puppets: nobody knows what was quoted. */
const MARKUP = /<\/?(?:msg|appmsg|refermsg|\?xml)\b/i;

/** Words apart from what they quote; the platform gives no id of it. */
export function quotingIn(words: string): Quoting {
  const [, quoted, text] = QUOTE.exec(words) ?? [];
  if (quoted === undefined || text === undefined) return { quoted: null, text: words };
  return { quoted: MARKUP.test(quoted) || quoted.trim() === "" ? null : quoted, text };
}
