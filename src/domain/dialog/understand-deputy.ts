import { afterWord, bareWords } from "../text/words.ts";
import { absenceSpan, standInNamed } from "./absence.ts";
import { PART_OF_A_SENTENCE, SPEAKING, SPEAKING_WORDS, type SpokenCommand } from "./deputy/commands.ts";
import { type PhraseMeaning, phraseIn } from "./deputy/phrases.ts";
import { type Weekly, weeklyIn } from "./deputy/weekly.ts";
import { ASKS_HOW, ASKS_TO_SEE, absenceInWords, IS_BACK, IS_NOT_MINE, reportIn } from "./deputy-sentences.ts";
import {
  type Mention,
  type NumberAndWords,
  numberAndWords,
  numberAtStart,
  numberWithin,
  type OwnNumber,
  ownWords,
} from "./typed-numbers.ts";

const BINDING_WORDS = ["绑定", "bind"] as const;

const ABSENCE_WORDS = ["请假", "away", "leave"] as const;

/** Commands that stand alone. */
const ALONE: readonly { readonly kind: "list" | "back" | "stats" | "help"; readonly pattern: RegExp }[] = [
  { kind: "list", pattern: /^(?:列表|清单|待办|待办列表|案件列表|我的(?:案件|待办|列表|件)|list|my cases|todo)$/ },
  { kind: "back", pattern: IS_BACK },
  { kind: "stats", pattern: /^(?:统计|我的统计|统计数据|statistics|stats)$/ },
  { kind: "help", pattern: /^(?:帮助|怎么用|菜单|功能|使用说明|help|menu)$/ },
  { kind: "help", pattern: ASKS_HOW },
];

const COURTESY =
  /^(?:请|麻烦|我要|我想|看一?看|查一?看|查一?查|查询|查一下|看一下|帮我|please|show)[\s,，]*|(?:吧|一下|呢|谢谢|please)$/g;

/**
 * The meaning of a bound deputy's text; the deputy's own words are kept as they were written.
 *
 * @param today YYYY-MM-DD in the county's time zone, for the end of an absence
 * @param own the cases of this deputy, whose numbers are never mere words
 */
export function understandDeputy(text: string, today: string, own: readonly OwnNumber[] = []): DeputyMeaning {
  const said = bareWords(text);
  if (said === "") return /[?？]/.test(text) ? { kind: "help" } : { kind: "words" };
  const alone = said.replace(COURTESY, "").trim().replace(COURTESY, "").trim();
  for (const { kind, pattern } of ALONE) {
    if (pattern.test(said) || pattern.test(alone)) return { kind };
  }
  const shown =
    /^(?:看|查看|查|显示|show|case)?\s*(?:第|编号|no\.?)?\s*#?\s*((?:[pP]-)?20\d{2}-\d{6}|\d{1,6})\s*(?:号件?|件)?$/.exec(
      said,
    );
  if (shown?.[1] !== undefined) return { kind: "show", number: shown[1].toUpperCase() };
  const code = understandBinding(text);
  if (code !== null) return { kind: "bind", code };
  return (
    phraseIn(text) ??
    weekly(text, today) ??
    absence(text, today) ??
    reported(text) ??
    spoken(text, own) ??
    numbered(text, own)
  );
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

/** What follows "请假" directly and makes it part of a sentence: "请假条交给谁". */
const ABSENCE_OF_WHICH = /^(?:条|单|制度|手续|流程|的|了|期间|怎么|吗)|^[a-z]/i;

function absence(text: string, today: string): DeputyMeaning | null {
  const typed = afterWord(text, ABSENCE_WORDS);
  const told = absenceInWords(text, today);
  if (typed !== null && !ABSENCE_OF_WHICH.test(typed.rest)) {
    const { from, until } = absenceSpan(typed.rest, today) ?? { from: null, until: null };
    return { kind: "away", from, until, standIn: standInNamed(typed.rest) };
  }
  if (told === null) return null;
  return { kind: "away", from: told.span?.from ?? null, until: told.span?.until ?? null, standIn: told.standIn };
}

function weekly(text: string, today: string): DeputyMeaning | null {
  const told = weeklyIn(text, today);
  if (told === "unclear") return { kind: "away", from: null, until: null, standIn: null };
  return told === null ? null : { kind: "weekly", ...told };
}

function reported(text: string): DeputyMeaning | null {
  const matter = reportIn(text);
  return matter === null ? null : { kind: "report", text: matter };
}

/** Small words between a command and the number: "办结了12号", "退回一下12号". */
const BETWEEN = /^(?:了|一下|掉|完|过|居民|关于|:|：)*\s*/u;

/** Small words before a command, where it has the number of an own case: "麻烦把12号退回". */
const ASKED_FOR = /^(?:请|麻烦|帮我|帮忙|我要|我想|我来|那就|就|先|把|将|给|关于|已经?)+\s*/u;

/** Small words that are no result, answer or reason. */
const SAYS_NOTHING = /^(?:了|吧|啊|呀|哦|哈|谢谢|一下|[\s\p{P}])*$/u;

function spoken(text: string, own: readonly OwnNumber[]): DeputyMeaning | null {
  const asked = text.replace(ASKED_FOR, "");
  return (
    spokenAs(text, own) ??
    spokenAs(asked, own, !/^(?:请|麻烦|帮)[^\p{P}]*?[转轉移]/u.test(text)) ??
    passedOn(asked, own)
  );
}

