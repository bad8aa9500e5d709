import type { Segment } from "../categories/model.ts";
import { bareWords } from "../text/words.ts";
import type { AnswerContent } from "./answer.ts";

/** An answer as far as questions are compared with it. */
type Comparable = Pick<AnswerContent, "code" | "title" | "triggers">;

/** A way to compare questions: a dictionary, and the places that words name. */
export type Comparing = {
  readonly segment: Segment;
  /** The codes of the grids that words may mean. */
  readonly placesIn: (text: string) => readonly string[];
};

/**
 * The one answer whose triggers surely fit a question; null where none does, or more than one.
 *
 * A trigger fits a question that has each of its words, the same numbers, the same places, the same negation and asks for the same,
 * and has no word of its own besides those of the answer's triggers and title and the small words that every question has. So a
 * question about something near, whose answer would be wrong, fits none.
 */
export function answerFor<Answer extends Comparable>(
  answers: readonly Answer[],
  question: string,
  comparing: Comparing,
): Answer | null {
  const asked = sketchOf(question, comparing);
  if (asked.words.length === 0) return null;
  const [fit, another] = answers.filter((answer) => fits(answer, asked, comparing));
  return another === undefined ? (fit ?? null) : null;
}

/** A text by what two questions must have in common to be the same. */
type Sketch = {
  readonly text: string;
  readonly words: readonly string[];
  readonly numbers: string;
  readonly places: string;
  readonly negations: number;
  readonly kinds: string;
};

function fits({ title, triggers }: Comparable, asked: Sketch, comparing: Comparing): boolean {
  const known = bareWords([title, ...triggers].join(" "));
  if (asked.words.some((word) => !known.includes(word))) return false;
  return triggers.some((trigger) => {
    const { words, numbers, places, negations, kinds } = sketchOf(trigger, comparing);
    if (words.length === 0 || words.some((word) => !asked.text.includes(word))) return false;
    const isAlike = numbers === asked.numbers && places === asked.places && negations === asked.negations;
    // A trigger without a question word stands for its subject, whatever is asked of it.
    return isAlike && (kinds === "" || kinds === asked.kinds);
  });
}

function sketchOf(text: string, { segment, placesIn }: Comparing): Sketch {
  const bare = bareWords(withoutListMark(text));
  const all = [...new Set(segment(bare))].filter((word) => /[\p{L}\p{N}]/u.test(word));
  const parts = all.filter((word) => !all.some((part) => part.length > 1 && part !== word && word.includes(part)));
  return {
    text: bare,
    words: parts.filter((word) => !isSmall(word)),
    numbers: [...bare.matchAll(NUMBERS)].map(([number]) => number).join(" "),
    places: [...new Set(placesIn(bare))].toSorted().join(" "),
    negations: [...bare.replace(ASKED_BY_NOT, "").matchAll(NEGATIONS)].length,
    kinds: KINDS.flatMap(([kind, pattern]) => (pattern.test(bare) ? [kind] : [])).join(" "),
  };
}

/** The mark of a place in a list, with which a part of a message may begin: “3我家孩子…”, “2. …”. */
const LIST_MARK =
  /^\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}(?=[.．、)）是]))[)）.．、:：是]?\s*(?=\p{Script=Han})(?![岁年月日号期栋单楼室个元块级次周天组多])/u;
/** The words of a question without the mark of its place in a list, which tells nothing of what is asked. */
export function withoutListMark(text: string): string {
  return text.replace(LIST_MARK, "");
}

const NUMBERS = /\d+|[零一二三四五六七八九十百千万两]+(?=[岁年月日号期栋单楼室个元块级次周天组])/g;
/** A question that asks by saying both: “能不能”. */
const ASKED_BY_NOT = /(\p{Script=Han})[不没](?=\1)|有没有|是不是|[不没](?:有)?[呢啊呀]?$/gu;
const NEGATIONS = /[不没未无非别]|\b(?:no|not|without)\b/g;

/** What a question asks for, by its question words; closed classes of the language. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  [
    "when",
    /什么时候|啥时候|几时|何时|哪(?:一)?[天年月日]|几[点号月天]|多久|多长时间|多会儿|什么时间|啥时间|\bwhen\b|how long/,
  ],
  ["where", /哪(?:里|儿|个地方|块)|在哪|到哪|去哪|什么地方|啥地方|何处|地址|\bwhere\b/],
  ["how-much", /多少|几(?:块|元|钱|岁|年|个|次)|how (?:much|many)/],
  ["who", /谁|哪(?:个|位)(?:人|部门|单位|领导|代表)|什么(?:人|部门|单位)|找哪个|归哪|\bwho\b/],
  ["which", /哪(?:个|些|所|家|种)(?!人|部门|单位|领导|代表|地方)|\bwhich\b/],
  ["what", /(?<!为)(?:什么|啥)(?!时候|时间|人|部门|单位|地方)|\bwhat\b/],
  ["how", /怎么|怎样|如何|咋|\bhow\b(?! (?:long|much|many))/],
  ["why", /为什么|为啥|为何|凭什么|\bwhy\b/],
];

/** The small words that any question may have beside what it asks about: closed classes, and one's own family. */
const SMALL = new Set(
  (
    "的 了 是 我 你 您 他 她 它 我们 你们 他们 咱 咱们 俺 我家 我们家 咱家 家里 家 自己 本人 也 都 就 还 又 在 有 和 与 跟 把 被 让 给 对 向 从 到 去 来 上 下 往 " +
    "这 那 这个 那个 这里 那里 这边 那边 这儿 那儿 这种 那种 哪 哪个 哪里 哪儿 哪些 哪天 哪年 哪位 什么 啥 什么样 怎么 怎样 咋 如何 怎么样 为什么 为啥 为何 谁 几 多少 多久 何时 " +
    "什么时候 啥时候 时候 时间 地方 地址 几点 几号 几月 几天 几岁 岁 吗 呢 吧 啊 呀 嘛 哦 么 吗 哈 呗 着 过 得 地 之 其 及 个 一个 一下 下 件 条 点 " +
    "要 能 会 可以 可 能否 是否 能不能 可不可以 是不是 有没有 不 没 没有 应该 该 得 需 需要 想 想要 请 请问 问 问问 问一下 打听 咨询 了解 知道 不知道 晓得 告诉 说 查 查询 看 " +
    "办 办理 弄 搞 做 找 属于 归 算 叫 用 现在 目前 今年 明年 去年 最近 今天 明天 你好 您好 代表 同志 领导 师傅 谢谢 麻烦 劳驾 帮 帮忙 " +
    "孩子 小孩 娃 娃娃 儿子 女儿 闺女 孙子 孙女 我妈 我爸 妈 爸 妈妈 爸爸 爹 娘 父亲 母亲 父母 爷爷 奶奶 老婆 老公 媳妇 " +
    "a an the is are do does can i my we our you your to of for in on at it what which how when where who why please hello hi thanks"
  ).split(" "),
);

function isSmall(word: string): boolean {
  return SMALL.has(word) || /^[\d零一二三四五六七八九十百千万两]+$/.test(word);
}
