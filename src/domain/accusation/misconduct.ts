import { PatternList } from "../patterns/pattern-list.ts";
import { hasOfficial, type Mention } from "./actors.ts";
import { isHarmless } from "./harmless.ts";
import { SIGNS } from "./signs.ts";
import { ENGLISH_SIGNS } from "./signs-english.ts";
import type { MisconductKind } from "./signs-office.ts";

/** From here on what is said of an official is an accusation. */
const ENOUGH = 2;
/** Something is said of an official that is none of what people say of one without a reproach. */
const UNLIKE = 2;
/** What is said of an official who is only called or asked mostly concerns somebody else. */
const OF_WHOM_IS_CALLED = 0.4;
const OF_SOMEBODY_ELSE = 0.25;
/** However much is said of others, it never makes an accusation of an official. */
const MOST_OF_OTHERS = 1;
/** Whoever is to be reported or removed follows the verb. */
const LONGEST_WAY_TO_OBJECT = 14;

/** Whoever asks the office for something thanks it, at the beginning or the end; that praises no deputy. */
const COURTESY =
  /(?:谢谢|多谢|感谢|辛苦)(?:了|你们?|您|各位|大家|政府|党|领导)*(?:了|百忙[^,。;!?]{0,8})?[,。;!~ ]*$|(?:谢谢|感谢|辛苦)(?:各位|政府|党|领导|平台|组织)/g;
/** Whoever asks who will see to it asks because of what was done. */
const REMEDY = /(?:归谁管|谁来?管|能管(?:吗|不)|管不管|怎么办|找谁|有人管吗|没人管吗?)[^,。;!?]{0,3}[?。!~ ]*$/;
/** What weighs against an accusation: thanks, praise, questions of how things are done. */
const AGAINST: readonly (readonly [weight: number, pattern: RegExp])[] = [
  [
    3,
    /谢|感激|表扬|点(?:个)?赞|锦旗|好人(?!都)|好代表|好样|了不起|热心|为民|负责任|办实事|辛苦|清官|耐心|细心|和气|周到|让出|恭喜|祝(?:福|贺|您|他|她|愿)|记(?:着|一功)|\b(?:thank\w*|grateful|kind|good (?:man|woman|person|deputy))\b/,
  ],
  [
    2,
    /(?<!(?:管|合理|公平|合法|天理|对|应该|还是代表|配)(?:啊|呀)?)[吗么]\??$|(?<![谁吗么])\?$|在?哪(?:里|儿|个|天|看|找|(?!来)).{0,3}$|(?:怎么|怎样|如何|什么情况|能不能|会不会|可不可以|能否|是否|合不合)[^,。;!?]{0,14}(?:\?|吗|呢|的?$)|(?:能|会|可以|需要|允许|合规)[^,。;!?]{0,14}[吗么]|^请问|\b(?:is (?:it|that) allowed|how (?:do|are|can)|what is|can (?:i|my))\b/,
  ],
];
/** A matter like any other, beside which an official is mentioned. */
const MATTER =
  /坏|断了|堵|漏|停[水电]|塌|路灯|井盖|没[来修装办赶回]|还没|没动静|没消息|没下文|等(?:了|到|着)|什么时候|啥时候|照片|请(?:他|她)|希望|需要什么|\b(?:still waiting|no answer|broken)\b/;
/** What was not done. */
const DENIED =
  /(?:不|没有?|从不|从没|未|没有|死活不|坚决不|拒)(?:肯|会|曾|再|敢)?(?:收|拿|要|占|吃|喝|贪|骂|打|图)(?:过|了)?(?:我们?|大家|群众|老百姓|人家)?(?:一?[分毛针根点口](?:钱|线|好处)?)?(?!.{0,6}不(?:办|给))/g;

const CHINESE = new PatternList(
  (Object.entries(SIGNS) as [keyof typeof SIGNS, (typeof SIGNS)[keyof typeof SIGNS]][]).flatMap(([kind, signs]) =>
    signs.map(([weight, pattern]) => ({ kind, weight, pattern: new RegExp(pattern, "g") })),
  ),
);
const ENGLISH = new PatternList(
  ENGLISH_SIGNS.map(([kind, weight, pattern]) => ({ kind, weight, pattern: new RegExp(pattern, "g") })),
);

/** What a text says against an official. */
type Reproach = {
  readonly kind: MisconductKind;
  readonly weight: number;
  /** How much of the word is meant for an official, 0 to 1; the weight is what is left of it. */
  readonly share: number;
};