/** "转12给住建局", "12号给住建局". */
function passedOn(text: string, own: readonly OwnNumber[]): DeputyMeaning | null {
  const head = numberAtStart(text.replace(/^[转轉](?:[办辦交]|)/u, ""), own);
  const [, taker] = /^\s*[给給]((?!我|你|您|他|她|居民|大家)[^了]{2,})$/u.exec(head?.rest ?? "") ?? [];
  return head === null || taker === undefined ? null : { kind: "refer", number: head.number, text: taker.trim() };
}

/** @param isOfOwn whether only a command with the number of an own case counts */
function spokenAs(text: string, own: readonly OwnNumber[], isOfOwn = false): DeputyMeaning | null {
  const found = afterWord(text, SPEAKING_WORDS);
  if (found === null) return null;
  const { word, rest } = found;
  const kind = SPEAKING[word];
  const isCut = /^[a-z]/i.test(rest) && /^[a-z]/.test(word);
  const head = isCut ? null : numberAtStart(rest.replace(BETWEEN, ""), own);
  if (head !== null) return said(kind, numberAndWords(rest.replace(BETWEEN, ""), own));
  if (isOfOwn || PART_OF_A_SENTENCE[word].test(rest)) return null;
  return said(kind, numberAndWords(rest, own));
}

function said(kind: SpokenCommand, { number, text, mentions }: NumberAndWords): DeputyMeaning {
  const told = text.replace(/^(?:吧|了|啊|哈)+[\s\p{P}]+/u, "");
  const words = SAYS_NOTHING.test(told) && !/[\p{Emoji_Presentation}\p{Extended_Pictographic}]/u.test(told) ? "" : told;
  return { kind, number, text: words, ...(mentions && { mentions }) };
}

/** Words that begin with the number of an own case: a command behind it, or words for its resident. */
function numbered(text: string, own: readonly OwnNumber[]): DeputyMeaning {
  const source = numberAtStart(text, own) === null ? text.replace(ASKED_FOR, "") : text;
  if (numberAtStart(source, own) === null) {
    const { number, mentions } = numberWithin(text, own);
    if (number !== null) return { kind: "words", number, text: text.trim() };
    return mentions === undefined ? { kind: "words" } : { kind: "words", mentions };
  }
  const { number, text: words } = numberAndWords(source, own);
  if (number === null) return { kind: "words" };
  const bare = bareWords(words);
  if (bare === "" || ASKS_TO_SEE.test(bare)) return { kind: "show", number };
  if (IS_NOT_MINE.test(bare)) return { kind: "return", number, text: words };
  const command = commandBehind(words.replace(/^(?:都|全|也)+/u, ""));
  return command === null ? { kind: "words", number, text: words } : said(command.kind, { number, text: command.text });
}

/** The command that stands behind the number: "12号办结 灯修好了", "12号转住建局". */
function commandBehind(words: string): { readonly kind: SpokenCommand; readonly text: string } | null {
  const asked = words.replace(ASKED_FOR, "");
  const found = afterWord(asked, SPEAKING_WORDS);
  const isTold = /^已/u.test(words);
  if (found === null) {
    const [, taker] = isTold
      ? []
      : (/^(?:[转轉](?:到|至)?|交[给給])((?!好|向|告|达|过|述|移|让|换)[\p{Script=Han}\w][^了]*)$/u.exec(asked) ?? []);
    return taker === undefined ? null : { kind: "refer", text: taker };
  }
  const rest = found.rest.replace(/^(?:了|吧|一下)+(?=$|[\s\p{P}])/u, "");
  // "12号已转给物业" tells what was done; only a closing is also said like that.
  if (isTold && SPEAKING[found.word] !== "close") return null;
  const isReopening = SPEAKING[found.word] === "reopen" && /^(?:一下|吧|,|，|因为)/u.test(rest);
  if (!isReopening && PART_OF_A_SENTENCE[found.word].test(rest)) return null;
  return { kind: SPEAKING[found.word], text: ownWords(rest) };
}

/**
 * The meaning of a bound deputy's text: a command, an answer, or words. `number` is as typed (half width), null when left out; with `、` between them where
 * several were typed. `mentions` are numbers in the words that are own open cases and may be meant.
 */
export type DeputyMeaning =
  | { readonly kind: "bind"; readonly code: string }
  | { readonly kind: "list" }
  | { readonly kind: "show"; readonly number: string }
  | {
      readonly kind: SpokenCommand;
      readonly number: string | null;
      readonly text: string;
      readonly mentions?: readonly Mention[];
    }
  /** The first and last day of absence, YYYY-MM-DD; null when they could not be read. `standIn` as {@link standInNamed}. */
  | {
      readonly kind: "away";
      readonly from: string | null;
      readonly until: string | null;
      readonly standIn: string | null;
    }
  | { readonly kind: "back" }
  | PhraseMeaning
  /** Away on the same days each week, or not any more. */
  | ({ readonly kind: "weekly" } & Weekly)
  | { readonly kind: "stats" }
  | { readonly kind: "help" }
  /** A matter of the deputy's own. */
  | { readonly kind: "report"; readonly text: string }
  /** Words without a command; of the own case with whose number they begin, or of none that is named. */
  | {
      readonly kind: "words";
      readonly number?: string;
      readonly text?: string;
      readonly mentions?: readonly Mention[];
    };
