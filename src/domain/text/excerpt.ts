/**
 * The first characters of a text for lists and notices, on one line.
 *
 * @param length in characters as people see them, at least 2; a longer text ends in …
 */
export function excerpt(text: string, length: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (line.length <= length) return line;
  const seen = Array.from(GRAPHEMES.segment(line), (one) => one.segment);
  return seen.length <= length ? line : `${seen.slice(0, length - 1).join("")}…`;
}

const GRAPHEMES = new Intl.Segmenter("zh-CN", { granularity: "grapheme" });
