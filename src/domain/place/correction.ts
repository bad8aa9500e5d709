import { bareWords } from "../text/words.ts";

const WRONG = "(?:不对|错了?|错啦|有误|不准)";
const SAID = "(?:说|讲|写|打|发|弄|搞|填|选|报|派|记|传|输|反映|反应|留|提)";
const PLACE = "(?:地方|地点|地址|位置|定位|小区名?|社区|街道|乡镇|村名|村子?|镇)";
const MEANT = "我(?:刚才|刚刚)?(?:说|指|讲|反映)的?";
const TIME =
  "(?:今天|昨天|昨日|前天|大前天|今早|今晨|昨晚|昨夜|早上|早晨|上午|中午|下午|晚上|夜里|刚才|刚刚|方才|之前|先前|早先|以前|前面|上面|前[一两几]天|那天|上一?[次回]|头一?[次回]|上个?(?:周|星期|礼拜|月)[一二三四五六日天]?|周[一二三四五六日天]|星期[一二三四五六日天])";
/** How people say that what they said of the place was wrong. */
const MISTAKES = [
  `${PLACE}(?:我|给)?${SAID}?${WRONG}`,
  `(?:把)?${PLACE}(?:给)?${SAID}${WRONG}`,
  `${SAID}${WRONG}${PLACE}?了?`,
  WRONG,
  MEANT,
  `${SAID}的?成了?[^\\p{P}\\s]{2,12}?了?`,
  `(?:不是|不在|没在)[^\\p{P}\\s]{2,12}?`,
  "更正(?:一下)?",
  "纠正(?:一下)?",
].join("|");
const SORRY = "不好意思|对不起|抱歉|[\\p{P}\\s]";
/** What may come before that: whom they speak to, when it was said, and how it is called. */
const OPENING = `(?:${SORRY}|哎|呀|啊|哦|噢|唉|那个|那条|那件|这个|这条|好像|可能|怕是|是不是|事情?|问题|消息|里面?|时候|会儿|你们|您|我|的|把|给|${TIME}|${SAID}的){0,12}?`;
const NAME = "(?!什么|啥|何|不|没|他|她|你)([^\\p{P}\\s]{2,20}?)(?:的|才对|呀|啊|哦|吧|那边|这边)*";
/** Longer texts are somebody's words. */
const LONGEST = 60;
const RIGHT = `(?:应该|应当|其实|实际|而|正确的?|准确的?|才|${MEANT})*(?:(?:是|在|为)+|我是(?:说|指|讲))`;
/** The matter by which they call it, as in “电梯的事”. */
const MATTER = "(?:[^\\p{P}\\s]{1,10}(?:的|那个?|这个?)(?:事儿?|事情))?";
/** The wrong place behind the right one. */
const NOT_THERE = `(?:(?:${SORRY})*(?:不是|不在|没在)[^\\p{P}\\s]{2,12})?`;
const CORRECTION = new RegExp(`^${MATTER}${OPENING}(?:${MISTAKES})(?:${SORRY})*${RIGHT}${NAME}${NOT_THERE}$`, "u");
/** Whatever comes before, where it says outright that a place was wrong. */
const WRONG_PLACE = new RegExp(
  `^.{0,25}?(?:(?:地方|地点|地址|位置|定位|小区名|村名)${SAID}?${WRONG}|${SAID}${WRONG}${PLACE})了?(?:${SORRY})*${RIGHT}${NAME}${NOT_THERE}$`,
  "u",
);
/** A wrong place without the right one. */
const ONLY_DENIED = new RegExp(
  `^${OPENING}(?:${PLACE})?(?:${SORRY})*(?:不是|不在|没在)([^\\p{P}\\s]{2,12}?)(?:的|呀|啊|哦|那边|这边)*$`,
  "u",
);
/** The right place for the one that was said, without the word that it was wrong. */
const SHOULD_BE = new RegExp(
  `^${OPENING}${PLACE}(?:${SORRY})*(?:应该|应当|其实|实际上?|要?改[成为]|得改成|要?换[成为])(?:是|在|为)*${NAME}$`,
  "u",
);
/** The right place first: “应该是柳西村，不是柳东村”. */
const REVERSED = new RegExp(
  `^${OPENING}应[该当]${RIGHT}${NAME}(?:${SORRY})+(?:不是|不在|没在)([^\\p{P}\\s]{2,12}?)(?:的|了)?$`,
  "u",
);
const DENIED = /(?:不是|不在|没在|[说讲写打发填报记]成了?)(?:在)?([^\p{P}\s]{2,12}?)了?(?:$|[\p{P}\s])/u;
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
  for (const form of [CORRECTION, WRONG_PLACE, MOVE, SHOULD_BE, REVERSED]) {
    const place = form.exec(said)?.[1];
    if (place !== undefined) return place;
  }
  return null;
}

/** The place that a text only denies, as in “昨天说的不是柳东村”; whether a case lies there is for the caller to say. */
export function deniedPlace(text: string): string | null {
  const said = bareWords(text);
  return said.length > LONGEST ? null : (ONLY_DENIED.exec(said)?.[1] ?? null);
}

/** The place that a correction says is wrong, as in “昨天说的不是柳东村，是柳西村”; null where it names none. */
export function wrongPlace(text: string): string | null {
  return DENIED.exec(bareWords(text))?.[1] ?? null;
}

/** Whether words end like the name of a place, even one that the atlas does not know: “隔壁村”. */
export function soundsLikePlace(words: string): boolean {
  return PLACE_NAME.test(words);
}
