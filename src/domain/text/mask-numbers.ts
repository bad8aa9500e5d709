import { type DigitGroup, digitGroups, isOldId, isPlausibleId, passesLuhn } from "./digits.ts";
import { type Folded, hide, type Span, withDigits } from "./folded.ts";

/** How many digits at the beginning and at the end stay readable, so that its owner knows which number is meant. */
type Kept = readonly [number, number];

/** Some groups of digits read as one number. */
type Number = {
  readonly digits: string;
  readonly real: number;
  readonly groups: readonly DigitGroup[];
  /** A capital X may stand behind an ID number. */
  readonly hasX: boolean;
  readonly isAbroad: boolean;
};

/** Without a label: an area code of three and a number of seven. */
const SHORTEST = 10;
const LONGEST = 21;

type Kind = (number: Number) => Kept | null;

/**
 * Hides numbers that lead to a person in whatever spelling: mobiles, landlines, ID numbers, bank cards.
 *
 * Digits may be of any script, Chinese numerals, or letters that look like them, with any marks between them. What stands
 * for itself as a day, a moment, a year, a case or a service line is none.
 */
export function maskNumbers(folded: Folded): string {
  const { seen } = folded;
  if (!/[0-9〇零○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖]/.test(seen)) return folded.text;
  const digits = withDigits(seen);
  const groups = digitGroups(seen, digits);
  if (!hasLongRun(groups)) return folded.text;
  const spoken = new Set([...publicGroups(groups, digits), ...publicGroups(groups, seen)]);
  const isSpoken = (one: DigitGroup) => spoken.has(one);
  // What looks like a day or a service line may be a part of a number, when the whole leaves no doubt; rather not its beginning.
  const sure = KINDS.slice(0, SURE);
  const behind = numbersIn(seen, groups, ([first]) => first === undefined || isSpoken(first), sure);
  const doubtful = numbersIn(seen, groups, (within) => within.every(isSpoken), sure);
  const spans = [
    ...numbersIn(seen, groups, (within) => within.some(isSpoken)),
    ...behind,
    ...doubtful.filter(({ from, to }) => !behind.some((one) => one.from < to && from < one.to)),
    ...labelledIn(digits, groups, spoken),
  ];
  return spans.length === 0 ? folded.text : hide(folded, spans);
}

/** Fewer digits than a telephone of the place lead to nobody. */
const FEWEST = 7;

function hasLongRun(groups: readonly DigitGroup[]): boolean {
  let length = 0;
  return groups.some(({ digits, isApart }) => {
    length = isApart ? digits.length : length + digits.length;
    return length >= FEWEST;
  });
}

function numbersIn(
  seen: string,
  groups: readonly DigitGroup[],
  isPublic: (within: readonly DigitGroup[]) => boolean,
  kinds: readonly Kind[] = KINDS,
): Span[] {
  const spans: Span[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    const found = longestOfBestKind(seen, groups, first, isPublic, kinds);
    if (found === null) continue;
    spans.push(found.span);
    first = found.last;
  }
  return spans;
}

function longestOfBestKind(
  seen: string,
  groups: readonly DigitGroup[],
  first: number,
  isPublic: (within: readonly DigitGroup[]) => boolean,
  kinds: readonly Kind[],
): { readonly span: Span; readonly last: number } | null {
  let best: { readonly kind: number; readonly span: Span; readonly last: number } | null = null;
  let digits = "";
  let real = 0;
  for (let last = first; last < groups.length; last += 1) {
    const group = groups[last];
    if (group === undefined || (last > first && group.isApart)) break;
    digits += group.digits;
    real += group.real;
    if (digits.length > LONGEST && last > first) break;
    if (digits.length < SHORTEST) continue;
    const within = groups.slice(first, last + 1);
    const read = { digits, real, groups: within, hasX: hasX(seen, group.to), isAbroad: isAbroad(seen, within) };
    const kind = kinds.findIndex((one) => one(read) !== null);
    const kept = kinds[kind]?.(read) ?? null;
    if (kept === null || (best !== null && kind > best.kind) || isPublic(within)) continue;
    best = { kind, span: spanOf(seen, read, kept), last };
  }
  return best;
}

/** From the first digit that is hidden to the last one, with what stands between them. */
function spanOf(seen: string, { groups, digits, hasX: endsInX }: Number, [first, last]: Kept): Span {
  const places = groups.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at));
  const x = endsInX && digits.length === 17 ? 1 : 0;
  const from = places[first] ?? places.at(-1) ?? 0;
  const kept = Math.min(last - x, places.length - first - 1);
  const to = kept > 0 ? (places[places.length - kept] ?? seen.length) : (places.at(-1) ?? 0) + 1;
  return { from, to };
}

function hasX(seen: string, at: number): boolean {
  return /^[^\p{L}\p{N}]{0,3}[Xx×](?![0-9A-Za-z])/u.test(seen.slice(at, at + 6));
}

function isAbroad(seen: string, [first]: readonly DigitGroup[]): boolean {
  return first !== undefined && /\+\s?$/.test(seen.slice(0, first.from).slice(-2));
}