/**
 * The kinds of misconduct of which a text accuses an official, heaviest first; empty when its words weigh too little,
 * or are said of somebody else.
 * @param said normalised, small letters
 * @param mentions the people in it
 */
export function misconductIn(said: string, mentions: readonly Mention[]): readonly Reproach[] {
  if (!hasOfficial(mentions)) return [];
  const found = reproachesIn(said, (at, kind) => shareOf(mentions, at, kind));
  const unlike = Math.max(...mentions.map((one) => unlikeness(said, one)));
  if (unlike > 0) found.push({ kind: "unlike", weight: unlike, share: 1 });
  const ofOthers = sumOf(found.filter((one) => one.share <= OF_SOMEBODY_ELSE));
  const ofOfficials = sumOf(found.filter((one) => one.share > OF_SOMEBODY_ELSE));
  const weight = ofOfficials + Math.min(ofOthers, MOST_OF_OTHERS);
  return weight >= ENOUGH && weight - against(said) >= ENOUGH ? found : [];
}

/**
 * How much speaks for a reproach because nothing harmless is said of an official; less where the text has a matter of its
 * own, or where the name alone might be that of somebody else.
 */
function unlikeness(said: string, { at, length, who, isCalled }: Mention): number {
  if (who !== "official" || isCalled || isHarmless(said.slice(at + length))) return 0;
  return MATTER.test(said) || said[at - 1] === "某" ? UNLIKE / 2 : UNLIKE;
}

/** What only somebody who holds an office can make away with. */
const PUBLIC_LOSS =
  /(?:扶贫|低保|五保|补贴|补助|救济|救灾|征地|补偿款|集体|公款|村里的?钱|慰问|危房款)[^,。;!?]{0,12}(?:吞|贪|挪用|私分|截留|冒领|克扣|侵占|倒卖|腰包|自己家)/;

/** Who asks what can be done blames nobody yet. */
const ASKS = /怎么|问|为(?:什么|啥)|吗|\?/;

/** Whether a text says that public property was made away with, and does not say by whom. @param mentions the people in it */
export function tellsOfPublicLoss(said: string, mentions: readonly Mention[]): boolean {
  return mentions.length === 0 && PUBLIC_LOSS.test(said) && !ASKS.test(said);
}

/** Whether a text tells of a deed that would be an accusation if it were said of an official. */
export function tellsOfMisconduct(said: string): boolean {
  return sumOf(reproachesIn(said, () => 1)) >= ENOUGH;
}

/** One of each kind counts, the heaviest. */
function reproachesIn(said: string, share: (at: number, kind: MisconductKind) => number): Reproach[] {
  const text = said.replace(DENIED, (denied) => "~".repeat(denied.length));
  const found: Reproach[] = [];
  const hear = (kind: MisconductKind, weight: number, pattern: RegExp) => {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const { index } = match;
      const meant = share(index, kind);
      const one = { kind, weight: weight * meant, share: meant };
      const known = found.findIndex((other) => other.kind === kind);
      if (known === -1) found.push(one);
      else if ((found[known]?.weight ?? 0) < one.weight) found[known] = one;
    }
  };
  for (const { kind, weight, pattern } of CHINESE.possibleIn(text)) hear(kind, weight, pattern);
  if (/[a-z]{3}/.test(text))
    for (const { kind, weight, pattern } of ENGLISH.possibleIn(text)) hear(kind, weight, pattern);
  return found.toSorted((a, b) => b.weight - a.weight);
}

/** How much of a word is meant for an official: whoever was spoken of last before it did it, or else whoever comes next. */
function shareOf(mentions: readonly Mention[], at: number, kind: MisconductKind): number {
  const before = mentions.findLast((one) => one.at < at);
  const after = mentions.find((one) => one.at >= at);
  const isObject = kind === "called-for" && after !== undefined && after.at - at <= LONGEST_WAY_TO_OBJECT;
  const doer = isObject ? after : (before ?? after);
  if (doer === undefined) return 0;
  if (isObject) return doer.who === "official" ? 1 : 0;
  if (doer.who === "other") return OF_SOMEBODY_ELSE;
  return doer.isCalled ? OF_WHOM_IS_CALLED : 1;
}

function sumOf(reproaches: readonly Reproach[]): number {
  return reproaches.reduce((sum, one) => sum + one.weight, 0);
}

function against(said: string): number {
  const text = said.replace(COURTESY, "~").replace(REMEDY, "~");
  return AGAINST.reduce((sum, [weight, pattern]) => sum + (pattern.test(text) ? weight : 0), 0);
}
