import { isNumberOf } from "../case/case.ts";
import { afterWord, bareWords, fromFirstWord, numeral } from "../text/words.ts";
import type { Act } from "../understanding/meaning.ts";
import type { OpenQuestion } from "./state.ts";

/** The meaning of a text as an answer to the open question: a choice, a number that is not offered, or a rating. */
export type Answer =
  | { readonly kind: "choice"; readonly index: number }
  | { readonly kind: "choice-out-of-range" }
  /** `isDone`: solved, whatever they think of how. */
  | { readonly kind: "rating"; readonly satisfied: boolean; readonly comment: string; readonly isDone?: true };

/** The time for which a question can be answered: later words stand for themselves. */
const QUESTION_MS = 30 * 86_400_000;

const ORDINAL =
  /^(?:我?选择?|我?要|回复?|填|答案?是?|就?是|option|number|no\.?|the|answer)?\s*第?\s*([0-9]{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:个|号|项|条|处|种|件|那个|号件)?\s*(?:吧|的|啊|呢|呀|哦|哈|谢谢|one)?$/;
const ENGLISH_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
const ENGLISH_ORDINAL = new RegExp(`^(?:the )?(${ENGLISH_ORDINALS.join("|")})(?: one)?$`);

/**
 * The answer that a text gives to the open question, or null when it is something else.
 *
 * A bare number is always meant as an answer: where nothing like it is offered, it is out of range.
 */
export function answerTo(text: string, question: OpenQuestion | undefined, now: Date): Answer | null {
  const said = bareWords(text);
  const open = question !== undefined && now.getTime() - Date.parse(question.at) <= QUESTION_MS ? question : undefined;
  if (open?.kind === "rating") {
    const rating = doneButUnsatisfied(said, open) ?? ratingIn(text);
    if (rating !== null) return rating;
  }
  const verdict = verdictIn(text);
  if (verdict !== null) return verdict;
  const number = ordinalIn(said);
  if (open === undefined) return /^\d{1,2}$/.test(said) ? { kind: "choice-out-of-range" } : null;
  if (number !== null && number >= 1 && number <= choicesOf(open)) return { kind: "choice", index: number - 1 };
  const index = namedIn(said, open) ?? numberedIn(said, open);
  if (index !== null) return { kind: "choice", index };
  return number !== null ? { kind: "choice-out-of-range" } : null;
}

/** It is so, it is not and is said again, somebody of the office is to hear the recording. */
const HEARD_CHOICES = 3;

/** The number of numbered answers that a question offers. */
export function choicesOf(question: OpenQuestion): number {
  switch (question.kind) {
    case "where":
      return question.choices.length;
    case "rating":
      return question.of === "solved" ? 3 : 2;
    case "look-again":
      return 2;
    case "unit-done":
      return 4;
    case "closing-how":
      return 3;
    case "all-or-one":
      return 2;
    case "closing-words":
    case "pressed":
      return 0;
    case "phrase":
    case "weekly":
      return 2;
    case "which-case":
      return question.cases.length;
    case "which-act":
      return question.isHeard === true ? HEARD_CHOICES : question.options.length;
    case "deputy-which-case":
      if (question.command === "confirm") return 3;
      return isYesOrNo(question) ? 2 : question.cases.length;
  }
}

function isYesOrNo(question: OpenQuestion): boolean {
  if (question.kind === "look-again") return true;
  if (question.kind === "where") return question.choices.some((choice) => "elsewhere" in choice);
  if (question.kind === "phrase" || question.kind === "weekly") return true;
  return question.kind === "deputy-which-case" && ["confirm", "pass-on", "own"].includes(question.command);
}

/** Whether a text chooses by a number alone, which means nothing to somebody who has not seen the choices. */
export function choosesByNumber(text: string): boolean {
  return ordinalIn(bareWords(text)) !== null;
}

function ordinalIn(said: string): number | null {
  const [, number] = ORDINAL.exec(said) ?? [];
  if (number !== undefined) return numeral(number);
  const [, english] = ENGLISH_ORDINAL.exec(said) ?? [];
  return english === undefined ? null : ENGLISH_ORDINALS.indexOf(english) + 1;
}

/** Also as a tap of the menu sends it: with what it says yes to. */
const YES =
  /^(?:是的?|对的?|好的?|可以|发吧?|转吧?|转给居民|答复居民|确认|没错|嗯|行|yes|y|ok|okay|sure)(?:\s*[,，]\s*(?:答复居民|转给居民|answer the resident|pass it on))?$/;
const NO = /^(?:不是?的?|不对|不发|不转|别转|不要|不用|别发|否|算了|都不是|no|n)$/;

/** A yes to “shall somebody look again?”. */
const AGAIN =
  /^(?:要|要的|好[,，]?要|重新打开|重开|再看(?:一次|一下|看)|要[,，]\s*(?:重新打开|再看一次)|yes,? (?:open it|look) again)$/;

/** The words are the deputy's own matter. */
const OWN =
  /^(?:这?是的?[,，]?\s*)?(?:我)?自己(?:的(?:事|问题)?|要?反映(?:的(?:事|问题)?)?)$|^(?:yes[,，]?\s*)?(?:it is |it's )?(?:a matter of )?my own$/;

/** The words of the acts that a question offers, as a tap of the menu sends them and as people type them. */
const ACT_WORDS: Readonly<Partial<Record<Act, RegExp>>> = {
  matter: /^(?:说?一?件?新的?(?:一件)?事|不是[,，]\s*说一件事|something new|a new (?:one|matter)|no, it is a matter)$/,
  adds: /^(?:接着(?:说|办)?(?:前面|上面|之前|原来)?(?:的事?)?|go on|what (?:i|you) said before|more of what (?:i|you) said before)$/,
  withdraw: /^(?:不用?办了|stop)$/,
  status: /^(?:问?办到哪(?:里|儿)?了|how far it is)$/,
  "service-question": /^(?:问?(?:这里)?怎么用|how this works)$/,
  "delete-my-data": /^(?:删除我的数据|delete my data)$/,
};
/** A bare yes or no to “shall it be dropped?” and “shall your data be deleted?”; “算了” and “不用” may be either. */
const YES_INDEED = /^(?:是的?|对的?|没错|嗯|确认|yes|y|sure)$/;
const NOT_SO = /^(?:不是?的?|不对|no|n)$/;

function actIn(said: string, options: readonly Act[]): number | null {
  const index = options.findIndex((act) => ACT_WORDS[act]?.test(said) === true);
  if (index >= 0) return index;
  if (options[0] !== "withdraw" && options[0] !== "delete-my-data") return null;
  if (YES_INDEED.test(said)) return 0;
  return NOT_SO.test(said) ? 1 : null;
}

/** The choice that is said with its number and its own words: “2 柳西村”, “1、是”. */
function numberedIn(said: string, question: OpenQuestion): number | null {
  const [, digits = "", words = ""] = /^([1-9]\d?)\s*[.、,，:：)）]?\s*(\D.*)$/su.exec(said) ?? [];
  const index = words === "" ? null : namedIn(bareWords(words), question);
  return index !== null && index === Number(digits) - 1 ? index : null;
}

/** The choice that is named by its own words, by a case number, or by where it stands. */
function namedIn(said: string, question: OpenQuestion): number | null {
  if (said === "") return null;
  if (isYesOrNo(question)) {
    if (YES.test(said) || (question.kind === "look-again" && AGAIN.test(said))) return 0;
    if (NO.test(said)) return question.kind === "where" ? question.choices.length - 1 : 1;
    if (question.kind === "deputy-which-case" && OWN.test(said)) return question.command === "own" ? 0 : 2;
  }
  if (question.kind === "where")
    return labelIn(
      said,
      question.choices.map((choice) => bareWords(choice.label)),
    );
  if (question.kind === "which-act" && question.isHeard === true) return YES.test(said) ? 0 : NO.test(said) ? 1 : null;
  if (question.kind === "which-act") return actIn(said, question.options);
  if (question.kind === "deputy-which-case" && question.command === "own") return null;
  if (question.kind !== "deputy-which-case" && question.kind !== "which-case") return null;
  const typed = said.replace(/^(?:编号|第|#)?\s*/, "").replace(/(?:号|件|那个|那件)$/, "");
  const index = question.cases.findIndex((number) => isNumberOf(typed, number));
  return index < 0 ? null : index;
}

/** What people put around the name of a place when it answers "where?". */
const AROUND_A_NAME =
  /^(?:就?是|我?就?在|我们?(?:是|在)?|应该是|大概|在|选|属于|靠近|离|近)|(?:这边|那边|附近|旁边|这里|那里|这个|那个|里面?|更?近(?:一?些|点)?|的|吧|啊|呢|哦)$/g;

function labelIn(said: string, labels: readonly string[]): number | null {
  if (/^(?:前者|前面那?个|上面那?个)$/.test(said)) return 0;
  if (/^(?:后者|后面那?个|下面那?个|最后一?个)$/.test(said)) return labels.length - 1;
  const name = said.replace(AROUND_A_NAME, "").replace(AROUND_A_NAME, "").trim();
  const exact = labels.findIndex((label) => label === said || label === name);
  if (exact >= 0) return exact;
  if (name.length < 2) return null;
  const holding = labels.flatMap((label, index) => (label.includes(name) ? [index] : []));
  return holding.length === 1 ? (holding[0] ?? null) : null;
}

const UNSATISFIED = list(`2
  不满意 很不满意 非常不满意 特别不满意 太不满意 极不满意 不太满意 不大满意 不怎么满意 不是很满意 我不满意 不行 不好 没解决
  没有解决 未解决 没处理 没修好 没弄好 没办好 没好 还没好 还没解决 还没有解决 还是没解决 还没修好 还是没修好 还没弄好
  还是老样子 老样子 根本没解决 根本没修 没人来 没人管 没有用 没用 没效果 一般 一般般 失望 很失望 太失望 差评 差 很差 太差
  糊弄 糊弄人 敷衍 骗人 凑合 凑合吧 将就 马马虎虎 差劲 不中 不咋地 不咋样 莫得用 不得行 冇用 not_satisfied unsatisfied dissatisfied not_done not_solved not_fixed still_broken no bad poor`);
const SATISFIED = list(`1
  满意 很满意 非常满意 特别满意 挺满意 十分满意 比较满意 基本满意 还算满意 我满意 满意了 太满意了 可以 还可以 还行 行 好 很好
  挺好 不错 很不错 挺好的 好评 五星好评 解决了 已解决 已经解决 已经解决了 都解决了 修好了 弄好了 办好了 处理好了 好了
  已经好了 没问题了 赞 点赞 中 要得 得行 巴适 嘹 蛮好 好得很 好极了 杠杠的 很可以 satisfied very_satisfied done solved fixed it_is_fixed yes good very_good great`);

/** The third choice of a closing that says that it is solved. */
const DONE_BUT_UNSATISFIED =
  /^(?:3|三)$|^(?:3\s*[.、,:)]?\s*)?(?:是|都|已经?)?(?:修|办|弄|解决|处理)?好?了?[,，、\s]*(?:但是?|可是?|就是|不过)[,，、\s]*(?:我)?(?:还是)?不(?:太|大|很|怎么)?满意$|^(?:it is )?(?:fixed|done|solved),? but (?:i am )?not satisfied$/;

function doneButUnsatisfied(said: string, { of }: Extract<OpenQuestion, { kind: "rating" }>): Answer | null {
  if (of !== "solved" || !DONE_BUT_UNSATISFIED.test(said)) return null;
  return { kind: "rating", satisfied: false, comment: "", isDone: true };
}

const VERDICTS = [...UNSATISFIED, ...SATISFIED];
const OUTRIGHT = VERDICTS.filter((word) => /满意|satisfied/.test(word));

function list(words: string): readonly string[] {
  return words.split(/\s+/).map((word) => word.replaceAll("_", " "));
}

/** Says that the question was read, and nothing of the matter. */
const READ_ONLY = /^(?:好的|好吧|好嘞|ok+|okay)$/;
/** Words that mean a verdict and nothing else; what follows them may take it back, and is weighed by whoever understands the text. */
const NAMES_VERDICT = /满意|satisfied|^[12]$|[好差]评/;
/** A verdict in points of five. */
const POINTS = /^(?:打|给)?([1-5一二三四五])(?:分|颗?星)$/;
/** From here on points are praise; so-so is none. */
const GOOD_POINTS = 4;
/** The digit of the choice before its own words: “2不满意”. */
const NUMBERED = /^[12]\s*[.、,。:)]?\s*(?=不?(?:太|大|很|非常|挺)?满意|(?:没|未|不)?(?:办|修|解|弄)(?:好|决))/;
/** Single signs with blanks between them, as some type them: 不 满 意. */
const SPELT_OUT = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/**
 * Whether a text rates a case, and what it adds; null when it speaks of something else, or says it in a sentence: what that
 * means is for the model to find.
 *
 * "So-so" counts as not satisfied: a case is never counted as satisfied on a guess.
 */
function ratingIn(text: string): Answer | null {
  const whole = text.trim();
  const bare = bareWords(whole).replace(SPELT_OUT, "");
  if (READ_ONLY.test(bare)) return null;
  const points = numeral(POINTS.exec(bare)?.[1] ?? "");
  if (points !== null) return { kind: "rating", satisfied: points >= GOOD_POINTS, comment: "" };
  const said = /^\p{Script=Han}(?:\s+\p{Script=Han})+$/u.test(bareWords(whole)) ? bare : whole;
  const found = thumb(said) ?? afterWord(said.replace(/^我?选\s*/, "").replace(NUMBERED, ""), VERDICTS);
  if (found !== null && isWholeWord(found)) {
    const comment = fromFirstWord(found.rest.replace(/^[了的吧啊呀]+/, "")).trim();
    if (comment !== "" && !NAMES_VERDICT.test(found.word)) return null;
    return { kind: "rating", satisfied: !UNSATISFIED.includes(found.word), comment };
  }
  const number = ordinalIn(bare);
  return number === 1 || number === 2 ? { kind: "rating", satisfied: number === 1, comment: "" } : null;
}

/** Satisfaction named as such rates a case even when nobody asks just now. */
function verdictIn(text: string): Answer | null {
  const found = afterWord(text, OUTRIGHT);
  return found !== null && isWholeWord(found) ? ratingIn(text) : null;
}

/** A word rates only when it stands by itself: "好多人" and "1-2号楼" are something else. */
function isWholeWord({ word, rest }: { readonly word: string; readonly rest: string }): boolean {
  if (/^\d$/.test(word) && /^\s*[-.:/－．：~～]?\s*\d/.test(rest)) return false;
  return /^[了的吧啊呀]*(?:$|[\s\p{P}\p{S}])/u.test(rest);
}

function thumb(text: string): { readonly word: string; readonly rest: string } | null {
  const [, up, rest] =
    /^(?:(👍|\[(?:[强強]|[Tt]humbs[Uu]p)\]|\/:strong)|👎|\[(?:弱|[Tt]humbs[Dd]own)\]|\/:weak)[\u{1f3fb}-\u{1f3ff}]?(.*)$/su.exec(
      text,
    ) ?? [];
  if (rest === undefined) return null;
  return { word: up === undefined ? "差" : "好", rest: ` ${rest}` };
}
