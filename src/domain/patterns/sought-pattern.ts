import { signsOf } from "./openings.ts";
import { PairTable } from "./pair-table.ts";
import { MOST_NUMBERS, numberUnit, unitNumber } from "./units.ts";

/** What a sign can begin: nothing, a match whatever follows, a match with some signs behind it. */
const NOTHING = 0;
const ALONE = 1;
const PAIRED = 2;

/**
 * A pattern that is tried only where a match of it can begin: one of many words is tried at each sign of a text otherwise, with all
 * its words.
 */
export class SoughtPattern {
  readonly #pattern: RegExp;
  #tools: Tools | null = null;

  /** @param pattern its flags g and y do not count */
  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  /** The matches in a text, as those of a global pattern. */
  matchAll(text: string): RegExpExecArray[] {
    const found: RegExpExecArray[] = [];
    const tools = this.#opened();
    const { here } = tools;
    for (let at = nextIn(tools, text, 0); at < text.length; at = nextIn(tools, text, at)) {
      here.lastIndex = at;
      const match = here.exec(text);
      if (match !== null) found.push(match);
      at = match === null ? at + 1 : here.lastIndex;
    }
    return found;
  }

  /** A text with other words in place of each match. */
  replaceAll(text: string, by: string): string {
    const tools = this.#opened();
    const { here } = tools;
    let result = "";
    let done = 0;
    for (let at = nextIn(tools, text, 0); at < text.length; at = nextIn(tools, text, at)) {
      here.lastIndex = at;
      if (here.test(text)) {
        result += text.slice(done, at) + by;
        done = here.lastIndex;
        at = done;
      } else at += 1;
    }
    return done === 0 ? text : result + text.slice(done);
  }

  #opened(): Tools {
    this.#tools ??= toolsOf(this.#pattern);
    return this.#tools;
  }
}

/** The pattern as it is tried at one place, and where that is; made when it is first asked for. */
type Tools = { readonly here: RegExp; readonly firsts: Uint8Array; readonly pairs: PairTable };

/** @throws Error where a match may begin with any sign: nothing is gained by looking for it so */
function toolsOf({ source, flags }: RegExp): Tools {
  const here = new RegExp(source, `${flags.replace(/[gy]/g, "")}y`);
  const { openings } = signsOf(here);
  if (openings === null) throw new Error(`a match of this pattern may begin with any sign: ${source}`);
  const firsts = new Uint8Array(MOST_NUMBERS);
  for (const pair of openings.pairs) firsts[numberUnit(pair >>> 16)] = PAIRED;
  for (const unit of openings.alone) firsts[numberUnit(unit)] = ALONE;
  return { here, firsts, pairs: new PairTable(openings.pairs) };
}

/** The next place from `at` on where a match can begin; the length of the text where there is none. */
function nextIn({ firsts, pairs }: Tools, text: string, at: number): number {
  const last = text.length - 1;
  for (let next = at; next <= last; next += 1) {
    const unit = text.charCodeAt(next);
    const kind = firsts[unitNumber(unit)];
    if (kind === NOTHING) continue;
    if (kind === ALONE || (next < last && pairs.numberOf(unit, text.charCodeAt(next + 1)) !== 0)) return next;
  }
  return text.length;
}
