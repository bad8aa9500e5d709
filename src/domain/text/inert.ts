/** A joiner that letters of joining scripts or the parts of one emoji need; the first group, all others go. */
const JOINED = String.raw`[\p{Script=Arabic}\p{Script=Mongolian}\p{Script=Tibetan}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Syriac}\p{Script=Nko}\p{M}]`;
const KEPT = String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})|(?<=${JOINED})[\u200c\u200d](?=${JOINED})|(?<=\p{Script=Mongolian})\u180e(?=\p{Script=Mongolian})`;

const LINE_END = /\r\n|[\r\u0085\u2028\u2029]/g;
/** Blanks that are letters or signs by their category, and the tab. */
const HIDDEN_BLANK = /[\t\u115f\u1160\u2800\u3164\uffa0]/g;
const UNSEEN = new RegExp(`(${KEPT})|(?!\\n)[\\p{Cc}\\p{Cf}\\u034f]`, "gu");
const MARKS = /(\p{M}{8})\p{M}+/gu;
const TAG = /<(\s*[\p{L}/!?][^<>\n]*)>/gu;
const TAG_BEGINS = /<(?=\s*[\p{L}/!?])/gu;
const ENTITY = /&(?=#|[a-z]{2,8};)/gi;
/** What a tap would do something with, other than open a page. */
const SCHEME = /\b(?!https?:)([a-z][a-z0-9+.-]{1,30}):(?=\/\/)/gi;

/** Everything that the above look for; most texts have none of it. */
const SUSPECT =
  /(?!\n)[\p{Cc}\p{Cf}]|[\u034f\u115f\u1160\u2028\u2029\u2800\u3164\uffa0<]|\p{M}{9}|&(?:#|[a-z]{2,8};)|:\/\//iu;

/**
 * A text made inert on whatever screen shows it: no markup that a tap follows, no control, bidirectional or invisible
 * signs, no pile of accents that covers the next line.
 *
 * What people mean stays as they wrote it: "&", "<3", "3>2", emoji of several parts, joiners of Uyghur and Mongolian.
 * Only line ends are made alike; see `quote` for words that stand in another's text.
 */
export function inert(text: string): string {
  if (!SUSPECT.test(text)) return text.toWellFormed();
  return text
    .toWellFormed()
    .replace(LINE_END, "\n")
    .replace(HIDDEN_BLANK, " ")
    .replace(UNSEEN, (_unseen, kept: string | undefined) => kept ?? "")
    .replace(MARKS, "$1")
    .replace(TAG, "＜$1＞")
    .replace(TAG_BEGINS, "＜")
    .replace(ENTITY, "＆")
    .replace(SCHEME, "$1：");
}

/** An inert text on one line, with single blanks. */
export function inertLine(text: string): string {
  return inert(text).replace(/\s+/g, " ").trim();
}