/** What kinds of numbers there are, what is surest first. */
const KINDS: readonly Kind[] = [
  ({ digits, groups, hasX: x, real }) => {
    const isLong = digits.length === 18 || (digits.length === 17 && x);
    if (!isLong || real < 4) return null;
    return isPlausibleId(digits) || (groups.length === 1 && !isDated(digits)) ? [3, 2] : null;
  },
  ({ digits, groups, real }) => {
    const prefix = /^(?:(?:00)?86|0)?(?=1[3-9]\d{9}$)/.exec(digits);
    if (prefix === null || real < 2 || isCounting(groups)) return null;
    return [prefix[0].length + 3, 4];
  },
  ({ digits, groups }) => {
    if (digits.length < 13 || digits.length > 19 || (groups.length === 1 && isDated(digits))) return null;
    const isCard = /^[3-69]/.test(digits) && (passesLuhn(digits) || (digits.length >= 16 && /^62/.test(digits)));
    if (isCard && !isCounting(groups)) return [4, 4];
    if (groups.length === 1) return digits.length >= 16 || passesLuhn(digits) ? [4, 4] : null;
    return digits.length >= 16 && groups.every((one) => one.digits.length >= 3) ? [4, 4] : null;
  },
  ({ digits, isAbroad: abroad }) => {
    const area = /^(?:00)?86(?:10|2\d|[3-9]\d{2})(?=[2-9]\d{6,7}$)/.exec(digits)?.[0];
    if (area !== undefined && (abroad || digits.startsWith("00"))) return [area.length, 3];
    const code = /^0(?:10|2\d|[3-9]\d{2})(?=[2-9]\d{6,7}$)/.exec(digits)?.[0];
    return code === undefined ? null : [code.length, 3];
  },
  ({ digits, groups }) => {
    if (digits.length !== 15 || (groups.length === 1 ? isDated(digits) : !isOldId(digits))) return null;
    return [3, 2];
  },
  ({ digits, groups }) => (groups.length === 1 && digits.length >= 12 && !isDated(digits) ? [3, 3] : null),
];

/** The first of the kinds that leave no doubt. */
const SURE = 3;

/** Numbers that begin with a day, as those of orders and tickets do; none that leads to a person begins so. */
function isDated(digits: string): boolean {
  return /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(digits);
}

/** Houses or lines that are counted up leave out so many at most. */
const WIDEST_STEP = 20;

/** Houses or lines that are counted up: 1、3、5、7. */
function isCounting(groups: readonly DigitGroup[]): boolean {
  if (groups.length < 3 || groups.some((one) => one.digits.length > 3)) return false;
  return groups.every((one, at) => {
    const step = Number(one.digits) - Number(groups[at - 1]?.digits ?? 0);
    return at === 0 || (step > 0 && step <= WIDEST_STEP);
  });
}

/** What is no private number though it looks like one: a case, a day, a moment, a year, a service line. */
const PUBLIC = [
  /(?<![0-9-])20[0-9]{2}-[0-9]{6}(?![0-9-])/g,
  /(?<![0-9]|[0-9][-./])(?:19|20)[0-9]{2}[-./年][0-9]{1,2}[-./月][0-9]{1,2}(?:日|号)?/g,
  /(?<![0-9:])(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:])/g,
  /(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])/g,
  /(?<![0-9-])[48]00-?[0-9]{3,4}-?[0-9]{3,4}(?![0-9-])/g,
  /(?<![0-9])(?:11[0-9]|12[0-2]|100[0-9]{2}|12[0-9]{3}|9[56][0-9]{3,4}|118114)(?![0-9])/g,
];

function publicGroups(groups: readonly DigitGroup[], seen: string): DigitGroup[] {
  const spans = PUBLIC.flatMap((pattern) =>
    Array.from(seen.matchAll(pattern), ({ 0: found, index }) => [index, index + found.length] as const),
  );
  if (spans.length === 0) return [];
  const ofDay = spans.toSorted(([a], [b]) => a - b);
  let at = 0;
  return groups.filter(({ from, to }) => {
    while (at < ofDay.length && (ofDay[at]?.[1] ?? 0) <= from) at += 1;
    return ofDay.slice(at, at + 3).some(([begin, end]) => begin <= from && to <= end);
  });
}

const FILLER = "[是为叫号码號：:=\\s（(「【,，.。、~-]{0,4}";
/** After these a number of seven or eight digits is a telephone. */
const TELEPHONE = new RegExp(
  `(?:电话|電話|座机|手机|手機|联系方式|联系|号码|號碼|传真|来电|打|拨|呼|[Tt]el|TEL|[Pp]hone|[Cc]all(?: me)?(?: (?:at|on))?|[Mm]obile)${FILLER}`,
  "g",
);
const TELEPHONE_DIGITS = 8;
/** … or before these. */
const IS_TELEPHONE = /^[^\p{L}\p{N}]{0,2}(?:就?是|为)?(?:我|本人|俺)?(?:家|们|单位)?里?的?(?:电话|座机|手机|号码)/u;

function labelledIn(digits: string, groups: readonly DigitGroup[], spoken: ReadonlySet<DigitGroup>): Span[] {
  const labelled = new Set(Array.from(digits.matchAll(TELEPHONE), ({ 0: label, index }) => index + label.length));
  const spans: Span[] = [];
  for (const [first, { from }] of groups.entries()) {
    let read = "";
    for (let last = first; last < groups.length && read.length < TELEPHONE_DIGITS; last += 1) {
      const group = groups[last];
      if (group === undefined || (last > first && group.isApart)) break;
      read += group.digits;
      if (!/^[2-9]\d{6,7}$/.test(read)) continue;
      if (!labelled.has(from) && !IS_TELEPHONE.test(digits.slice(group.to, group.to + 16))) continue;
      const within = groups.slice(first, last + 1);
      if (within.every((one) => spoken.has(one))) continue;
      const number = { digits: read, real: read.length, groups: within, hasX: false, isAbroad: false };
      spans.push(spanOf(digits, number, [0, 3]));
    }
  }
  return spans;
}
