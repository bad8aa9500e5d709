import { normalise } from "../text/words.ts";

/** A topic of a county's catalogue, under which an office files messages. */
export type Topic = {
  /** Letters, digits and `-`; what rules and cases name. */
  readonly code: string;
  /** As staff see it. */
  readonly name: string;
  /** What people say when they mean it. */
  readonly words: readonly string[];
  /** Whole messages as people write them. */
  readonly examples: readonly string[];
};

/** A word segmenter: cuts a text into words. It is passed in, for it needs a dictionary. */
export type Segment = (text: string) => readonly string[];

/** The topic that a model finds for a message, with its confidence and the words that told. */
export type Categorised = {
  /** Null below the threshold: no rule on categories holds then. */
  readonly category: string | null;
  /** 0 to 1: the share of messages that look like this one and belong there. */
  readonly confidence: number;
  /** The words that spoke most for it, strongest first, at most five; empty where there is none. */
  readonly because: readonly string[];
};

/**
 * The words learned beside the catalogue: for each word, in how many texts of each topic it was.
 *
 * {@link NO_CATEGORY} stands for texts of no topic.
 */
export type LearnedWords = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A model of a catalogue, as {@link buildModel} builds it; built once, asked for every message. */
export type CategoryModel = {
  /** The words of a text that may tell its topic, each once. */
  readonly features: (text: string) => ReadonlySet<string>;
  /** Null is the topic of whatever is none. */
  readonly topics: readonly (string | null)[];
  /** The topics' names as staff see them, by code. */
  readonly names: ReadonlyMap<string, string>;
  /** For each known word, how often it was seen in each topic, weighted. */
  readonly counts: ReadonlyMap<string, Float64Array>;
  /** The sum of the counts of each topic. */
  readonly totals: Float64Array;
  /** By which log-likelihoods are divided before they become shares: naive Bayes is too sure of itself. */
  readonly temperature: number;
};

/** The code that stands for "no topic at all". */
export const NO_CATEGORY = "none";

/** The confidence below which a message has no category, where a county sets nothing else. */
export const CERTAIN = 0.75;
/** A word of the catalogue counts like so many mentions. */
const WORD_WEIGHT = 3;
/** What a word of the catalogue is made of speaks less for its topic: 电动车 in 电动车进楼. */
const PART_WEIGHT = 0.5;
const EXAMPLE_WEIGHT = 1;
/** Added to every count, so that a word never seen in a topic does not exclude it. */
const SMOOTHING = 0.15;
/** Only the beginning of a long text is read: what it is about is said there, and the time stays bounded. */
const READ_LENGTH = 400;
/** The most characters of a catalogue's word that is found anywhere in a text. */
export const LONGEST_WORD = 8;
const LETTERS = /^[a-z]{2}$/;
const TEMPERATURES = [0.5, 0.7, 0.85, 1, 1.2, 1.4, 1.7, 2, 2.5, 3, 4, 6];

/** Words that every topic has: they say nothing about which it is. */
const FUNCTION_WORDS = new Set(
  (
    "电话 打电话 电话号码 的 了 是 我 你 他 她 它 我们 你们 他们 咱 咱们 俺 俺们 也 都 就 还 又 在 有 和 与 跟 同 把 被 让 给 对 向 从 到 去 来 上 下 里 外 " +
    "这 那 这个 那个 这里 那里 这边 那边 这儿 那儿 哪 哪里 什么 啥 怎么 咋 为什么 为啥 吗 呢 吧 啊 呀 嘛 哦 不 没 没有 很 太 真 好 " +
    "要 能 会 可以 应该 一个 一 二 三 两 几 个 次 天 年 月 说 想 请 问 请问 知道 现在 已经 一直 人 事 事情 问题 反映 希望 时候 " +
    "没人 没人管 没人修 没人清 没人来 没人理 没人扫 坏了 一组 二组 三组 得 地 着 过 再 才 只 但 但是 可是 而且 因为 所以 如果 然后 还有 家 我家 村 村里 老 大 小 多 少 谁 之 其 及 等 吧 们 每 每天 天天"
  ).split(" "),
);
/** One sign alone says too little, unless the catalogue has it; nor does a number. */
const SAYS_SOMETHING = /^(?=.*\p{L})(?![零〇一二两三四五六七八九十百千万亿几半多个点块元天年月日号度岁]+$).{2,}$/u;

