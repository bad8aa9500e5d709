const graphemes = new Intl.Segmenter("zh", { granularity: "grapheme" });

const SENTENCE_END = /[。！？!?\n]["'”’」』）)]*$/;
const CLOSING_MARK = /^[。！？!?'"”’」』）)]$/;
const COMMA = /[，,、；;]$/;
const SPACE = /\s$/;

/**
 * Cuts a text into pieces of at most `maxBytes` of UTF-8: at sentence ends, else after commas, else after spaces, else
 * anywhere but inside a grapheme.
 *
 * Each piece costs a message of the window, so a break in the first third of what fits is passed over for a later one
 * of the next kind. The pieces joined are the text; an empty text has none.
 * @param maxBytes at least 4, the longest character
 */
export function splitText(text: string, maxBytes: number): string[] {
  if (text !== "" && Buffer.byteLength(text) <= maxBytes) return [text.toWellFormed()];
  const pieces: string[] = [];
  let open: string[] = [];
  let openBytes = 0;
  for (const unit of unitsOf(text, maxBytes)) {
    const bytes = Buffer.byteLength(unit);
    while (openBytes + bytes > maxBytes) {
      const end = breakOf(open, unit, openBytes);
      pieces.push(open.slice(0, end).join(""));
      open = open.slice(end);
      openBytes = Buffer.byteLength(open.join(""));
    }
    open.push(unit);
    openBytes += bytes;
  }
  return open.length === 0 ? pieces : [...pieces, open.join("")];
}

/** The first `max` UTF-16 units of a text, ending in `…` where something was left out; never half a grapheme. */
export function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${headOf(text, max - 1)}…`;
}

/** The longest beginning of a text that fits `max` UTF-16 units without cutting a grapheme. */
export function headOf(text: string, max: number): string {
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Graphemes; one that alone is longer than a piece (a letter under a thousand accents) by its code points. */
function unitsOf(text: string, maxBytes: number): string[] {
  return [...graphemes.segment(text.toWellFormed())].flatMap(({ segment }) =>
    Buffer.byteLength(segment) > maxBytes ? [...segment] : [segment],
  );
}

function breakOf(units: readonly string[], next: string, bytes: number): number {
  for (const kind of [SENTENCE_END, COMMA, SPACE]) {
    const end = lastBreak(units, next, kind);
    if (end !== null && Buffer.byteLength(units.slice(0, end).join("")) >= bytes / 3) return end;
  }
  return units.length;
}

/** Where the last break of a kind is; not before a mark that belongs to the sentence, as in "？！" or "。”". */
function lastBreak(units: readonly string[], next: string, kind: RegExp): number | null {
  for (let end = units.length; end > 0; end -= 1) {
    const tail = units.slice(Math.max(0, end - 4), end).join("");
    if (kind.test(tail) && !CLOSING_MARK.test(units[end] ?? next)) return end;
  }
  return null;
}
