/** A place in a text where another matter may begin: what follows begins at `at`, what stands before ends at `end`. */
export type Boundary = { readonly end: number; readonly at: number };

const APART = /[\s\p{P}\p{S}]+/gu;
/** Words with which people go on where they write no sign: another matter may begin before each, and mostly none does. */
const GOES_ON =
  /另外|还有|还想|还要|再就是|再一个|再有|再说|再问|再者|顺便|顺带|然后|对了|哦|此外|同时|以及|而且|一个是|一件|一样|[一二三]是|[一二三]来|第[一二三四五]|其[一二三]|先说|又|想问|请问|问一?下|also|and|another|by the way/giu;
/** Runs of words without a sign are looked into from this length on, and a part of them is at least so long. */
const LONGEST_RUN = 12;
const SHORTEST = 4;
/** A text has no more of them: what stands behind belongs to the last. */
const MOST = 40;

/** The places of a text where another matter may begin, in order: after signs and blanks, and before words that go on. */
export function boundariesIn(text: string): Boundary[] {
  const found: Boundary[] = [];
  let from = 0;
  for (const apart of [...text.matchAll(APART), null]) {
    const end = apart?.index ?? text.length;
    const at = apart === null ? text.length : end + apart[0].length;
    if (end - from >= LONGEST_RUN) found.push(...within(text, from, end));
    if (end > 0 && at < text.length && !isNumber(text, end, at)) found.push({ end, at });
    from = at;
  }
  return found.slice(0, MOST);
}

function within(text: string, from: number, end: number): Boundary[] {
  const found: Boundary[] = [];
  let last = from;
  for (const { index } of text.slice(from, end).matchAll(GOES_ON)) {
    const at = from + index;
    if (at - last < SHORTEST || end - at < SHORTEST) continue;
    found.push({ end: at, at });
    last = at;
  }
  return found;
}

/** A sign between digits divides nothing: 3.5, 8:30, 2026-11-30. */
function isNumber(text: string, end: number, at: number): boolean {
  return at - end === 1 && /[.:：/~-]/.test(text[end] ?? "") && isDigit(text[end - 1]) && isDigit(text[at]);
}

function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && sign >= "0" && sign <= "9";
}
