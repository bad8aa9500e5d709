import { alike, ownMatter, type Telling } from "./signs.ts";

/** An item of a list that counts from one: its mark begins at `at`, its words at `words`. */
type Item = { readonly at: number; readonly words: number };

/** What stands behind a digit that counts things and begins no item: 3号楼, 2个月, 5点. */
const COUNTED =
  "号楼栋幢单元层年月日天点时分秒周个件位名户家口人次回遍块元角米里斤吨度岁级组队村社路线期栏排条张台辆只棵间套万千百十亿倍成折米公厘平立多几来左右％%";
/** The marks of items by their style; a list keeps to one. */
const STYLES: readonly { readonly mark: RegExp; readonly digits: string }[] = [
  {
    mark: new RegExp(
      `[(（【[]?([1-9])(?![\\d${COUNTED}]|[.:：/~-]\\d)[)）】\\]]?[\\s.、,，:：。．]*(?:是(?!不))?`,
      "gu",
    ),
    digits: "123456789",
  },
  { mark: /([①②③④⑤⑥⑦⑧⑨])[\s.、,，:：]*/gu, digits: "①②③④⑤⑥⑦⑧⑨" },
  { mark: /[(（]?([一二三四五六七八九])(?:[)）][\s、,，:：]*|[、,，.．:：]\s*)/gu, digits: "一二三四五六七八九" },
  {
    mark: /(?:第|其)([一二三四五六七八九])(?:[个件条点样桩]|(?=[\s\p{P}是]))(?:事|问题)?(?:是|呢)?[\s\p{P}]*/gu,
    digits: "一二三四五六七八九",
  },
  { mark: /\b(?:(first|second|third|fourth|fifth)(?:ly)?)\b[\s\p{P}]*/giu, digits: "" },
];
const ORDINALS = ["first", "second", "third", "fourth", "fifth"];
const BEFORE = /(?:^|[\s\p{P}\p{S}])$/u;

/** Words in front of a list that say that its items are demands, grounds or steps of one matter. */
const OF_ONE =
  /(?:诉求|要求|请求|希望|建议|提案|意见|方案|原因|理由|依据|证据|经过|过程|步骤|流程|办法|毛病|危害|影响|reasons?|demands?|steps?)[^。！？!?]{0,8}$/iu;
/** From this share on an item says what it is about. */
const ABOUT = 0.6;
/** From this share on the words in front of a list say what all of it is about. */
const ABOUT_ALL = 0.3;
/** Below this share an item names no matter or question of its own. */
const NAMES_ONE = 0.3;
/** From this share of common pairs of signs on two items of one topic are the same trouble. */
const SAME_TROUBLE = 0.3;

/**
 * The places where the second and each further matter of a counted list begins; none where the items are not surely matters of their
 * own, but grounds, demands or signs of one trouble: then one of them does not say what it is about, or the words in front do so for all.
 */
export function listedCuts(text: string, telling: Telling): readonly number[] {
  for (const items of STYLES.map((style) => itemsOf(text, style)).filter((found) => found.length >= 2)) {
    if (areMatters(text, items, telling)) return items.slice(1).map(({ at }) => at);
  }
  return [];
}

/** The items from the first on, as far as they count on. */
function itemsOf(text: string, { mark, digits }: (typeof STYLES)[number]): Item[] {
  const items: Item[] = [];
  for (const match of text.matchAll(mark)) {
    const [whole, said = ""] = match;
    const number = (digits === "" ? ORDINALS.indexOf(said.toLowerCase()) : digits.indexOf(said)) + 1;
    if (number !== items.length + 1) continue;
    if (items.length === 0 && !BEFORE.test(text.slice(0, match.index))) continue;
    items.push({ at: match.index, words: match.index + whole.length });
  }
  return items;
}

function areMatters(text: string, items: readonly Item[], { read, topicOf }: Telling): boolean {
  const before = text.slice(0, items[0]?.at);
  if (OF_ONE.test(before)) return false;
  const about = topicOf(before);
  if (about.category !== null && about.confidence >= ABOUT_ALL) return false;
  // What stands behind the first sentence of an item tells more of it, or follows the list.
  const words = items.map(({ words: from }, index) => firstSentence(text.slice(from, items[index + 1]?.at)));
  const topics = words.map(topicOf);
  const saysWhat = topics.every(({ category, confidence }) => category !== null && confidence >= ABOUT);
  if (new Set(topics.map(({ category }) => category)).size < 2) return false;
  if (!saysWhat || words.some((one) => ownMatter(read(one)) < NAMES_ONE)) return false;
  return words.every((one, index) =>
    words
      .slice(0, index)
      .every((other, at) => topics[at]?.category !== topics[index]?.category || alike(one, other) < SAME_TROUBLE),
  );
}

function firstSentence(words: string): string {
  return /^[^。！？!?\n]*/.exec(words)?.[0] ?? words;
}
