import { maskNames } from "./mask-names.ts";

/**
 * The working copy of a text: what a deputy may read of what a resident wrote.
 *
 * ID numbers, telephones, bank cards, plates, room numbers, e-mail addresses, chat ids and the name with which people
 * introduce themselves are masked; the building stays, for it is needed to find the place. Case numbers, dates and
 * amounts stay. Matching is blind to width, dashes and invisible marks (protocols.md 7); what is not masked stays as it
 * was written. Masking twice changes nothing.
 */
export function mask(text: string): string {
  let masked = text;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = maskNames(maskNumbers(masked));
    if (next === masked) return masked;
    masked = next;
  }
  return masked;
}

/** What masking one thing uncovers (digits beside digits) is masked in the next round; two are enough in practice. */
const ROUNDS = 8;

/**
 * The first characters of a text for lists and notices, on one line.
 *
 * @param length in characters as people see them, at least 2; a longer text ends in …
 */
export function excerpt(text: string, length: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (line.length <= length) return line;
  const seen = Array.from(GRAPHEMES.segment(line), (one) => one.segment);
  return seen.length <= length ? line : `${seen.slice(0, length - 1).join("")}…`;
}

const GRAPHEMES = new Intl.Segmenter("zh-CN", { granularity: "grapheme" });

/** One kind of private number: how it looks at half width, and which of its characters stay readable. */
type PrivateNumber = {
  readonly pattern: RegExp;
  /** What of the match is hidden, as [from, to) in the match; null when it is no such number after all. */
  readonly hidden: (match: RegExpExecArray) => readonly [number, number] | null;
};

const GAP = "[ -]?";
const NOT_AFTER = "(?<![0-9A-Za-z*])";
const digits = (text: string) => text.replace(/\D/g, "");

/** Hides all but the first and last digits or letters; separators do not count. */
function between(match: string, first: number, last: number): readonly [number, number] {
  const places = [...match].flatMap((character, index) => (/[0-9A-Za-z]/.test(character) ? [index] : []));
  return [places[first] ?? 0, places[places.length - last] ?? match.length];
}

const PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

const NUMBERS: readonly PrivateNumber[] = [
  {
    pattern: new RegExp(`(?<![0-9])[0-9](?:${GAP}[0-9]){16}${GAP}[0-9Xx](?![0-9A-Za-z])`, "g"),
    hidden: ([match]) => (isPlausibleId(match) || !/[ -]/.test(match) ? between(match, 3, 2) : null),
  },
  {
    pattern: new RegExp(`(?<![0-9])[1-9](?:${GAP}[0-9]){14}(?![0-9A-Za-z])`, "g"),
    hidden: ([match]) => (isOldId(match) || !/[ -]/.test(match) ? between(match, 3, 2) : null),
  },
  {
    pattern: new RegExp(`(?<![0-9])(?:\\+?(?:00)?86${GAP})?1${GAP}[3-9](?:${GAP}[0-9]){9}(?![0-9])`, "g"),
    hidden: ([match]) => {
      const [from, to] = between(match, digits(match).length - 8, 4);
      return [from, to];
    },
  },
  {
    // Read out and written down: 幺三八….
    pattern:
      /(?<![零〇一二三四五六七八九幺])[幺一][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺])/g,
    hidden: () => [3, 7],
  },
  {
    pattern: new RegExp(`(?<![0-9])[0-9](?:${GAP}[0-9]){12,18}(?![0-9])`, "g"),
    hidden: ([match]) => (passesLuhn(digits(match)) || digits(match).length >= 16 ? between(match, 4, 4) : null),
  },
  {
    pattern: /(?<![0-9-])\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[ -]?[1-9][0-9]{6,7}(?![0-9])/g,
    hidden: ([match]) => between(match, digits(match).length - 7, 3),
  },
  {
    pattern: /(?:电话|座机|联系方式|号码|手机|電話|手機|號碼)[是为号號：:, ]{0,3}[2-9][0-9]{6,7}(?![0-9])/g,
    hidden: ([match]) => between(match, 0, 3),
  },
  {
    pattern: new RegExp(`[${PROVINCES}][A-HJ-Za-hj-z][·. -]?(?=[A-Za-z]*[0-9])[A-Za-z0-9]{5,6}(?![A-Za-z0-9])`, "g"),
    hidden: ([match]) => [2, match.length],
  },
  {
    pattern: new RegExp(
      `${NOT_AFTER}[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}`,
      "g",
    ),
    hidden: ([match]) => [0, match.indexOf("@")],
  },
  {
    pattern:
      /(?:(?:微信|[vV薇威徽]信)[号號]?[是为：: ]{0,3}|(?<![A-Za-z])(?:加?[vV]|wx|WX|vx|VX|[wW]e[cC]hat)(?: ?(?:id|ID|号|號))?[是为：: ]{1,3})([A-Za-z0-9][A-Za-z0-9_-]{4,19})(?![A-Za-z0-9_-])/g,
    hidden: ([match, id]) => [match.length - (id?.length ?? 0), match.length],
  },
  {
    pattern: /(?:[qQ]{2}|扣扣)号?[是为：: ]{0,3}([1-9][0-9]{4,10})(?![0-9])/g,
    hidden: ([match, id]) => [match.length - (id?.length ?? 0), match.length],
  },
  {
    // 3-1-501 and 3-2-1-501: the last is the room.
    pattern: /(?<![0-9-])(?:[0-9]{1,3}-){2,3}([0-9]{3,4}|[Bb]?[0-9]{3})(?:室|号|房|户)?(?![0-9-])/g,
    hidden: ([match, room]) => roomIn(match, room),
  },
  {
    pattern:
      /(?:楼|栋|幢|座|单元|樓|棟|單元|门|门洞)[ ,，-]{0,2}([0-9]{3,4}|[0-9]{1,2}(?=室|房)|[零〇一二三四五六七八九]{3,4})(?:室|号|房|户)?(?![0-9米元块人天年月路])/g,
    hidden: ([match, room]) => roomIn(match, room),
  },
  {
    pattern:
      /(?:家园|花园|小区|公寓|苑|庄园|新村|新城|华府|广场|嘉园|里)[ ]?[0-9]{1,3}-([0-9]{3,4})(?:室|号|房)?(?![0-9-])/g,
    hidden: ([match, room]) => roomIn(match, room),
  },
  {
    pattern: /(?<![0-9])([0-9]{3,4})(?:室|房(?!间|子|产|屋|租|价|顶|东|贷))(?!友)/g,
    hidden: ([match, room]) => roomIn(match, room),
  },
];

