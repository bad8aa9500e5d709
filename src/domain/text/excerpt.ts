/**
 * The first characters of a text for lists and notices, on one line.
 *
 * @param length in characters as people see them, at least 2; a longer text ends in …
 */
export function excerpt(text: string, length: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (line.length <= length) return line;
  // Only as much of a long text is cut up as is shown.
  let count = 0;
  let end = 0;
  for (const { index } of GRAPHEMES.segment(line)) {
    if (count === length - 1) end = index;
    if (count === length) return `${line.slice(0, end)}…`;
    count += 1;
  }
  return line;
}

const GRAPHEMES = new Intl.Segmenter("zh-CN", { granularity: "grapheme" });