/**
 * Builds a model that tells which words belong to which topic.
 *
 * Multinomial naive Bayes over the words of the catalogue, its examples and what staff corrected, every word counted once a
 * text; how sure it may be is measured on each example in turn, left out of what is learned (temperature scaling, Guo et
 * al. 2017).
 * @param learned what staff put right, in words; topics that the catalogue does not have any more are passed over
 * @param without messages of no topic at all, which keep greetings and advertising out of the topics
 */
export function buildModel(
  catalogue: readonly Topic[],
  { learned, without, segment }: { learned: LearnedWords; without: readonly string[]; segment: Segment },
): CategoryModel {
  const words = byFirst(catalogue.flatMap((topic) => topic.words.map(matched)));
  const features = (text: string) => featuresOf(text, segment, words);
  const topics = [...catalogue.map((topic) => topic.code), null];
  const counts = new Map<string, Float64Array>();
  const totals = new Float64Array(topics.length);
  const seen: { readonly tokens: ReadonlySet<string>; readonly topic: number }[] = [];
  const count = (token: string, topic: number, times: number) => {
    const row = counts.get(token) ?? new Float64Array(topics.length);
    row[topic] = (row[topic] ?? 0) + times;
    totals[topic] = (totals[topic] ?? 0) + times;
    counts.set(token, row);
  };
  const show = (text: string, topic: number) => {
    const tokens = features(text);
    for (const token of tokens) count(token, topic, EXAMPLE_WEIGHT);
    seen.push({ tokens, topic });
  };
  for (const [index, topic] of catalogue.entries()) {
    for (const word of topic.words) {
      for (const token of features(word)) count(token, index, token === matched(word) ? WORD_WEIGHT : PART_WEIGHT);
    }
    for (const example of topic.examples) show(example, index);
  }
  for (const text of without) show(text, catalogue.length);
  for (const [token, times] of Object.entries(learned)) {
    for (const [code, number] of Object.entries(times)) {
      const topic = topics.indexOf(code === NO_CATEGORY ? null : code);
      if (topic >= 0) count(token, topic, number);
    }
  }
  const model = { features, topics, counts, totals };
  const names = new Map(catalogue.map(({ code, name }) => [code, name]));
  return { ...model, names, temperature: bestTemperature(model, seen) };
}

/**
 * Categorises a text: its topic, the confidence, and the words that told.
 *
 * @param certain 0 to 1: below this confidence there is no topic, for a wrong one is worse than none
 */
export function categorise(model: CategoryModel, text: string, certain = CERTAIN): Categorised {
  const tokens = model.features(text);
  const shares = sharesOf(likelihoods(model, tokens), model.temperature);
  const best = indexOfLargest(shares);
  const category = model.topics[best] ?? null;
  const confidence = shares[best] ?? 0;
  if (category === null || confidence < certain) return { category: null, confidence, because: [] };
  return { category, confidence, because: strongest(model, tokens, best) };
}

/**
 * Whether a word by itself says anything about the topic of a text; numbers, function words and single signs do not.
 */
export function saysSomething(word: string): boolean {
  return SAYS_SOMETHING.test(word) && !FUNCTION_WORDS.has(word);
}

/** The words of a catalogue by the code of their first sign, shortest first. */
type WordsByFirst = ReadonlyMap<number, readonly string[]>;

