import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { UNITS } from "./units.ts";

/** The signs with which every match of a pattern begins: its first UTF-16 unit, and the second where that is known. */
export type Openings = {
  /** Units that a match may begin with, whatever follows. */
  readonly alone: ReadonlySet<number>;
  /** Two units that a match may begin with, as {@link pairOf} writes them. */
  readonly pairs: ReadonlySet<number>;
};

/** Writes two units in one number. */
export function pairOf(first: number, second: number): number {
  return first * UNITS + second;
}

/** Units that one piece of a pattern takes, null for any. */
type Units = readonly number[] | null;
/** What is still to come of a pattern; `since` of a repeated piece is what was taken before it came the last time. */
type Rest = { readonly element: AST.Element; readonly since?: Units | undefined; readonly rest: Rest } | null;

/** Ranges of more units than this are any unit. */
const MOST_UNITS = 64;
const DIGITS = Array.from("0123456789", (digit) => digit.charCodeAt(0));
/** Patterns that may begin in more ways than this are not followed to the end. */
const MOST_STEPS = 200_000;

/** The signs that a text must have for a pattern to match in it: it may match then, and need not. */
export type Signs = {
  /** Null where a match may begin with any sign, with none, or where that is not known. */
  readonly openings: Openings | null;
  /** Units of which every match has one at least, behind its beginning if it can; null where they are not known. */
  readonly needs: ReadonlySet<number> | null;
};

/** The signs that a text must have for a pattern to match in it; what stands around a match is not looked at. */
export function signsOf({ source, unicode, ignoreCase, unicodeSets }: RegExp): Signs {
  if (ignoreCase || unicodeSets) return { openings: null, needs: null };
  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, { unicode });
  const needs = neededBy(alternatives, true);
  return { openings: openingsOf(alternatives), needs: needs === null ? null : new Set(needs) };
}

function openingsOf(alternatives: readonly AST.Alternative[]): Openings | null {
  const alone = new Set<number>();
  const pairs = new Set<number>();
  let isKnown = true;
  let steps = 0;

  const ends = (first: Units | undefined, second: Units): void => {
    if (first === undefined || first === null) isKnown = false;
    else if (second === null) for (const one of first) alone.add(one);
    else for (const one of first) for (const other of second) pairs.add(pairOf(one, other));
  };
  const takes = (units: Units, first: Units | undefined, rest: Rest): void => {
    if (first !== undefined) ends(first, units);
    else if (units === null) isKnown = false;
    else goesOn(rest, units);
  };
  const repeats = (element: AST.Quantifier, rest: NonNullable<Rest>, first: Units | undefined): void => {
    const isAgain = "since" in rest;
    if (element.min === 0 || isAgain) goesOn(rest.rest, first);
    // A piece that took nothing since it came begins with nothing new.
    if (element.max === 0 || (isAgain && rest.since === first)) return;
    const after = element.max === 1 ? rest.rest : { element, since: first, rest: rest.rest };
    goesOn({ element: element.element, rest: after }, first);
  };
  const goesOn = (rest: Rest, first: Units | undefined): void => {
    steps += 1;
    if (steps > MOST_STEPS) isKnown = false;
    if (!isKnown) return;
    if (rest === null) {
      ends(first, null);
      return;
    }
    const { element } = rest;
    if (element.type === "Assertion") goesOn(rest.rest, first);
    else if (element.type === "Group" || element.type === "CapturingGroup")
      for (const { elements } of element.alternatives) goesOn(before(elements, rest.rest), first);
    else if (element.type === "Quantifier") repeats(element, rest, first);
    else if (element.type === "Character" && element.value >= UNITS && first === undefined) {
      const [lead = 0, trail = 0] = unitsOf(element.value);
      ends([lead], [trail]);
    } else
      takes(element.type === "Character" ? unitsOf(element.value).slice(0, 1) : classOf(element), first, rest.rest);
  };
  for (const { elements } of alternatives) goesOn(before(elements, null), undefined);
  return isKnown ? { alone, pairs } : null;
}

/** The units of the piece with the fewest, of all that a match must have. */
function neededBy(alternatives: readonly AST.Alternative[], isBehindBeginning: boolean): Units {
  const all = alternatives.map(({ elements }): Units => {
    const known = elements.map(neededOf).filter((units) => units !== null);
    const [first, ...others] = known;
    const some = isBehindBeginning && others.length > 0 ? others : known;
    return first === undefined ? null : some.reduce((least, one) => (one.length < least.length ? one : least));
  });
  return all.includes(null) ? null : all.flatMap((units) => units ?? []);
}

function neededOf(element: AST.Element): Units {
  switch (element.type) {
    case "Group":
    case "CapturingGroup":
      return neededBy(element.alternatives, false);
    case "Quantifier":
      return element.min === 0 ? null : neededOf(element.element);
    case "Character":
      return unitsOf(element.value).slice(0, 1);
    default:
      return classOf(element);
  }
}

function before(elements: readonly AST.Element[], rest: Rest): Rest {
  return elements.reduceRight<Rest>((after, element) => ({ element, rest: after }), rest);
}

function unitsOf(codePoint: number): number[] {
  const sign = String.fromCodePoint(codePoint);
  return Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at));
}

/** The units of a class of signs; null where there are many, or signs of two units. */
function classOf(element: AST.Element | AST.CharacterClassElement): Units {
  switch (element.type) {
    case "Character":
      return element.value < UNITS ? [element.value] : null;
    case "CharacterClassRange": {
      const { min, max } = element;
      if (max.value >= UNITS || max.value - min.value >= MOST_UNITS) return null;
      return Array.from({ length: max.value - min.value + 1 }, (_, index) => min.value + index);
    }
    case "CharacterSet":
      return element.kind === "digit" && !element.negate ? DIGITS : null;
    case "CharacterClass": {
      const parts = element.negate ? [null] : element.elements.map(classOf);
      return parts.includes(null) ? null : parts.flatMap((units) => units ?? []);
    }
    default:
      return null;
  }
}
