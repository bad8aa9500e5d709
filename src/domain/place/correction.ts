import { bareWords } from "../text/words.ts";

const WRONG = "(?:不对|错了?|错啦)";
const SAID = "(?:说|写|打|发|弄|搞|填|选|报|派)";
const PLACE = "(?:地方|地点|地址|位置|定位|村名|村子?|小区名?)";
const MEANT = "我(?:刚才|刚刚)?(?:说|指|讲|反映)的?";
/** How people say that what they said of the place was wrong. */
const MISTAKES = [
  `${PLACE}${SAID}?${WRONG}`,
  `${SAID}${WRONG}${PLACE}?了?`,
  WRONG,
  MEANT,
  `(?:不是|不在|没在)[^\\p{P}\\s]{2,12}?`,
  "更正(?:一下)?",
  "纠正(?:一下)?",
].join("|");
const SORRY = "不好意思|对不起|抱歉|[\\p{P}\\s]";
const OPENING = `(?:${SORRY}|哎|呀|啊|哦|噢|刚才|刚刚|前面|上面|你们|我|的|把)*`;
const NAME = "(?!什么|啥|何|不|没|他|她|你)([^\\p{P}\\s]{2,20}?)(?:的|才对|呀|啊|哦|吧|那边|这边)*";
/** Longer texts are somebody's words. */
const LONGEST = 60;
const CORRECTION = new RegExp(
  `^${OPENING}(?:${MISTAKES})(?:${SORRY})*(?:应该|其实|而|正确的?|才|${MEANT})*(?:(?:是|在|为)+|我是(?:说|指|讲))${NAME}$`,
  "u",
);
/** The command word with the place behind it, as in “换地方 柳西村”. */
const MOVE = new RegExp(
  `^${OPENING}(?:更?换|改)一?个?(?:地方|地点|地址|位置)(?:${SORRY}|改?成|是|在|为|到)+${NAME}$`,
  "u",
);
const PLACE_NAME = /(?:村|庄|屯|寨|小区|社区|镇|乡|街道?|路|巷|组|园|苑|隔壁|对面)$/u;

/**
 * The place by which a resident corrects a wrong one, as in “说错了，是柳西村的” or “不是柳东村，是柳西村”.
 *
 * @returns null for anything else; whether there is such a place is for the atlas to say
 */
export function correctedPlace(text: string): string | null {
  const said = bareWords(text);
  if (said.length > LONGEST) return null;
  return (CORRECTION.exec(said) ?? MOVE.exec(said))?.[1] ?? null;
}

/** Whether words end like the name of a place, even one that the atlas does not know: “隔壁村”. */
export function soundsLikePlace(words: string): boolean {
  return PLACE_NAME.test(words);
}
