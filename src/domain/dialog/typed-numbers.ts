import { isNumberOf } from "../case/case.ts";
import { bareWords, normalise, numeral } from "../text/words.ts";

/** A case of the deputy who writes: open, or closed not long ago. */
export type OwnNumber = { readonly number: string; readonly isOpen: boolean };

/** A number in a deputy's words that is an open case of theirs, and may be a house, a day or a line as well. */
export type Mention = {
  readonly number: string;
  /** The words, where the case is meant by it. */
  readonly text: string;
};

/** The case numbers that a deputy typed (with `、` between several), null where there is none; and the words beside them. */
export type NumberAndWords = {
  readonly number: string | null;
  readonly text: string;
  /** Only where no number is plainly meant, and one may be. */
  readonly mentions?: readonly Mention[];
};

const SEPARATOR = String.raw`[\s\p{P}\p{S}\p{Cf}]`;
const COUNTER = "号件?|件";
const WHOLE_NUMBER = String.raw`(?:[pP]-)?20\d{2}-\d{6}|\d{1,6}`;
const MARK = "第|编号|单号|no\\.?|case|number|#";
const NUMERAL = "[一二两三四五六七八九十百千零]{1,9}";
/** In words only beside a counter or before a blank: "一、已联系物业" begins a list, "三天后" is a time. */
const NUMBER_IN_WORDS = `[一二两三四五六七八九十]{1,3}(?=${COUNTER}|\\s)|${NUMERAL}(?=号)`;

const TYPED_NUMBER = new RegExp(
  `^${SEPARATOR}*(${MARK})?\\s*[#:]?\\s*(${WHOLE_NUMBER}|${NUMBER_IN_WORDS})(${COUNTER})?(?!\\d)`,
  "iu",
);
/** "1、2 都在办": another number beside the first. */
const ANOTHER_NUMBER = new RegExp(
  `^\\s*(?:[、,/和跟与及]|以及|还有|and\\b)\\s*第?\\s*(${WHOLE_NUMBER})(${COUNTER})?(?!\\d)`,
  "iu",
);
const ANY_NUMBER = new RegExp(
  `(?<![\\da-z]|\\d[-./:~～—])(${MARK})?\\s*(${WHOLE_NUMBER}|${NUMERAL}(?=号))(?!\\d)(${COUNTER})?`,
  "giu",
);

/** The number goes on: a date, a time, a share, an amount, another number's beginning. */
const GOES_ON = String.raw`[-./:~～—至到年月点时]\d|月[底初末份]|,\d{3}(?!\d)|[%‰℃°+×xX*]`;
const MEASURE =
  "(?:年|月|日|号|天|周|星期|个|位|名|人|户|盏|条|间|处|家|口|辆|台|根|块|元|万|千|百|十|亿|米|公里|里|平|亩|吨|斤|度|小时|分|点|时|秒|次|遍|趟|套|张|份|只|棵|株|片|段|批|支|岁|多|余|几|来|kg|km|m²)";
const PLACE = "(?:座|栋|幢|楼|层|单元|组|村|路|桥|中|小)";
/** A number that is part of what is told. */
const PART_OF_THE_WORDS = new RegExp(`^(?:${GOES_ON}|${MEASURE}|${PLACE})`, "iu");
const IS_GOING_ON = new RegExp(`^(?:${GOES_ON})`, "iu");
const IS_COUNTED = new RegExp(`^${MEASURE}`, "iu");
const IS_PLACE = new RegExp(`^${PLACE}`, "u");

/** Words that only begin like a measure, a house or a line: "12处理好了", "122号路灯", "12人行道". */
const ANOTHER_WORD =
  /^(?:人行|人员|处[理置]|路[灯面口边障牌政况基沿上]|楼[道梯上下顶板]|桥[面下头洞墩]|线[路缆损]|井[盖水]|杆[子体]|机[器井房]|门[卫锁]|院[内里]|站[台点]|小[区孩学巷广]|中[心间学断]|组[织长]|村[里委民道]|年久|日[常前]|分[流管工]|位[置于]|时间|度过|支[管付持]|段长|片[区警]|平[台时整]|名单|台[阶风账]|万一|百姓|十[字分]|只[是有能要]|根[据本]|来[电信访人]|个别|多次|里面|家[里长属]|户[外主]|条件|开[关裂挖]|去[除年]|到[位期]|再[生次]|会[议同]|就[地近])/;

/** After "12号" these make it a day or a place: "12号上午去看", "12号楼已修好". */
const DAY_OR_PLACE =
  /^(?:楼|院|线|路|井|杆|机|门|桥|站|地块|上午|下午|晚|早|中午|之?前|之?后|左右|去|到|来|开|就|再|会|才)/;
/** Also a day where the number is a case as well: it is asked. */
const PERHAPS_A_DAY = /^(?:我(?:们)?(?:就|再|会)?[去来到过]|[安派][排人]|过[来去]|派)/;
const THAT_CASE = /^(?:件|[那这][件个]|的?(?:事|案|问题|诉求))/;