function roomIn(match: string, room: string | undefined): readonly [number, number] | null {
  if (room === undefined) return null;
  const from = match.lastIndexOf(room);
  return [from, from + room.length];
}

/** An ID number as far as form goes: a wrong checksum is still somebody's number with a slip. */
function isPlausibleId(match: string): boolean {
  return /^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}/.test(match.replace(/[ -]/g, ""));
}

/** The 15-digit form of before 1999. */
function isOldId(match: string): boolean {
  return /^[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/.test(digits(match));
}

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** What is no private number though it looks like one: a case number, a day, a moment, a service line. */
const PUBLIC_NUMBERS =
  /(?<![0-9-])[48]00-?[0-9]{3,4}-?[0-9]{3,4}(?![0-9-])|(?<![0-9-])20[0-9]{2}-[0-9]{6}(?![0-9-])|(?<![0-9])(?:19|20)[0-9]{2}[-./年][0-9]{1,2}[-./月][0-9]{1,2}(?:日|号)?(?: ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9-])/g;

/** What is searched for private numbers: a text at half width, with what is public made unreadable. */
type Searched = { readonly text: string; readonly searched: string } & Pick<HalfWidth, "starts" | "ends">;

function maskNumbers(text: string): string {
  let view = viewOf(text);
  for (const number of NUMBERS) {
    const masked = maskOne(view, number);
    if (masked !== view.text) view = viewOf(masked);
  }
  return view.text;
}

function viewOf(text: string): Searched {
  const { seen, starts, ends } = atHalfWidth(text);
  return { text, searched: seen.replace(PUBLIC_NUMBERS, (found) => "\u0000".repeat(found.length)), starts, ends };
}

function maskOne({ text, searched, starts, ends }: Searched, { pattern, hidden }: PrivateNumber): string {
  let result = "";
  let done = 0;
  for (const match of searched.matchAll(pattern)) {
    const span = hidden(match);
    if (span === null) continue;
    const from = starts[match.index + span[0]] ?? text.length;
    const to = ends[match.index + span[1] - 1] ?? text.length;
    if (from < done) continue;
    result += text.slice(done, from) + "*".repeat(span[1] - span[0]);
    done = to;
  }
  return result + text.slice(done);
}

type HalfWidth = { readonly seen: string; readonly starts: readonly number[]; readonly ends: readonly number[] };

/** Printable ASCII and the common Chinese characters: most of every text. */
const ALREADY_PLAIN = /^[ -~\u4e00-\u9fff]$/;

/**
 * The text at half width, without invisible marks, dashes all alike; and for each of its characters where the original
 * stands, so that the original can be cut there.
 */
function atHalfWidth(text: string): HalfWidth {
  let seen = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = ALREADY_PLAIN.test(character)
      ? character
      : character
          .normalize("NFKC")
          .replace(/[‐‑‒–—―−﹣]/g, "-")
          .replace(/\s/g, " ")
          .replace(/[\p{Cf}\p{M}\p{Cc}]/gu, "");
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(at);
      ends.push(at + character.length);
    }
    seen += plain;
    at += character.length;
  }
  return { seen, starts, ends };
}
