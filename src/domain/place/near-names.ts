import { soundsOf } from "../text/sounds.ts";
import { foldText, isCut, type NameHit, type NameIndex } from "./name-index.ts";

/** A name that stands in a text almost as the county knows it. */
export type NearName = {
  /** The place in the text, with the references of the known name. */
  readonly hit: NameHit;
  /** The name that the county knows, folded. */
  readonly known: string;
  /** It sounds the same and is long enough to be nothing else; otherwise it may only be offered. */
  readonly isSure: boolean;
};

/** A shorter name has too many neighbours: 南关 and 难关. */
const SHORTEST = 3;
/** From this length on a sign may be any other one, and two may be others that sound the same. */
const LONG = 4;
/** An atlas with more names than any county has would need as much memory again. */
const MOST_NAMES = 200_000;

/** Signs that tell two names apart: 柳东村 and 柳西村, 第二小学 and 第二中学. */
const TELLING = /[\d零一二三四五六七八九十东西南北中上下前后左右内外里新老大小高低甲乙丙丁a-z]/u;
/** Little words: whatever sounds like a name with one of them is a sentence. */
const LITTLE =
  /[的地得了着过是在不被把给有没就都也还又再我你您他她它们这那个和与跟去来到从向对为因所以要会能可说看走吗呢吧啊很太只才每]/u;
/** What names of places end in, and often get wrong. */
const ENDING = /(?:家园|花园|佳园|嘉园|公园|名苑|雅苑|花苑|新苑|小区|社区|公寓|新村|新城|山庄|广场|大厦|商城|市场)$/u;
const PLACE_SIGN = /[村镇乡庄屯寨街路巷桥园苑里城]$/u;

/**
 * The names near to what stands in a text, where it has no known name: those that sound the same but for a sign or two,
 * and long ones of which one sign is another.
 *
 * @param text normalised
 * @param hits names that were found; nothing near is looked for in them
 * @returns all names that are as near, for the longest stretch of text each
 */
export function nearNamesIn(index: NameIndex, text: string, hits: readonly NameHit[]): NearName[] {
  const near = nearIndexOf(index);
  if (near === null) return [];
  const said = foldText(text);
  const sounds = soundsOf(said.text);
  const found: NearName[] = [];
  for (let from = 0; from + SHORTEST <= said.text.length; from += 1) {
    for (const length of near.lengths) {
      const to = from + length;
      if (to > said.text.length || isCut(said, from) || isCut(said, to)) continue;
      const at = { from: said.from[from] ?? 0, to: said.to[to - 1] ?? text.length };
      if (hits.some((hit) => at.from < hit.to && hit.from < at.to)) continue;
      const written = said.text.slice(from, to);
      for (const known of near.bySound.get(sounds.slice(from, to)) ?? []) {
        if (soundsLike(written, known)) found.push(nearName(index, at, written, known, true));
      }
      if (length < LONG) continue;
      for (const known of halvesOf(written).flatMap((half) => near.byHalf.get(half) ?? [])) {
        if (looksLike(written, known)) found.push(nearName(index, at, written, known, false));
      }
    }
  }
  return nearest(found);
}

type NearIndex = {
  /** Lengths of the names, longest first. */
  readonly lengths: readonly number[];
  readonly bySound: ReadonlyMap<string, readonly string[]>;
  readonly byHalf: ReadonlyMap<string, readonly string[]>;
};

const built = new WeakMap<NameIndex, NearIndex | null>();

/** Most texts name their place as it is written: the index is built when one first does not. */
function nearIndexOf(index: NameIndex): NearIndex | null {
  const before = built.get(index);
  if (before !== undefined) return before;
  const result = index.refs.size > MOST_NAMES ? null : buildNearIndex(index);
  built.set(index, result);
  return result;
}

function buildNearIndex(index: NameIndex): NearIndex {
  const bySound = new Map<string, string[]>();
  const byHalf = new Map<string, string[]>();
  const lengths = new Set<number>();
  const add = (map: Map<string, string[]>, key: string, name: string) => {
    const names = map.get(key);
    if (names === undefined) map.set(key, [name]);
    else names.push(name);
  };
  for (const name of index.refs.keys()) {
    if (name.length < SHORTEST || /[a-z]/.test(name)) continue;
    lengths.add(name.length);
    add(bySound, soundsOf(name), name);
    if (name.length >= LONG) for (const half of halvesOf(name)) add(byHalf, half, name);
  }
  return { lengths: [...lengths].sort((a, b) => b - a), bySound, byHalf };
}

/** One wrong sign leaves one half of a name as it is. */
function halvesOf(name: string): [string, string] {
  const middle = Math.floor(name.length / 2);
  return [`${name.length}<${name.slice(0, middle)}`, `${name.length}>${name.slice(middle)}`];
}

function differences(written: string, known: string): number[] {
  return Array.from(written, (_, at) => at).filter((at) => written[at] !== known[at]);
}

function soundsLike(written: string, known: string): boolean {
  const wrong = differences(written, known);
  const most = known.length < LONG ? 1 : 2;
  return wrong.length > 0 && wrong.length <= most && !wrong.some((at) => LITTLE.test(written.charAt(at)));
}

function looksLike(written: string, known: string): boolean {
  const [at, another] = differences(written, known);
  if (at === undefined || another !== undefined) return false;
  const [wrong, right] = [written.charAt(at), known.charAt(at)];
  if (LITTLE.test(wrong) || (TELLING.test(wrong) && TELLING.test(right)) || /\d/.test(wrong + right)) return false;
  if (ENDING.test(written) && ENDING.test(known) && at >= known.length - 2) return true;
  return !isInWord(written, at);
}

const words = new Intl.Segmenter("zh", { granularity: "word" });

/**
 * Whether a sign belongs to a word of the language, and little else is left of the name: 居民小区 is not 惠民小区 written
 * wrongly.
 */
function isInWord(written: string, at: number): boolean {
  const segment = words.segment(written).containing(at)?.segment ?? "";
  return segment.length > 1 && written.length - segment.length < LONG;
}

function nearName(
  index: NameIndex,
  at: { readonly from: number; readonly to: number },
  written: string,
  known: string,
  sounds: boolean,
): NearName {
  const refs = index.refs.get(known) ?? [];
  const called = index.phased.get(known);
  const isLong = known.length >= LONG || PLACE_SIGN.test(known);
  return {
    hit: { name: written, refs: typeof refs === "number" ? [refs] : refs, ...at, ...(called && { called }) },
    known,
    isSure: sounds && isLong,
  };
}

/** Of stretches that overlap the longest, of as long ones those that sound the same. */
function nearest(found: readonly NearName[]): NearName[] {
  const rank = ({ hit, isSure }: NearName) => (hit.to - hit.from) * 2 + (isSure ? 1 : 0);
  const best: NearName[] = [];
  for (const one of found.toSorted((a, b) => rank(b) - rank(a))) {
    const overlapping = best.filter(({ hit }) => one.hit.from < hit.to && hit.from < one.hit.to);
    const isAsNear = overlapping.every(({ hit }) => hit.from === one.hit.from && hit.to === one.hit.to);
    if (!isAsNear || overlapping.some((other) => rank(other) > rank(one) || other.known === one.known)) continue;
    best.push(one);
  }
  return best.toSorted((a, b) => a.hit.from - b.hit.from);
}
