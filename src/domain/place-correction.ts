import { bareWords } from "./words.ts";

const WRONG = "(?:不对|错了?|错啦)";
const SAID = "(?:说|写|打|发|弄|搞|填|选|报)";
const PLACE = "(?:地方|地点|地址|位置|定位|村名|村子?|小区名?)";
/** How people say that what they said of the place was wrong. */
const MISTAKES = [
  `${PLACE}${SAID}?${WRONG}`,
  `${SAID}${WRONG}${PLACE}?了?`,
  `(?:不是|不在|没在)[^\\p{P}\\s]{2,12}?`,
  "更正(?:一下)?",
  "纠正(?:一下)?",
].join("|");
const SORRY = "不好意思|对不起|抱歉|[\\p{P}\\s]";
const OPENING = `(?:${SORRY}|哎|呀|啊|哦|噢|刚才|刚刚|前面|上面|我|的|把)*`;
/** Longer texts are somebody's words. */
const LONGEST = 60;
const CORRECTION = new RegExp(
  `^${OPENING}(?:${MISTAKES})(?:${SORRY})*(?:应该|其实|而|正确的?|才)*(?:是|在|为)+([^\\p{P}\\s]{2,20}?)(?:的|才对|呀|啊|哦|吧|那边|这边)*$`,
  "u",
);

/**
 * The place that a resident puts in place of a wrong one, as in “说错了，是柳西村的” or “不是柳东村，是柳西村”.
 *
 * @returns null for anything else; whether there is such a place is for the atlas to say
 */
export function correctedPlace(text: string): string | null {
  const said = bareWords(text);
  return said.length > LONGEST ? null : (CORRECTION.exec(said)?.[1] ?? null);
}
