const graphemes = new Intl.Segmenter("zh", { granularity: "grapheme" });

const SENTENCE_END = /[。！？!?\n]["'”’」』）)]*$/;
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
  const pieces: string[] = [];
  let open: string[] = [];
  let openBytes = 0;
  for (const unit of unitsOf(text, maxBytes)) {
    const bytes = Buffer.byteLength(unit);
    while (openBytes + bytes > maxBytes) {
      const end = breakOf(open, openBytes);
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

/** As much of a text as fits `max` UTF-16 units without cutting a grapheme. */
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

function breakOf(units: readonly string[], bytes: number): number {
  for (const kind of [SENTENCE_END, COMMA, SPACE]) {
    const end = lastBreak(units, kind, bytes / 3);
    if (end !== null) return end;
  }
  return units.length;
}

function lastBreak(units: readonly string[], kind: RegExp, leastBytes: number): number | null {
  for (let end = units.length; end > 0; end -= 1) {
    const tail = units.slice(Math.max(0, end - 4), end).join("");
    if (!kind.test(tail) || continuesAfter(units, end)) continue;
    return Buffer.byteLength(units.slice(0, end).join("")) < leastBytes ? null : end;
  }
  return null;
}

/** Whether a sentence's closing marks go on at `end`, so that a cut there would part "？！" or "。”". */
function continuesAfter(units: readonly string[], end: number): boolean {
  const next = units[end];
  return next !== undefined && /^[。！？!?"'”’」』）)]$/.test(next);
}