function byFirst(words: Iterable<string>): WordsByFirst {
  const shortestFirst = [...new Set(words)]
    .filter((word) => word.length > 0 && word.length <= LONGEST_WORD)
    .toSorted((one, other) => one.length - other.length);
  return Map.groupBy(shortestFirst, (word) => word.charCodeAt(0));
}

/** A text as it is cut, without what says nothing, and every word of the catalogue in it. */
function featuresOf(text: string, segment: Segment, words: WordsByFirst): Set<string> {
  const said = matched(text.slice(0, READ_LENGTH));
  const found = new Set(segment(said).filter(saysSomething));
  for (let start = 0; start < said.length; start += 1) {
    for (const word of words.get(said.charCodeAt(start)) ?? []) {
      if (said.startsWith(word, start) && !isCut(said, start, start + word.length)) found.add(word);
    }
  }
  return found;
}

/** Whether a word of letters would be cut out of a longer one: `bus` out of `business`. */
function isCut(said: string, start: number, end: number): boolean {
  return LETTERS.test(said.slice(start - 1, start + 1)) || LETTERS.test(said.slice(end - 1, end + 1));
}

function matched(text: string): string {
  return normalise(text).toLowerCase();
}

type Counted = Pick<CategoryModel, "topics" | "counts" | "totals">;

/** The log-likelihood of these words in each topic; `left` is a text that is to count as not seen. */
function likelihoods(
  { topics, counts, totals }: Counted,
  tokens: ReadonlySet<string>,
  left?: { readonly topic: number },
): Float64Array {
  const vocabulary = counts.size * SMOOTHING;
  const sums = new Float64Array(topics.length);
  for (const token of tokens) {
    const row = counts.get(token);
    if (row === undefined) continue;
    for (let topic = 0; topic < topics.length; topic += 1) {
      const own = left?.topic === topic;
      const count = (row[topic] ?? 0) - (own ? EXAMPLE_WEIGHT : 0);
      const total = (totals[topic] ?? 0) - (own ? tokens.size * EXAMPLE_WEIGHT : 0);
      sums[topic] = (sums[topic] ?? 0) + Math.log((count + SMOOTHING) / (total + vocabulary));
    }
  }
  return sums;
}

function sharesOf(sums: Float64Array, temperature: number): Float64Array {
  const most = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp((sum - most) / temperature));
  const whole = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / whole);
}

/** The temperature at which the examples, each judged without itself, are least surprising. */
function bestTemperature(
  model: Counted,
  seen: readonly { readonly tokens: ReadonlySet<string>; readonly topic: number }[],
): number {
  const judged = seen.map((one) => ({ topic: one.topic, sums: likelihoods(model, one.tokens, one) }));
  const surprise = (temperature: number) =>
    judged.reduce((sum, { topic, sums }) => sum - Math.log(Math.max(sharesOf(sums, temperature)[topic] ?? 0, 1e-9)), 0);
  if (judged.length === 0) return 1;
  const costs = TEMPERATURES.map((temperature) => ({ temperature, cost: surprise(temperature) }));
  return costs.reduce((least, one) => (one.cost < least.cost ? one : least)).temperature;
}

function strongest({ counts, totals, topics }: Counted, tokens: ReadonlySet<string>, best: number): string[] {
  const all = totals.reduce((sum, total) => sum + total, 0);
  return [...tokens]
    .flatMap((token) => {
      const row = counts.get(token);
      if (row === undefined) return [];
      const here = ((row[best] ?? 0) + SMOOTHING) / (totals[best] ?? 1);
      const anywhere = (row.reduce((sum, count) => sum + count, 0) + SMOOTHING * topics.length) / all;
      return here > anywhere ? [{ token, weight: Math.log(here / anywhere) }] : [];
    })
    .sort((a, b) => b.weight - a.weight || (a.token < b.token ? -1 : 1))
    .slice(0, 5)
    .map(({ token }) => token);
}

function indexOfLargest(values: Float64Array): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}
