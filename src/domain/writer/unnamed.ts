import { normalise } from "../text/words.ts";

const SELF = "(?:我|俺|咱|本人|吾|偶|额|自己)";
const NOT =
  "(?:(?:千万|务必|一定|绝对|可|请|麻烦|拜托)*(?:别|莫|甭|勿|休|不要|(?<!能)不能|(?<!可)不可以?|不许|不准|不得|不想|不希望|不愿意?|请勿|切勿|唔好|唔可以|唔想)(?:去|再|给|跟|和|对|把|让|叫|使|向|要|随便|到处)*)";
/** Whoever must not learn it, with what makes them learn it. */
const OTHERS =
  "(?:他们?|她们?|[佢渠](?:哋|们)?|人家|别人|旁人|外人|对方|任何人|谁|老板|物业|领导|单位|厂里|村里|学校|老师|邻居|隔壁|楼上|楼下|被?反映的?人?|(?:\\p{Script=Han}{0,4}?(?:家|老板|房东|店主|房主)))";
const TELL =
  "(?:说出?去?|讲出?去?|提到?|提起|透露|泄[露漏]|告诉|暴露|露出?|公开|写明?|报出?|点名|供出|传出?去?|知(?:道)?|晓得|认出|猜[到出]|看出|查[到出])";
const WHO = `(?:[是系]?${SELF}(?:们|家|的|说|讲|反映|举报|投诉|告|报|写|提|$|[,。!?~ 啊哈哦呀])|(?:是)?(?:谁|哪(?:户|家|个|位|一[户家个位])(?:\\p{Script=Han}{1,3})?)(?:说|讲|反映|举报|投诉|告|报|提|写|$|[,。!?~ ])|${SELF}?的?(?:名字?|姓名|名|身份|信息|个人信息|电话|门牌|房号|来源)|举报人|反映人|投诉人|(?:是)?(?:有人|家长|村民|业主|租户|住户|员工|学生|邻居|群众|老人|船上的人|楼下[\\p{Script=Han}]{0,3})(?:说|讲|反映|举报|投诉|告)的?)`;

/** Asks that nobody be told: “别说是我说的”, “不要让他们知道是谁”, “莫把我名字讲出去”. */
const ASKED = [
  `${NOT}(?:${OTHERS})?(?:把)?(?:${OTHERS})?${TELL}(?:${OTHERS})?(?:出来|出去|给)?(?:[\\p{Script=Han}]{0,3}?)?${WHO}`,
  `${NOT}(?:把)?${SELF}(?:的)?(?:名字?|姓名|身份|信息|个人信息|电话|门牌|房号)?(?:给)?${TELL}`,
  `${NOT}(?:往外|出去|到处|乱|对外)(?:说|讲|传|提)`,
  `(?:名字?|姓名|身份|门牌|房号)(?:就|请|可|我|千万)?(?:不|别|莫|甭|勿)(?:要|能)?(?:写|露|留|公开|透露)(?:${SELF}|出|了|啦|$|[,。!?~ ])|隐(?:去|掉|我)?(?:姓|去姓|下姓)?名`,
  `${NOT}(?:话|讲)(?:俾|畀|给)(?:\\p{Script=Han}{1,3})(?:知|听)`,
  `${NOT}(?:提|露|写|用|报|点|出现)${SELF}(?:们|家|的)?(?:名字?|姓名|身份|$|[,。!?~ ])`,
  `(?:请|要|求|望|希望|麻烦|务必|一定|帮|替|给|为|千万|全程|必须|申请|要求|你们?|您|们)(?:你们?|您|${SELF}|一定|务必|帮忙|能|帮|替|给|为|要|对此|予以)*(?:保密|匿名)(?!的?(?:吗|么|不|性))`,
  `(?:^|[,。!?~ ])(?:匿名|保密)(?:举报|反映|投诉|处理|一下|哈|啊|哦|谢谢|[,。!?:~ ]|$)`,
  `(?:就说|就讲|以)(?:是|你们)?(?:例行|抽查|检查|巡查|日常)[\\p{Script=Han}]{0,6}(?:检查|抽查|名义|的)?`,
  `(?:do ?n[o']?t|please no|never|not)(?: please)? (?:tell|say|mention|give|show|write|reveal|use|put)[a-z' ]{0,40}(?:me|my name|who|room number|i (?:said|told|wrote))|(?:keep|stay|remain) (?:it |me |this |my name )?(?:anonymous|confidential|secret|private)|anonymous(?:ly)? please|please[a-z ]{0,12}anonymous`,
].join("|");
const REQUEST = new RegExp(ASKED, "u");
const REQUESTS = new RegExp(`(?:${ASKED})[^,，。.!！?？;；\\n]*`, "gu");
/** “别说是我，换谁都受不了”: let alone; and who minds nothing. */
const LET_ALONE =
  /别说(?:是)?(?:我|俺|咱|我们)(?:们|家)?[,，、 ]*(?:就(?:是|连)|连|换|谁|任何|哪个|你|他|都|全|大家)|别说(?:修|办|管|回|来|看|解决|通|没)/u;
const OPEN =
  /(?:不|无|没)(?:用|必|需要?|要求)(?:给我|替我|帮我|对我)?(?:保密|匿名)|不怕(?:他|她|人家|别人|你)?们?(?:知道|晓得)|(?:可以|尽管|随便)(?:说|讲|告诉)[^,。]{0,6}(?:是我|我说|我讲|我名)|实名(?:反映|举报|投诉)|(?:就是|就说是)我(?:说|讲|反映|举报)的[,。!]?(?:不怕|怎么)/u;

/** So probable the reading must be where no words are found that ask for it. */
const BY_ITSELF = 0.6;

/**
 * Whether a text asks that nobody be told who its writer is.
 *
 * @param share how probable the model finds it, 0 to 1
 */
export function asksToStayUnnamed(text: string, share: number): boolean {
  const said = normalise(text).toLowerCase();
  if (OPEN.test(said)) return false;
  return share >= BY_ITSELF || (REQUEST.test(said) && !LET_ALONE.test(said));
}

/** A text without the words that ask so. @param text in which nothing else was changed */
export function withoutRequest(text: string): string {
  return LET_ALONE.test(text) ? text : text.replace(REQUESTS, "");
}