/** "12号的灯修好了" and "12号的事明天办" tell its resident of the lamp, and of tomorrow. */
const OF_THAT_CASE = /^的(?:[这那][件个])?(?:事情?|问题|诉求)?/u;

/**
 * The numbers of cases with which a deputy's words after a command begin, and the words.
 *
 * A number of an open case of their own is that case, whatever it touches; where it may be a house, a day or a line as well, it is
 * mentioned. Of other numbers one that is part of what is told stays in the words.
 * @param rest as written, behind the command
 */
export function numberAndWords(rest: string, own: readonly OwnNumber[]): NumberAndWords {
  const head = numberAtStart(rest, own);
  if (head !== null) {
    const { others, text } = moreNumbers(head.rest);
    return { number: [head.number, ...others].join("、"), text };
  }
  const copy = halfWidth(rest);
  const [whole, , typed, counter] = TYPED_NUMBER.exec(copy) ?? [];
  if (whole !== undefined && typed !== undefined && !isOpenCase(typed, own)) {
    const after = rest.slice(whole.length);
    const next = simplified(after);
    const isCounted = counter === "件" && /^[^\s\p{P}]/u.test(after);
    const isWords = counter === undefined ? PART_OF_THE_WORDS.test(next) : isCounted || DAY_OR_PLACE.test(next);
    if (!isWords) {
      const { others, text } = moreNumbers(after);
      return { number: [digitsOf(typed), ...others].join("、"), text };
    }
  }
  return { text: ownWords(rest), ...numberWithin(rest, own) };
}

/**
 * The case of the deputy's own with whose number a text plainly begins, and what follows it.
 *
 * @param text as written
 */
export function numberAtStart(
  text: string,
  own: readonly OwnNumber[],
): { readonly number: string; readonly rest: string } | null {
  const [whole, mark, typed, counter] = TYPED_NUMBER.exec(halfWidth(text)) ?? [];
  if (whole === undefined || typed === undefined) return null;
  const found = ownOf(typed, own);
  if (found === undefined) return null;
  const rest = text.slice(whole.length);
  const kind = meaningOf({ mark, counter, after: rest, isFirst: true });
  const isPlain =
    found.isOpen || mark !== undefined || counter !== undefined || /^(?:$|[\s\p{P}]|重开|重新打开|更正)/u.test(rest);
  return kind === "case" && isPlain ? { number: digitsOf(typed), rest: rest.replace(OF_THAT_CASE, "") } : null;
}

/** The numbers of open cases of the deputy's own that stand somewhere in their words: one that is plainly meant, or those that may be. */
export function numberWithin(
  text: string,
  own: readonly OwnNumber[],
): { readonly number: string | null; readonly mentions?: readonly Mention[] } {
  const mentions: Mention[] = [];
  for (const match of halfWidth(text).matchAll(ANY_NUMBER)) {
    const [whole, mark, typed, counter] = match;
    const found = typed === undefined ? undefined : ownOf(typed, own);
    if (typed === undefined || found === undefined) continue;
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + whole.length);
    const isFirst = !/[^\s\p{P}\p{S}\p{Cf}]/u.test(before);
    // A closed one was perhaps meant where it stands as an address does; elsewhere nobody can speak to its resident anyway.
    if (!found.isOpen && !(isFirst && counter === "号")) continue;
    const kind = meaningOf({ mark, counter, after, isFirst });
    const number = digitsOf(typed);
    if (kind === "case" && !isFirst) return { number };
    if (kind !== null && !mentions.some((one) => one.number === number))
      mentions.push({ number, text: ownWords(isFirst ? after : text) });
  }
  return mentions.length === 0 ? { number: null } : { number: null, mentions };
}

