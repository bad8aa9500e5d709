/** A group of digits that are written without anything between them, in one script. */
export type DigitGroup = {
  readonly from: number;
  readonly to: number;
  /** What they read as, 0 to 9. */
  readonly digits: string;
  /** How many of them are no letters that look like digits. */
  readonly real: number;
  /** Whether anything but a few marks stands between this and the group before. */
  readonly isApart: boolean;
};

const TOKEN = /[0-9A-Za-z]+|[〇零○◯一壹弌幺二贰貳弍三叁參弎四肆五伍六陆陸七柒八捌九玖]+/g;
/** l for 1 and O for 0, where nothing but such letters and digits stands together; X may end an ID number. */
const LIKE_DIGITS = /^([0-9lIiOo]+)[Xx]?$/;
const NOTHING_BETWEEN = /^[^\p{L}\p{N}]*$/u;
const MOST_BETWEEN = 3;
const MOST_WITH_BLANKS = 12;

/**
 * The groups of digits of a folded text in order.
 *
 * @param seen as it is written; `digits` the same with Chinese numerals as digits
 */
export function digitGroups(seen: string, digits: string): DigitGroup[] {
  const groups: DigitGroup[] = [];
  let end = 0;
  const add = (from: number, to: number, reads: string, real: number) => {
    groups.push({ from, to, digits: reads, real, isApart: groups.length === 0 || !joins(seen.slice(end, from)) });
    end = to;
  };
  for (const { 0: token, index } of seen.matchAll(TOKEN)) {
    const [, like] = LIKE_DIGITS.exec(token) ?? [];
    if (like !== undefined) {
      const reads = like.replace(/[lIi]/g, "1").replace(/[Oo]/g, "0");
      add(index, index + like.length, reads, like.replace(/\D/g, "").length);
    } else if (/^[0-9A-Za-z]/.test(token)) {
      for (const part of token.matchAll(/[0-9]+/g)) {
        add(index + part.index, index + part.index + part[0].length, part[0], part[0].length);
      }
    } else {
      add(index, index + token.length, digits.slice(index, index + token.length), token.length);
    }
  }
  return groups;
}

/** Stars are what masking leaves: more than one ends a number. */
function joins(between: string): boolean {
  if (between.length > MOST_WITH_BLANKS || between.includes("**")) return false;
  return between.replace(/\s/g, "").length <= MOST_BETWEEN && NOTHING_BETWEEN.test(between);
}

/**
 * Whether 17 or 18 digits have the form of an ID number; a wrong checksum counts too, for it is somebody's number with
 * a slip.
 */
export function isPlausibleId(digits: string): boolean {
  return /^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}\d?$/.test(digits);
}

/** Whether 15 digits have the form of an ID number from before 1999. */
export function isOldId(digits: string): boolean {
  return /^[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/.test(digits);
}

/** Whether digits pass the Luhn check of bank cards. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
