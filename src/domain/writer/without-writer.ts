import { withoutRequest } from "./unnamed.ts";

const SELF = "(?:我|俺|咱|本人|吾)";
const KIN =
  "爸爸?|爹|妈妈?|娘|父亲|母亲|爷爷|奶奶|儿子|女儿|闺女|孩子|小孩|娃|孙子|孙女|老公|老婆|媳妇|丈夫|妻子|爱人|对象|亲戚|家人|家里人|哥|姐|弟|妹";
/** A clause in which the writer tells who they are, where they live, work or go, or what they fear. */
const TELLS_WHO = new RegExp(
  [
    `^(?:因为|而且|但是?|可是?|再说|毕竟|所以)?${SELF}(?:们)?(?:就|也|还|都|只|又|现在|目前|刚|跟|和|同|一直|平时)*(?:是(?!说|指|想|觉得|认为|要|来|反映|看见|听)|叫|姓|名叫|住(?!户)|租|家住|家在|家就|在[^,，。]{1,14}(?:上班|打工|工作|看病|住院|读书|念书|上学|开店|摆摊|做事|干活|做饭|租房|住|里头|里面做|旁边开)|还?要在|还?得在|认得|认识|跟他|和他|同他)`,
    `${SELF}(?:们)?(?:家)?(?:的)?(?:${KIN})[^,，。]{0,6}(?:在|也在|还在)[^,，。]{0,10}(?:上班|打工|工作|读书|念书|上学|班里|里面|里头|做|当)`,
    `${SELF}[^,，。]{0,6}(?:怕|不敢|担心|得罪|报复|穿小鞋|打击)|^(?:怕|不敢|担心|免得|省得)[^,，。]{0,6}(?:得罪|报复|知道|开除|穿小鞋|认出|打|骂|赶|断|撵)`,
    `^(?:还|以后还|以后|也|又)?(?:要|得|想)在(?:那|这|里|他)`,
    `^(?:${KIN})(?:还|也|就)?在(?:那|里|班|他|学校|厂)`,
    `(?:住|租)(?:在)?(?:他|她|它)?(?:们)?(?:家)?(?:的)?(?:隔壁|对门|楼上|楼下|对面|前面|后面)(?:的)?$|一个院(?:子|的)|都是一个村的|抬头不见低头见`,
    `\\bi(?:'?m| am) (?!writing|reporting|telling|sure|sorry|not sure)|\\bi (?:live|work|rent|stay|am afraid|fear)\\b|\\bmy (?:name|husband|wife|son|daughter|child|landlord|boss|room)\\b|\\b(?:he|they|boss|owner)[a-z' ]{0,20}(?:fire|beat|angry|bad temper)`,
  ].join("|"),
  "iu",
);
/** The writer in words that tell of the matter too: they become somebody. */
const SOMEBODY: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(?:${SELF}(?:们)?家?的?)(?=${KIN})`, "gu"), "有人家的"],
  [new RegExp(`${SELF}们?(?:自己)?家(?:里|的)?`, "gu"), "有一家"],
  [new RegExp(`(?:${SELF}们|大家伙)(?!国|县|市|省|镇|乡|村|小区|这|那)`, "gu"), "大家"],
  [new RegExp(`${SELF}(?!们|国)(?:自己)?`, "gu"), "有人"],
  [/\bmy\b/giu, "somebody's"],
  [/\b(?:i|me)\b(?!['’])/giu, "somebody"],
];
const CLAUSE = /[^,，。.!！?？;；\n]*(?:[,，。.!！?？;；\n]+|$)/gu;
const LETTER = /[\p{L}\p{N}]/gu;
/** Fewer signs say nothing of a matter. */
const LEAST = 4;
/** The words that stand for those of a case of which nothing may be shown. */
export const WITHHELD = "（原话在县人大代表工作机构，请向他们了解）";

/**
 * A text as it is passed on of a writer who asked that nobody learns who they are: without the request itself, and without what tells
 * who they are, where they live or work, whose they are and what they fear. What tells of the matter stays.
 *
 * Done twice it changes nothing.
 * @returns nothing where no more than that was said
 * @param text the working copy: masked
 */
export function withoutWriter(text: string): string {
  if (text === WITHHELD) return text;
  const asked = withoutRequest(text);
  const parts = (asked.match(CLAUSE) ?? []).flatMap(splitAtBlanks);
  const kept = parts.filter((part) => !TELLS_WHO.test(part.replace(/[^\p{L}\p{N}'’]+$/u, "").trim()));
  const left = SOMEBODY.reduce((words, [pattern, word]) => words.replace(pattern, word), kept.join(""));
  const tidy = left
    .replace(/^[\s,，。.!！?？;；:：]+/u, "")
    .replace(/[,，;；]+(?=[。.!！?？]|\s*$)/gu, "")
    .trim();
  return (tidy.match(LETTER) ?? []).length < LEAST ? "" : tidy;
}

/** Whether a text says nothing but who its writer is, or that nobody shall learn it. */
export function isOnlyAboutWriter(text: string): boolean {
  return withoutWriter(text) === "" && text !== "";
}

const BETWEEN_HAN = /(?<=\p{Script=Han}[ ]+)(?=\p{Script=Han})/u;

/** Many write a blank where others write a comma. */
function splitAtBlanks(part: string): string[] {
  return part.split(BETWEEN_HAN);
}
