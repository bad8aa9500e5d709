import { SignTable } from "./sign-table.ts";

/** A thing with a pattern that is looked for in texts; for all but replacing, its flags g and y do not count. */
export type WithPattern = { readonly pattern: RegExp };

/**
 * What a list needs for its work, made when it is first asked, for it takes some milliseconds: the table of signs, the patterns as they
 * are tried (at one place; those that may begin with any sign over the whole text), and room for rows of that table.
 */
type Tools = {
  readonly table: SignTable;
  readonly tried: readonly RegExp[];
  readonly ready: Int32Array;
  readonly here: Int32Array;
  readonly found: Int32Array;
};

/**
 * A list of things with a pattern each, which tells in one pass over a text which of the patterns match in it: each is tried only
 * where a match of it can begin, for most match in few texts.
 */
export class PatternList<T extends WithPattern> {
  readonly #all: readonly T[];
  #tools: Tools | null = null;

  constructor(all: readonly T[]) {
    this.#all = all;
  }

  /** Those whose pattern may match in a text, in their order; the others do not. */
  possibleIn(text: string): T[] {
    return this.#listed(this.#possible(text));
  }

  /** A text with other words in place of the matches of each, one after the other; their patterns are global. */
  replaceAll(text: string, by: (one: T) => string): string {
    let rest = text;
    let found = this.#possible(rest);
    for (let index = nextIn(found, 0); index >= 0; index = nextIn(found, index + 1)) {
      const one = this.#all[index] as T;
      const replaced = rest.replaceAll(one.pattern, () => by(one));
      // What was replaced may make other matches than there were before.
      if (replaced !== rest) found = this.#possible(replaced);
      rest = replaced;
    }
    return rest;
  }

  /** Those whose pattern matches in a text, in their order. */
  matchingIn(text: string): T[] {
    this.#match(text, false);
    return this.#listed(this.#opened().found);
  }

  /** Whether a pattern of the list matches in a text. */
  matchesIn(text: string): boolean {
    return this.#match(text, true);
  }

  /** The row of those that may match in a text. */
  #possible(text: string): Int32Array {
    const { table, ready, found } = this.#opened();
    table.readyIn(text, ready);
    table.beginningIn(text, found);
    for (let word = 0; word < found.length; word += 1) found[word] = (found[word] ?? 0) & (ready[word] ?? 0);
    return found;
  }

  /** Finds the patterns that match, or whether one does. */
  #match(text: string, isOneEnough: boolean): boolean {
    const { table, tried, ready, here, found } = this.#opened();
    found.fill(0);
    table.readyIn(text, ready);
    let isAny = false;
    for (const index of table.unknown) {
      if (((ready[index >>> 5] ?? 0) & (1 << index)) === 0 || tried[index]?.test(text) !== true) continue;
      if (isOneEnough) return true;
      isAny = true;
      table.add(found, 0, index);
    }
    for (let at = 0; at < text.length; at += 1) {
      if (!table.beginningAt(text, at, here)) continue;
      for (let word = 0; word < here.length; word += 1) {
        let bits = (here[word] ?? 0) & (ready[word] ?? 0) & ~(found[word] ?? 0);
        for (; bits !== 0; bits &= bits - 1) {
          const index = word * 32 + lowest(bits);
          const pattern = tried[index] as RegExp;
          pattern.lastIndex = at;
          if (!pattern.test(text)) continue;
          if (isOneEnough) return true;
          isAny = true;
          table.add(found, 0, index);
        }
      }
    }
    return isAny;
  }

  #listed(found: Int32Array): T[] {
    const listed: T[] = [];
    for (let index = nextIn(found, 0); index >= 0; index = nextIn(found, index + 1)) {
      const one = this.#all[index];
      if (one !== undefined) listed.push(one);
    }
    return listed;
  }

  #opened(): Tools {
    this.#tools ??= toolsOf(this.#all.map(({ pattern }) => pattern));
    return this.#tools;
  }
}

function toolsOf(patterns: readonly RegExp[]): Tools {
  const table = new SignTable(patterns);
  const tried = patterns.map(({ source, flags }, index) => {
    const others = flags.replace(/[gy]/g, "");
    return new RegExp(source, table.unknown.includes(index) ? others : `${others}y`);
  });
  const row = () => new Int32Array(table.words);
  return { table, tried, ready: row(), here: row(), found: row() };
}

/** The place of the first pattern of a row from `from` on; -1 where there is none. */
function nextIn(row: Int32Array, from: number): number {
  for (let word = from >>> 5; word < row.length; word += 1) {
    const bits = word === from >>> 5 ? (row[word] ?? 0) & (-1 << from) : (row[word] ?? 0);
    if (bits !== 0) return word * 32 + lowest(bits);
  }
  return -1;
}

/** The place of the lowest bit that is set. */
function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** A list of patterns and nothing else. */
export function listOf(patterns: readonly RegExp[]): PatternList<WithPattern> {
  return new PatternList(patterns.map((pattern) => ({ pattern })));
}
