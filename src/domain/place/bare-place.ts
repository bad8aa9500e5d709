import { bareWords } from "../text/words.ts";

const MOST_SIGNS = 12;
/** A place as its name or its kind ends, or the side of a thing on which something lies. */
const ENDS_AS_PLACE =
  /(?:楼[上下]?|层|室|户|栋|幢|座|单元|号|院|区|苑|园|村|屯|庄|寨|湾|组|队|街|路|巷子?|弄|道|桥|门|口|站|场|厂|所|校|店|库|工地|市场|广场|那边|这边|那里|这里|那儿|这儿|旁边?|隔壁|对面|对过|附近|后面|前面|后头|前头|背后|下面|上面|里面?|外面?|边上?|中间|尽头|东头|西头|南头|北头|路上|跟前)[的了呢吧啊呀]*$/u;
/** Somebody or something to which a thing may happen, or what happens to them: then it is more than a place. */
const TELLS_MORE =
  /[人孩娃婴老妈爸爷奶叔婶她他它谁我俺咱困掉落跳晕昏倒喊叫救火烟烧炸漏血伤病疼痛刀枪打杀死摔砸塌陷裂断淹溺毒电气煤没不有要被出来去]/u;
/** Names and kinds of places in which such a sign says nothing of anybody. */
const NAMES =
  /人民|老年|孩子王|老街|老城|老桥|派出所|出口|进口|入口|出租|火车|火葬|消防|救护|救助|煤气|燃气|天然气|变电|供电|发电|电厂|电影|电信|电梯(?=口|间|里|旁)|加气|气象|打谷|打麦|病院|断桥|老(?=[\p{Script=Han}]{0,2}家)|[我俺咱]们?家|有线/gu;

/**
 * Whether a text is a place and tells nothing else: “二楼”, “变电站那边”, “锦绣家园8号楼”. Where anybody, or anything that may happen,
 * stands beside it, it is not: “孩子在井里”.
 */
export function isBarePlace(text: string): boolean {
  const said = bareWords(text);
  if (said === "" || said.length > MOST_SIGNS || !ENDS_AS_PLACE.test(said)) return false;
  return !TELLS_MORE.test(said.replace(NAMES, ""));
}
