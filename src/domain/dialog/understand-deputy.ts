import { afterWord, bareWords, normalise, numeral } from "../text/words.ts";
import { absenceSpan, standInNamed } from "./absence.ts";

/** The commands that are followed by words for somebody. */
const SPEAKING = {
  回复: "reply",
  回覆: "reply",
  答复: "reply",
  reply: "reply",
  answer: "reply",
  办结: "close",
  结案: "close",
  close: "close",
  转办: "refer",
  转交: "refer",
  refer: "refer",
  退回: "return",
  退件: "return",
  return: "return",
} as const;

type SpeakingWord = keyof typeof SPEAKING;

const SPEAKING_WORDS = Object.keys(SPEAKING) as SpeakingWord[];

const BINDING_WORDS = ["绑定", "bind"] as const;

const ABSENCE_WORDS = ["请假", "away", "leave"] as const;

/** Commands that stand alone. */
const ALONE: readonly { readonly kind: "list" | "back" | "stats" | "help"; readonly pattern: RegExp }[] = [
  { kind: "list", pattern: /^(?:列表|清单|待办|待办列表|案件列表|我的(?:案件|待办|列表|件)|list|my cases|todo)$/ },
  { kind: "back", pattern: /^(?:销假|回来了|我回来了|i'?m back|i am back|back)$/ },
  { kind: "stats", pattern: /^(?:统计|我的统计|统计数据|statistics|stats)$/ },
  { kind: "help", pattern: /^(?:帮助|怎么用|菜单|功能|使用说明|help|menu)$/ },
];

const COURTESY =
  /^(?:请|麻烦|我要|我想|看一?看|查一?看|查一?查|查询|查一下|看一下|帮我|please|show)[\s,，]*|(?:吧|一下|呢|谢谢|please)$/g;

/**
 * The meaning of a bound deputy's text; the deputy's own words are kept as they were written.
 *
 * @param today YYYY-MM-DD in the county's time zone, for the end of an absence
 */
export function understandDeputy(text: string, today: string): DeputyMeaning {
  const said = bareWords(text);
  if (said === "") return /[?？]/.test(text) ? { kind: "help" } : { kind: "words" };
  const alone = said.replace(COURTESY, "").trim().replace(COURTESY, "").trim();
  for (const { kind, pattern } of ALONE) {
    if (pattern.test(said) || pattern.test(alone)) return { kind };
  }
  const shown =
    /^(?:看|查看|查|显示|show|case)?\s*(?:第|编号|no\.?)?\s*#?\s*(20\d{2}-\d{6}|\d{1,6})\s*(?:号件?|件)?$/.exec(said);
  if (shown?.[1] !== undefined) return { kind: "show", number: shown[1] };
  const code = understandBinding(text);
  if (code !== null) return { kind: "bind", code };
  const absence = afterWord(text, ABSENCE_WORDS);
  if (absence !== null && !/^(?:条|单|制度|手续|流程|的|了|期间|怎么|吗)|^[a-z]/i.test(absence.rest)) {
    const { from, until } = absenceSpan(absence.rest, today) ?? { from: null, until: null };
    return { kind: "away", from, until, standIn: standInNamed(absence.rest) };
  }
  return speaking(text) ?? { kind: "words" };
}

/**
 * The code with which somebody wants to be bound as a deputy, as typed, half width and without blanks; empty when it
 * was left out, null when the text is something else ("绑定银行卡有问题").
 */
export function understandBinding(text: string): string | null {
  const bound = afterWord(text, BINDING_WORDS);
  if (bound === null) return null;
  const typed = bound.rest.normalize("NFKC").replace(/\p{Cf}/gu, "");
  if (bound.word === "bind" && /^[a-z]/i.test(typed)) return null;
  const [, code] =
    /^[\s\p{P}\p{S}]*(?:邀请码|代码|码|code)?[\s\p{P}\p{S}]*([0-9a-z](?:[0-9a-z\s-]*[0-9a-z])?)?[\s\p{P}\p{S}]*$/iu.exec(
      typed,
    ) ?? [null, null];
  if (code === null) return null;
  const whole = (code ?? "").replace(/\s+/g, "");
  return whole.length <= 40 ? whole : null;
}

/**
 * What follows a command word directly and makes it part of a sentence: "回复一下我就行", "办结率", "退回去", "回复了没".
 * After a blank or punctuation the word is always a command.
 */
const PART_OF_A_SENTENCE: Readonly<Record<SpeakingWord, RegExp>> = {
  回复: /^(?:一下|一声|我(?=一下|就|吧|的|呢|$)|了|过|的|不[了到上]|是(?=什么|谁)|得|完|吗|呢|率|时|后|前|他们|什么|谁|哪|速度|太|信息|晚|慢|没有?$)/,
  回覆: /^(?:一下|我(?=一下|就|吧|的|呢|$)|了|过|的|不[了到上]|得|完|吗|呢|率)/,
  答复: /^(?:一下|我|了|过|的|不|是|得|完|吗|呢|率|时|后|前|函|意见|什么)/,
  办结: /^(?:了|过|的|不|得|完|吗|呢|率|时|后|前|是|件|单|证明|情况|期限|没有?$)/,
  结案: /^(?:了|过|的|不|得|完|吗|呢|率|时|后|前|陈|是|没有?$)/,
  转办: /^(?:了|过|的|不|得|完|吗|呢|率|时|后|前|件|单|是|没有?$)/,
  转交: /^(?:了|过|的|不|得|完|吗|呢|时|后|前|是|没有?$)/,
  退回: /^(?:去|来|了|过|的|不|得|到|吗|呢|率|时|后|前|是|没有?$)/,
  退件: /^(?:了|过|的|不|吗|呢|率|时|后|前|是)/,
  reply: /^(?:[a-z]|\s+(?:to me|me|from|when|if)\b)/i,
  answer: /^(?:[a-z]|\s+(?:me|is|was|to)\b)/i,
  close: /^(?:[a-z]|\s+(?:to|the|by|at)\b)/i,
  refer: /^(?:[a-z]|\s+to\b)/i,
  return: /^(?:[a-z]|\s+(?:to|home|the)\b)/i,
};

function speaking(text: string): DeputyMeaning | null {
  const found = afterWord(text, SPEAKING_WORDS);
  if (found === null || PART_OF_A_SENTENCE[found.word].test(found.rest)) return null;
  return { kind: SPEAKING[found.word], ...numberAndWords(found.rest) };
}

const DIGIT = "[0-9０-９]";

const SEPARATOR = String.raw`[\s\p{P}\p{S}\p{Cf}]`;

const COUNTER = "[号號]件?|件";

const WHOLE_NUMBER = `20${DIGIT}{2}[-－]${DIGIT}{6}|２０${DIGIT}{2}[-－]${DIGIT}{6}|${DIGIT}{1,6}`;

/** In words only beside a counter or before a blank: "一、已联系物业" begins a list, "三天后" is a time. */
const NUMBER_IN_WORDS = `[一二两兩三四五六七八九十]{1,3}(?=${COUNTER}|\\s)`;

const TYPED_NUMBER = new RegExp(
  `^${SEPARATOR}*(?:第|[编編][号號]|[单單][号號]|[nN][oO][.．]?)?\\s*[#＃]?\\s*(${WHOLE_NUMBER}|${NUMBER_IN_WORDS})(${COUNTER})?(?!${DIGIT})`,
  "u",
);

/** "1、2 都在办": another number beside the first. */
const ANOTHER_NUMBER = new RegExp(
  `^\\s*(?:[、,，/和跟与與及]|以及|还有|還有|and\\b)\\s*第?\\s*(${WHOLE_NUMBER})(${COUNTER})?(?!${DIGIT})`,
  "u",
);

/** A number that is part of what is told: an amount, a date, a time, a share, another number's beginning. */
const PART_OF_THE_WORDS = new RegExp(
  `^(?:[-－./．:：~～—至到]${DIGIT}|,${DIGIT}{3}(?!${DIGIT})|[%％‰℃°+×xX*]|(?:年|月|日|号|天|周|星期|个|位|名|人|户|盏|条|座|栋|幢|栋楼|楼|层|单元|间|处|家|口|辆|台|根|块|元|万|千|百|十|亿|米|公里|里|平|亩|吨|斤|度|小时|分|点|时|秒|次|遍|趟|套|张|份|只|棵|株|片|段|批|支|组|村|路|桥|中|小|岁|多|余|几|来|点半|kg|km|m²))`,
  "u",
);

/** After "12号" these make it a day or a place: "12号上午去看", "12号楼已修好". */
const DAY_OR_PLACE =
  /^(?:楼|院|线|路|井|杆|机|门|桥|站|地块|上午|下午|晚|早|中午|之?前|之?后|左右|去|到|来|开|就|再|会|才)/;

function numberAndWords(rest: string): { readonly number: string | null; readonly text: string } {
  const match = TYPED_NUMBER.exec(rest);
  const [whole, typed, counter] = match ?? [];
  if (whole === undefined || typed === undefined) return { number: null, text: ownWords(rest) };
  const after = rest.slice(whole.length);
  const next = simplified(after);
  const isCounted = counter === "件" && /^[^\s\p{P}]/u.test(after);
  const isWords = counter === undefined ? PART_OF_THE_WORDS.test(next) : isCounted || DAY_OR_PLACE.test(next);
  if (isWords) return { number: null, text: ownWords(rest) };
  const { others, text } = moreNumbers(after);
  return { number: [digitsOf(typed), ...others].join("、"), text };
}

/** The numbers that stand beside the first, and the words after them. */
function moreNumbers(after: string): { readonly others: readonly string[]; readonly text: string } {
  const others: string[] = [];
  let rest = after;
  for (let match = ANOTHER_NUMBER.exec(rest); match !== null; match = ANOTHER_NUMBER.exec(rest)) {
    const [whole, typed = ""] = match;
    const next = rest.slice(whole.length);
    if (PART_OF_THE_WORDS.test(simplified(next))) break;
    others.push(digitsOf(typed));
    rest = next;
  }
  return { others, text: ownWords(rest) };
}

/** What follows a number as it is matched; a blank still parts it from the number. */
function simplified(after: string): string {
  return /^\s/.test(after) ? after : normalise(after);
}

function digitsOf(typed: string): string {
  const number = numeral(normalise(typed));
  return number !== null && !/\d/.test(normalise(typed)) ? String(number) : typed.normalize("NFKC");
}

/** What the deputy said, without what only parts it from the command. */
function ownWords(rest: string): string {
  return rest.replace(/^(?:[\s:：,，。、.;；!！\]】）)]|[-—–](?=[\s—–]))+/u, "").trim();
}

/**
 * The meaning of a bound deputy's text: a command, an answer, or words. `number` is as typed (half width), null when left out; with `、` between them where
 * several were typed.
 */
export type DeputyMeaning =
  | { readonly kind: "bind"; readonly code: string }
  | { readonly kind: "list" }
  | { readonly kind: "show"; readonly number: string }
  | { readonly kind: "reply"; readonly number: string | null; readonly text: string }
  | { readonly kind: "close"; readonly number: string | null; readonly text: string }
  | { readonly kind: "return"; readonly number: string | null; readonly text: string }
  | { readonly kind: "refer"; readonly number: string | null; readonly text: string }
  /** The first and last day of absence, YYYY-MM-DD; null when they could not be read. `standIn` as {@link standInNamed}. */
  | {
      readonly kind: "away";
      readonly from: string | null;
      readonly until: string | null;
      readonly standIn: string | null;
    }
  | { readonly kind: "back" }
  | { readonly kind: "stats" }
  | { readonly kind: "help" }
  /** Words without a command. */
  | { readonly kind: "words" };
