/** Ways in which people begin before they begin. */
const FILLERS = ["那个 ", "你好 ", "喂 ", "我说 ", "就是 ", "哎 ", "麻烦了 ", "领导好 ", "请问 ", "@代表 "];
/** Endings and negations as dialects and tired thumbs write them. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/没有/g, "木有"],
  [/没/g, "冇"],
  [/怎么/g, "咋"],
  [/什么/g, "啥"],
  [/了/g, "啦"],
  [/的/g, "滴"],
  [/在/g, "再"],
  [/很/g, "灰常"],
  [/这个/g, "介个"],
  [/我们/g, "俺们"],
];
/** Sounds that input by pinyin confuses. */
const HOMOPHONES: readonly (readonly [RegExp, string])[] = [
  [/是/g, "事"],
  [/反映/g, "反应"],
  [/做/g, "作"],
  [/它/g, "他"],
  [/到/g, "道"],
  [/已经/g, "以经"],
  [/坏/g, "怀"],
  [/修/g, "休"],
  [/路灯/g, "路登"],
  [/投诉/g, "投拆"],
];

/**
 * A text as somebody else might have typed it: with a word before it, without punctuation, with blanks between its signs, with
 * slips of dialect or of pinyin. Which, is decided by its place in the corpus: training is the same each time.
 *
 * @param turn any whole number; the texts around it are changed in other ways
 */
export function typedOtherwise(text: string, turn: number): string {
  const filler = FILLERS[turn % FILLERS.length] ?? "";
  const one = Math.floor(turn / 5);
  switch (turn % 5) {
    case 0:
      return `${filler}${text}`;
    case 1:
      return text.replace(/[\p{P}\s]+/gu, "");
    case 2:
      return text.length <= 12 ? [...text].join(" ") : text.replace(/[,，。;；、]/g, " ");
    case 3:
      return slipped(text, SLIPS, one);
    default:
      return slipped(text, HOMOPHONES, one);
  }
}

function slipped(text: string, slips: readonly (readonly [RegExp, string])[], turn: number): string {
  return [0, 3, 6].reduce((changed, step) => {
    const slip = slips[(turn + step) % slips.length];
    return slip === undefined ? changed : changed.replace(slip[0], slip[1]);
  }, text);
}
