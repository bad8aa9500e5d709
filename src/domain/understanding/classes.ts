import { SoughtPattern } from "../patterns/sought-pattern.ts";

/** The code of the first sign that stands for a class of words, and how many there are. */
export const FIRST_CLASS = 0xe004;
const CLASSES = 4;
/** The signs that stand for a class of words in the abstract form of a text, from the private use area. */
const SIGNS = { official: "\ue004", private: "\ue005", money: "\ue006", kin: "\ue007" } as const;

/** Who holds a public office, or is one. */
const OFFICIAL = new SoughtPattern(
  /(?:县|镇|乡|村|街道|社区|党委|总|老|新|副|正|大|小|一把手|我们|咱们?)*(?:人大代表|代表|支书|书记|主任|村长|会计|干部|镇长|乡长|县长|局长|科长|处长|所长|站长|队长|校长|院长|园长|厂长(?=办)|民警|户籍警|警察|辅警|协警|交警|警官|城管|法官|检察官|执法(?:队|人员)|网格(?:员|长)|公务员|工作人员|办事员|领导|当官的?|官|头头|头儿|公家人?|派出所|公安局?|法院|执行局|政府|镇里|乡里|县里|局里|所里|村委会?|大队|两委|居委会?|街道办|教育局|民政局?|国土所?|土管所?|林业(?:站|局)?|环保局?|水利局?|住建局?|卫健(?:委|局)|药监局?|市监局?|社保局?|窗口|公办|上面|上头)|\b(?:deput(?:y|ies)|officials?|officers?|secretary|village (?:head|chief)|police(?:m[ae]n)?|mayor|director|principal|judge)\b/u,
);
/** Who holds none. */
const PRIVATE = new SoughtPattern(
  /物业|老板|开发商|包工头|工头|经理|中介|房东|租户|邻居|业主|商家|商贩|小贩|摊主|店主|公司|厂里?|工厂|保安|保洁|司机|业委会|平台|骗子|同学|亲戚家|对门|楼上|楼下|隔壁|\b(?:landlord|boss|compan(?:y|ies)|neighbou?rs?|shop|factory)\b/u,
);
/** What is taken, given or made away with. */
const MONEY = new SoughtPattern(
  /钱|红包|好处费?|香?烟|酒|礼(?:品|金|物)?|回扣|提成|茶水费|辛苦费|意思意思|表示|[\d一二两三四五六七八九十几百千]+(?:块|万|元|条|百|千)|补贴|补助|低保|名额|指标|补偿款?|征地款|公款|集体|工程|项目|款|物资|账|票|\b(?:money|bribes?|cash|gifts?|yuan|kickbacks?|funds?|subsid(?:y|ies))\b/u,
);
/** For whom it is done. */
const KIN = new SoughtPattern(
  /亲戚|亲属|小舅子|儿子|儿媳|女儿|闺女|女婿|侄[子女儿]?|外甥|老婆|媳妇|老公|弟弟|哥哥?|姐夫|妹夫|连襟|亲家|本家|自家人?|自己人?|熟人|关系户?|老丈人|他爹|\b(?:relatives?|cousins?|brothers?|sons?|nephews?|wife|friends?)\b/u,
);

/**
 * The abstract form of a prepared text: who holds an office, who does not, what is taken and for whom each become one sign, so
 * that what is done counts whoever does it.
 */
export function abstractOf(text: string): string {
  const first = PRIVATE.replaceAll(OFFICIAL.replaceAll(text, SIGNS.official), SIGNS.private);
  return KIN.replaceAll(MONEY.replaceAll(first, SIGNS.money), SIGNS.kin);
}

/** Whether a sign stands for a class of words. */
export function isClass(code: number): boolean {
  return code >= FIRST_CLASS && code < FIRST_CLASS + CLASSES;
}
