import { isNumberOf } from "../../../src/domain/case/case.ts";
import { isFollowUp, isGoodNews } from "./courtesy.ts";
import type { OpenQuestion } from "./dialog.ts";
import { afterWord, bareWords, fromFirstWord, numeral } from "./words.ts";

export type Answer =
  | { readonly kind: "choice"; readonly index: number }
  | { readonly kind: "choice-out-of-range" }
  | { readonly kind: "rating"; readonly satisfied: boolean; readonly comment: string };

/** A question that waited longer is not answered by chance: later words stand for themselves. */
const QUESTION_MS = 30 * 86_400_000;

const ORDINAL =
  /^(?:我?选择?|我?要|回复?|填|答案?是?|就?是|option|number|no\.?|the|answer)?\s*第?\s*([0-9]{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:个|号|项|条|处|种|件|那个|号件)?\s*(?:吧|的|啊|呢|呀|哦|哈|谢谢|one)?$/;
const ENGLISH_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

/**
 * The answer that a text is to the question that waits, or null when it is something else.
 *
 * A bare number is always meant as an answer: where nothing like it is offered, it is out of range.
 */
export function answerTo(text: string, question: OpenQuestion | undefined, now: Date): Answer | null {
  const said = bareWords(text);
  const open = question !== undefined && now.getTime() - Date.parse(question.at) <= QUESTION_MS ? question : undefined;
  if (open?.kind === "rating") {
    const rating = ratingIn(text);
    if (rating !== null) return rating;
  }
  const verdict = verdictIn(text);
  if (verdict !== null) return verdict;
  const number = ordinalIn(said);
  if (open === undefined) return /^\d{1,2}$/.test(said) ? { kind: "choice-out-of-range" } : null;
  if (number !== null && number >= 1 && number <= choicesOf(open)) return { kind: "choice", index: number - 1 };
  const index = namedIn(said, open);
  if (index !== null) return { kind: "choice", index };
  return number !== null ? { kind: "choice-out-of-range" } : null;
}

/** How many numbered answers a question offers. */
function choicesOf(question: OpenQuestion): number {
  switch (question.kind) {
    case "where":
      return question.choices.length;
    case "rating":
      return 2;
    case "which-case":
      return question.cases.length;
    case "deputy-which-case":
      return isYesOrNo(question) ? 2 : question.cases.length;
  }
}

function isYesOrNo(question: OpenQuestion): boolean {
  return question.kind === "deputy-which-case" && question.command === "confirm" && question.cases.length === 1;
}

function ordinalIn(said: string): number | null {
  const [, number] = ORDINAL.exec(said) ?? [];
  if (number !== undefined) return numeral(number);
  const english = ENGLISH_ORDINALS.findIndex((word) => new RegExp(`^(?:the )?${word}(?: one)?$`).test(said));
  return english < 0 ? null : english + 1;
}

/** The choice that is named by its own words, by a case number, or by where it stands. */
function namedIn(said: string, question: OpenQuestion): number | null {
  if (said === "") return null;
  if (isYesOrNo(question)) {
    if (/^(是的?|对的?|好的?|可以|发吧?|确认|没错|嗯|行|yes|y|ok|okay|sure)$/.test(said)) return 0;
    if (/^(不是?的?|不对|不发|不要|不用|别发|否|算了|no|n)$/.test(said)) return 1;
  }
  if (question.kind === "where")
    return labelIn(
      said,
      question.choices.map((choice) => bareWords(choice.label)),
    );
  if (question.kind === "rating") return null;
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
  糊弄 糊弄人 敷衍 骗人 not_satisfied unsatisfied dissatisfied not_solved not_fixed still_broken no bad poor`);
const SATISFIED = list(`1
  满意 很满意 非常满意 特别满意 挺满意 十分满意 比较满意 基本满意 还算满意 我满意 满意了 太满意了 可以 还可以 还行 行 好 很好
  挺好 不错 很不错 挺好的 好评 五星好评 解决了 已解决 已经解决 已经解决了 都解决了 修好了 弄好了 办好了 处理好了 好了
  已经好了 没问题了 赞 点赞 satisfied very_satisfied solved fixed it_is_fixed yes good very_good great`);

function list(words: string): readonly string[] {
  return words.split(/\s+/).map((word) => word.replaceAll("_", " "));
}

/** Says that the question was read, and nothing of the matter. */
const READ_ONLY = /^(?:好的|好吧|好嘞|ok+|okay)$/;

/**
 * Whether a text rates a case, and what it adds; null when it speaks of something else.
 *
 * "So-so" counts as not satisfied: a case is never counted as satisfied on a guess.
 */
function ratingIn(text: string): Answer | null {
  const whole = text.trim();
  if (READ_ONLY.test(bareWords(whole))) return null;
  const found = thumb(whole) ?? afterWord(whole.replace(/^我?选\s*/, ""), [...UNSATISFIED, ...SATISFIED]);
  if (found !== null && isWholeWord(found)) {
    const comment = fromFirstWord(found.rest.replace(/^[了的吧啊呀]+/, "")).trim();
    if (UNSATISFIED.includes(found.word)) return { kind: "rating", satisfied: false, comment };
    if (comment === "" || isGoodNews(comment)) return { kind: "rating", satisfied: true, comment };
    return { kind: "rating", satisfied: !isFollowUp(comment), comment };
  }
  const number = ordinalIn(bareWords(text));
  if (number === 1 || number === 2) return { kind: "rating", satisfied: number === 1, comment: "" };
  if (isFollowUp(text) || /^满意(?:个|什么|啥|才怪)/.test(bareWords(text)))
    return { kind: "rating", satisfied: false, comment: whole };
  return isGoodNews(text) ? { kind: "rating", satisfied: true, comment: whole } : null;
}

/** Satisfaction named as such rates a case even when nobody asks just now. */
function verdictIn(text: string): Answer | null {
  const found = afterWord(
    text,
    [...UNSATISFIED, ...SATISFIED].filter((word) => /满意|satisfied/.test(word)),
  );
  return found !== null && isWholeWord(found) ? ratingIn(text) : null;
}

/** A word rates only when it stands by itself: "好多人" and "1-2号楼" are something else. */
function isWholeWord({ word, rest }: { readonly word: string; readonly rest: string }): boolean {
  if (/^\d$/.test(word) && /^\s*[-.:/－．：~～]?\s*\d/.test(rest)) return false;
  return /^[了的吧啊呀]*(?:$|[\s\p{P}\p{S}])/u.test(rest);
}

function thumb(text: string): { readonly word: string; readonly rest: string } | null {
  const [, up, rest] = /^(?:(👍|\[强\])|👎|\[弱\])[\u{1f3fb}-\u{1f3ff}]?(.*)$/su.exec(text) ?? [];
  if (rest === undefined) return null;
  return { word: up === undefined ? "差" : "好", rest: ` ${rest}` };
}
