/** A known name found in a text, folded, with all references it was added with. */
export type NameHit = { readonly name: string; readonly refs: readonly number[] };

/**
 * An index of names that finds all of them in a text in one pass.
 *
 * One hash table and the lengths of the names per first character: a million names take a tenth of the memory of an
 * automaton, and a text is read as fast, because few characters of a text begin a name.
 */
export type NameIndex = {
  readonly refs: ReadonlyMap<string, number | readonly number[]>;
  /** Lengths of the names that begin with this UTF-16 unit, longest first. */
  readonly lengths: ReadonlyMap<number, readonly number[]>;
};

/** A builder of a {@link NameIndex}. A name of one character, or of numerals alone, says too little and is left out. */
export type NameIndexBuilder = { add(name: string, ref: number): void; finish(): NameIndex };

const NUMERALS_ONLY = /^[\p{N}〇零一二三四五六七八九十百千第-]+$/u;
const UPPER_CASE = /\p{Changes_When_Lowercased}/u;
const WHITESPACE_OR_INVISIBLE = /[\s\p{Cf}]+/gu;

/** An empty builder. The same name may be added with many references. */
export function nameIndexBuilder(): NameIndexBuilder {
  const refs = new Map<string, number | number[]>();
  const lengths = new Map<number, number[]>();
  return {
    add(name, ref) {
      const key = foldName(name);
      if (key.length < 2 || NUMERALS_ONLY.test(key)) return;
      const known = refs.get(key);
      if (known === undefined) {
        refs.set(key, ref);
        noteLength(lengths, key);
      } else if (typeof known === "number") {
        if (known !== ref) refs.set(key, [known, ref]);
      } else if (known.at(-1) !== ref) {
        known.push(ref);
      }
    },
    finish: () => ({ refs, lengths }),
  };
}

/** A name as it is compared: compatibility forms made one (full width, ligatures), lower case, without spaces. */
export function foldName(name: string): string {
  const folded = name.normalize("NFKC").replace(WHITESPACE_OR_INVISIBLE, "");
  // toLowerCase always makes a new string; a name without capitals is better shared with the one the atlas keeps.
  return UPPER_CASE.test(folded) ? folded.toLowerCase() : folded;
}

/**
 * The names in a text, in the order in which they stand there.
 *
 * Where names begin together the longest counts, and a name inside a longer one does not count. Spaces do not matter,
 * except that a latin word or a number is never cut: `三组` does not stand in `十三组`, nor `G1` in `G12`.
 */
export function placeNamesIn(index: NameIndex, text: string): NameHit[] {
  const folded = foldText(text);
  const hits: NameHit[] = [];
  let covered = 0;
  for (let start = 0; start < folded.text.length; start++) {
    for (const length of index.lengths.get(folded.text.charCodeAt(start)) ?? []) {
      const end = start + length;
      if (end <= covered || end > folded.text.length) continue;
      const name = folded.text.slice(start, end);
      const refs = index.refs.get(name);
      if (refs === undefined || isCut(folded, start) || isCut(folded, end)) continue;
      hits.push({ name, refs: typeof refs === "number" ? [refs] : refs });
      covered = end;
      break;
    }
  }
  return hits;
}

type FoldedText = { readonly text: string; readonly gaps: ReadonlySet<number> };

function foldText(text: string): FoldedText {
  const gaps = new Set<number>();
  let folded = "";
  for (const word of text.normalize("NFKC").toLowerCase().split(WHITESPACE_OR_INVISIBLE)) {
    gaps.add(folded.length);
    folded += word;
  }
  return { text: folded, gaps };
}

/** Whether a name that begins or ends here would cut a latin word or a number in two. */
function isCut({ text, gaps }: FoldedText, at: number): boolean {
  if (at === 0 || at === text.length || gaps.has(at)) return false;
  const before = scriptOf(text.charAt(at - 1));
  return before !== "other" && before === scriptOf(text.charAt(at));
}

function scriptOf(character: string): "latin" | "numeral" | "other" {
  if (/[a-z]/.test(character)) return "latin";
  return /[0-9〇零一二三四五六七八九十百千]/.test(character) ? "numeral" : "other";
}

function noteLength(lengths: Map<number, number[]>, key: string): void {
  const first = key.charCodeAt(0);
  const known = lengths.get(first);
  if (known === undefined) lengths.set(first, [key.length]);
  else if (!known.includes(key.length)) {
    known.push(key.length);
    known.sort((a, b) => b - a);
  }
}
