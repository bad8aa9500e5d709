import { SoughtPattern } from "../patterns/sought-pattern.ts";

/** Family names, as Chinese who write English spell them; those that are English words are left out. */
const SPELT_NAME =
  "\\b(?:wang|zhang|liu|chen|zhao|huang|zhou|guo|luo|liang|zheng|xie|deng|feng|peng|zeng|xiao) [b-df-hj-np-tv-z]?h?[aeiou]{1,3}(?:ng|n|r)?(?:[b-df-hj-np-tv-z]h?[aeiou]{1,3}(?:ng|n|r)?)?\\b";

/** A person of whom a text speaks. */
export type Mention = {
  readonly at: number;
  readonly length: number;
  readonly who: "official" | "other";
  /** Called, asked, thanked or told something: mostly not whom the rest is about. */
  readonly isCalled: boolean;
};

const OFFICIALS =
  "(?:人大)?代表|(?:联络)?站长|(?:村|党|总|老|新|大队)?支书|(?:村|镇|乡|街道|社区|党委|支部|总支|工委|县委)?书记|(?:村|妇女|社区|街道|人大)?主任|村长|村干部|镇干部|乡干部|社区干部|大队干部|主席团?(?:主席)?|镇长|乡长|(?:村)?会计|生产队长|组长|两委|村官|一把手|(?<!政协)委员(?!会)|人大的?[\\p{Script=Han}]?某|联络员|(?:管|负责)(?:我们|咱们?|俺们?)(?:这)?(?:一)?(?:片|网格|村|小区|社区)?的?(?:那个|那位|那谁|人)|(?:我们|咱们?|俺们?)(?:网格|联络站|站里)的?(?:那个|那位|那谁|头儿?|负责人|领导|人)|(?:联络站|站里)的?(?:负责人|头儿?|领导|那个|那位|人)";
const ENGLISH_OFFICIALS =
  "\\b(?:deput(?:y|ies)|representatives?|station (?:head|chief)s?|head of (?:the|our) (?:liaison )?station|party secretary|village (?:head|chief|secretary)|town(?:ship)? (?:head|mayor))\\b";
/** Others of whom residents complain: what follows them is said of them. */
const OTHERS =
  "物业|经理|老板|开发商|公司|包工头|承包商|工头|老师|教师|校长|班主任|教练|医生|大夫|护士|医院|学校|幼儿园|邻居|隔壁|楼上|楼下|对门|保安|房东|中介|城管|交警|警察|民警|派出所|银行|司机|前夫|前妻|婆婆|儿媳|骗子|有人|业委会|商家|商贩|摊贩|小贩|超市|饭店|驾校|培训班|法官|法院|售楼|快递|电信|工地|养殖场|水务局|供暖|养老院|同学|谁(?![也都敢说管家不])|(?<!(?:代表|站长|书记|支书|主任|村长|他|她)(?:家|的)*)(?:亲戚|弟弟|哥哥|小舅子|老公|丈夫|老婆|媳妇|侄子|外甥)|(?<![代老])老[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马](?!代表|支书|书记)|(?:王|李|张|刘|陈)(?:老师|医生|大夫|经理|老板)";
const ENGLISH_OTHERS =
  "\\b(?:landlord|company|developer|boss|teacher|doctor|nurse|neighbou?rs?|driver|guards?|inspectors?|police|factory|gym|somebody|someone|my (?:brother|sister|husband|wife|son|cousin|relatives?)|school|hospital|shop|owner)\\b";

const BEFORE_CALLED =
  /(?:请|让|叫|求|盼|找|(?<![没不])(?:向|给|跟)|对|和|问(?!题)|托|约|等|谢谢|感谢|多谢|希望|麻烦|通过|联系|通知|转告|拜托|告诉|冒充|自称|假装|认识|想当|竞选|怎么当|改选|换个?|见到|见不到|碰到|归|由|我是|姓名|联系人|dear|ask|tell|thank|thanks|to|with)[^,。;!?]{0,5}$/;
const SALUTED =
  /^(?:同志|们|啊|呀|哥|姐)*(?:[,:!~]+(?!$)| \p{Script=Han}|您|[你您]们?好|好(?:[,。!~ ]|$)|请|麻烦|帮|能不能|能否|能(?:帮|给|来|管|去|调|查|解|出面)|可不可以|可以|可否|求|管管|在吗|这(?:合|样|算|该|种|是)|管一管)/u;
/** Whoever takes up an official who was only called or asked. */
const THEY = /(?<![其吉])(?:他|她)(?!们)|人家|\b(?:he|she)\b/g;
const BEGINS = /(?:^|[,。;!?~ ])(?:你好|您好|尊敬的|亲爱的|hi|hello|dear)?[,!~ ]?[\p{Script=Han}]{0,3}$/u;

/** Says who did what was told before. */
const IT_WAS = /(?:就是|[说指讲]的(?:人)?(?:就)?是)[\p{Script=Han}]{0,6}$/u;

const PEOPLE = new SoughtPattern(
  new RegExp(`(${OFFICIALS}|${ENGLISH_OFFICIALS}|${SPELT_NAME})|${OTHERS}|${ENGLISH_OTHERS}`, "u"),
);

/**
 * The people of whom a text speaks, in the order of the text.
 * @param said normalised, small letters
 */
export function officialsIn(said: string): readonly Mention[] {
  const found: Mention[] = [];
  for (const { index, 0: word, 1: office } of PEOPLE.matchAll(said)) {
    if (office === undefined) found.push({ at: index, length: word.length, who: "other", isCalled: false });
    else found.push({ at: index, length: word.length, who: "official", isCalled: isCalled(said, index, word.length) });
    if (office !== undefined && IT_WAS.test(said.slice(Math.max(0, index - 12), index))) {
      found.unshift({ at: -1, length: index + word.length + 1, who: "official", isCalled: false });
    }
  }
  if (!hasOfficial(found)) return found;
  const taken = [...found];
  for (const { index, 0: word } of said.matchAll(THEY)) {
    const before = found.findLast((one) => one.at < index);
    if (before?.who === "official" && before.isCalled)
      taken.push({ at: index, length: word.length, who: "official", isCalled: false });
  }
  return taken.sort((a, b) => a.at - b.at);
}

/** Whether an official is among the people of a text. */
export function hasOfficial(mentions: readonly Mention[]): boolean {
  return mentions.some((one) => one.who === "official");
}

function isCalled(said: string, at: number, length: number): boolean {
  const before = said.slice(Math.max(0, at - 12), at);
  const after = said.slice(at + length, at + length + 8);
  return BEFORE_CALLED.test(before) || (BEGINS.test(before) && SALUTED.test(after));
}
