/** A way in which people set one matter apart from another: a list that is counted, or a word that begins another one. */
export type CutKind = "list" | "word" | "pause" | "clause";

/** The parts of a text between its cuts, with what stands before the first; no sign is lost but the marks that cut. */
export type Cuts = {
  readonly kind: CutKind;
  /** What is said before the parts; empty where the first part begins the text. */
  readonly intro: string;
  readonly parts: readonly string[];
  /** How many matters the text says that it has; null where it says none, or its marks say it. */
  readonly said: number | null;
};

const HAN = "一二三四五六七八九";
const CIRCLED = "①②③④⑤⑥⑦⑧⑨";
const ENGLISH = ["first(?:ly)?", "second(?:ly)?", "third(?:ly)?", "fourth(?:ly)?", "fifth(?:ly)?", "sixth(?:ly)?"];
/** Before a mark of a list: the beginning, or an end of a clause. */
const APART = String.raw`(?:^|(?<=[\s,，。.;；:：!！?？、…~—]))`;

/** The ways to count, each as the pattern of the mark with this number, from 1. */
const COUNTINGS: readonly ((number: number) => string | null)[] = [
  (number) => String.raw`(?<!\d)[(（]?${number}[)）]\s*`,
  (number) => String.raw`${APART}${number}[.、．:：,，]\s*(?!\d)`,
  (number) => (CIRCLED[number - 1] === undefined ? null : `${CIRCLED[number - 1]}\\s*[、.,，:：]?`),
  (number) => hanMark(number, (han) => `${APART}[(（]?${han}[)）、.．:：,，]\\s*`),
  (number) =>
    hanMark(
      number,
      (han) =>
        `${APART}(?:第${han}(?:个|件|条|点|桩|样)?(?:事|问题)?|其${han}|${han}(?:是|来|则|者|个是))[:：,，、]?\\s*`,
    ),
  (number) => (ENGLISH[number - 1] === undefined ? null : String.raw`(?<![a-z])(?:${ENGLISH[number - 1]})[,:]?\s+`),
];

function hanMark(number: number, mark: (han: string) => string): string | null {
  const han = HAN[number - 1];
  return han === undefined ? null : mark(han);
}

/** Words with which another matter begins, after an end of a clause. */
const ANOTHER = new RegExp(
  String.raw`(?<=[\s,，。.;；!！?？、…~—])(?:` +
    [
      "另外(?:还有)?(?:一件事|一个事|一个问题|一件|一桩)?",
      "还有(?:就是|个|一[个件桩样条]|[一二两]点)?(?:事|问题)?",
      "再(?:就是|说一[个件]事?|有|一个|来一件)",
      "(?:顺便|顺带|顺嘴|捎带)(?:再)?(?:问|说|提|反映|讲)?(?:一?下|一句|一嘴|个事)?",
      "此外",
      "同时",
      "对了",
      "也是一件",
      "(?:又|还)有[一另]件?",
      "also",
      "another (?:thing|issue|problem)(?: is)?",
      "by the way",
      "in addition",
      "besides",
    ].join("|") +
    String.raw`)[,，:：、 ]*`,
  "giu",
);
const PAUSE = /[;；]+|(?:…|\.{3,}|。{2,})+|[。！!]\s*|\s{2,}/gu;
const LONGEST_LIST = 9;
const CLAUSE = /[\s,，。;；!！?？…]+/gu;
/** How people say that they have several: "两件事一起说". */
const COUNT =
  /(?:我?(?:想|要)?(?:说|反映|讲|问)?)?([两俩二三四])(?:个|件|样|桩|条|头)(?:儿)?(?:事情?|问题|事体)?(?:都|一起|一块儿?|一并)?[^\s,，。;；:：]{0,8}[:：]?/u;
const COUNTS: Readonly<Record<string, number>> = { 两: 2, 俩: 2, 二: 2, 三: 3, 四: 4 };

function saidCount(text: string): number | null {
  return COUNTS[COUNT.exec(text)?.[1] ?? ""] ?? null;
}

/** The parts into which a text may be cut, surest first: along a list that counts 1, 2, 3; along words that begin another matter; along pauses. */
export function cutsOf(text: string): Cuts[] {
  const lists = COUNTINGS.flatMap((mark) => listIn(text, mark) ?? []);
  const list = lists.sort((one, other) => other.parts.length - one.parts.length)[0];
  const said = saidCount(text);
  return [
    ...(list === undefined ? [] : [list]),
    ...cutAlong(text, ANOTHER, "word"),
    ...cutAlong(text, PAUSE, "pause"),
    ...cutAlong(said === null ? text : text.replace(COUNT, " "), CLAUSE, "clause", said),
  ];
}

function listIn(text: string, mark: (number: number) => string | null): Cuts | null {
  const found: { from: number; to: number }[] = [];
  for (let number = 1; number <= LONGEST_LIST; number += 1) {
    const pattern = mark(number);
    if (pattern === null) break;
    const at = new RegExp(pattern, "giu");
    at.lastIndex = found.at(-1)?.to ?? 0;
    const match = at.exec(text);
    if (match === null) break;
    found.push({ from: match.index, to: match.index + match[0].length });
  }
  if (found.length < 2) return null;
  const parts = found.map(({ to }, index) => text.slice(to, found[index + 1]?.from).trim());
  return { kind: "list", intro: text.slice(0, found[0]?.from).trim(), parts, said: null };
}

function cutAlong(text: string, marks: RegExp, kind: CutKind, said: number | null = null): Cuts[] {
  const parts = text
    .split(marks)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return parts.length < 2 ? [] : [{ kind, intro: "", parts, said }];
}