/** The case number that a text is and nothing else: "12", "12号", "就是12号那件"; `isCounted` where it can be no mere digit. */
export function caseNamed(text: string): { readonly typed: string; readonly isCounted: boolean } | null {
  const said = halfWidth(bareWords(text)).replace(/^(?:就?是|选|我?说的是|应该是|回|no\.?|第|编号|#)+\s*/u, "");
  const [, typed, counter] =
    new RegExp(
      `^(${WHOLE_NUMBER}|${NUMERAL}(?=[号那这]))\\s*((?:${COUNTER})?(?:[那这][件个])?)(?:的|吧|啊|呢)?$`,
      "u",
    ).exec(said) ?? [];
  if (typed === undefined) return null;
  return { typed: digitsOf(typed), isCounted: counter !== "" || /^(?:no|第|编号|#)/u.test(bareWords(text)) };
}

const ENGLISH_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/** The row of a list that words name by its place: "第二个", "the first one"; null for a number, which is a case. */
export function rowNamed(text: string, rows: number): number | null {
  const said = bareWords(text);
  const [, place] =
    /^(?:我?选|就?是|要)?第\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:个|条|行|项)$/u.exec(said) ?? [];
  const english = ENGLISH_ORDINALS.findIndex((word) => new RegExp(`^(?:the )?${word}(?: one)?$`).test(said));
  const row = place === undefined ? english : (numeral(place) ?? 0) - 1;
  if (/^(?:前者|前面那?[个件])$/u.test(said)) return 0;
  if (
    /^(?:后者|后面那?[个件]|最后一?[个件])$/u.test(said) ||
    (rows === 2 && /^刚才(?:看的|那)?(?:那?[个件])?$/u.test(said))
  )
    return rows - 1;
  return row >= 0 && row < rows ? row : null;
}

type Standing = {
  readonly mark: string | undefined;
  readonly counter: string | undefined;
  readonly after: string;
  readonly isFirst: boolean;
};

/** Whether a number that is an open case is meant as one where it stands: plainly, perhaps, or not (null). */
function meaningOf({ mark, counter, after, isFirst }: Standing): "case" | "perhaps" | null {
  const next = simplified(after);
  if (counter === undefined && IS_GOING_ON.test(next)) return null;
  const isOther = ANOTHER_WORD.test(next);
  if (counter === undefined && !isOther) {
    if (IS_COUNTED.test(next)) return isFirst ? "perhaps" : null;
    if (IS_PLACE.test(next)) return "perhaps";
  }
  if (counter === "件" && /^[^\s\p{P}]/u.test(next) && !THAT_CASE.test(next)) return "perhaps";
  if (counter !== undefined && !isOther && (DAY_OR_PLACE.test(next) || PERHAPS_A_DAY.test(next))) return "perhaps";
  if (isFirst || counter === "号件" || (mark !== undefined && (mark !== "第" || counter !== undefined))) return "case";
  return counter === "号" && THAT_CASE.test(next) ? "case" : "perhaps";
}

/** The numbers that stand beside the first, and the words after them. */
function moreNumbers(after: string): { readonly others: readonly string[]; readonly text: string } {
  const others: string[] = [];
  let rest = after;
  for (let match = ANOTHER_NUMBER.exec(halfWidth(rest)); match !== null; match = ANOTHER_NUMBER.exec(halfWidth(rest))) {
    const [whole, typed = ""] = match;
    const next = rest.slice(whole.length);
    if (PART_OF_THE_WORDS.test(simplified(next))) break;
    others.push(digitsOf(typed));
    rest = next;
  }
  return { others, text: ownWords(rest) };
}

function isOpenCase(typed: string, own: readonly OwnNumber[]): boolean {
  return ownOf(typed, own)?.isOpen === true;
}

/** Open ones first: of two years' cases with the same digits the open one is meant. */
function ownOf(typed: string, own: readonly OwnNumber[]): OwnNumber | undefined {
  const digits = digitsOf(typed);
  const meant = own.filter(({ number }) => isNumberOf(digits, number));
  return meant.find(({ isOpen }) => isOpen) ?? meant[0];
}

const WIDER: Readonly<Record<string, string>> = {
  號: "号",
  編: "编",
  單: "单",
  兩: "两",
  〇: "零",
  與: "与",
  還: "还",
  "　": " ",
};

/** A text with half-width digits and signs, sign by sign: what is found in it stands at the same place as written. */
function halfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[號編單兩〇與還　]/g, (sign) => WIDER[sign] ?? sign);
}

/** What follows a number as it is matched; a blank still parts it from the number. */
function simplified(after: string): string {
  return /^\s/.test(after) ? after : normalise(after);
}

function digitsOf(typed: string): string {
  if (/\d/.test(typed)) return typed.toUpperCase();
  return String(numeral(typed) ?? longNumeral(typed) ?? typed);
}

const DIGITS = "零一二三四五六七八九";
const POWERS: readonly (readonly [sign: string, power: number])[] = [
  ["千", 1000],
  ["百", 100],
  ["十", 10],
];

/** "一百二十二", "一千零三", or digit by digit "一二二". */
function longNumeral(typed: string): number | null {
  const said = typed.replaceAll("两", "二");
  if (!/[百千十]/.test(said)) return Number([...said].map((sign) => DIGITS.indexOf(sign)).join(""));
  let rest = said;
  let sum = 0;
  for (const [sign, power] of POWERS) {
    const [whole, digit] = new RegExp(`^零?([一二三四五六七八九])?${sign}`).exec(rest) ?? [];
    if (whole === undefined) continue;
    sum += power * (digit === undefined ? 1 : DIGITS.indexOf(digit));
    rest = rest.slice(whole.length);
  }
  const ones = /^零?([一二三四五六七八九])?$/.exec(rest);
  return ones === null ? null : sum + (ones[1] === undefined ? 0 : DIGITS.indexOf(ones[1]));
}

/** Whether words right behind a number go on counting or naming a place with it: "次了没人管", "号楼", "单元的人". */
export function countsOn(after: string): boolean {
  const next = normalise(after);
  return PART_OF_THE_WORDS.test(next) && !ANOTHER_WORD.test(next);
}

/** The words of the deputy, without what only parts it from the command. */
export function ownWords(rest: string): string {
  return rest.replace(/^(?:[\s:：,，。、.;；!！\]】）)”’」』》]|[-—–](?=[\s—–]))+/u, "").trim();
}
