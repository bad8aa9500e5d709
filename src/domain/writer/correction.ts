import { bareWords } from "../text/words.ts";

/** A correction: the part of their words that a resident says was wrong, and the right one; null where they do not say it. */
export type Correction = {
  readonly wrong: string | null;
  readonly right: string | null;
  /** Whether they say outright that they made a mistake; else one thing stands against another, as in “不是路灯，是井盖”. */
  readonly isPlain: boolean;
};

/** Longer texts tell a story, whatever they put right in it. */
const LONGEST = 120;

const SELF = "(?:我|俺|咱|本人|自己|我们)";
const BE = "(?:是|系|为|在)";
const NOT_BE = "(?:不是|不系|唔系|并不是|并非|不在|没在|而非|不叫)";
const NAME = "([^,，。.!！?？;；:：\\n]{1,16}?)";
const GAP = "[\\s,，。.!！;；:：、~-]*";
const END = "(?:的|了|哈|啊|呀|哦|吧|呢|才对)*(?=$|[\\s,，。.!！;；~])";

/** Whoever speaks made the mistake, in saying it: 说错, 写错, 记岔, 打错字, 口误; “更正”, “改一下”. */
const MISTAKEN =
  "(?:说|讲|写|打|发|填|报|弄|搞|输|数|看|按|录|念|提|转|拼|标|选|传|给)(?:的)?(?:得)?(?:错|岔|反|混(?![凝合乱日水泥])|串|颠倒|漏|误)(?:了|啦|咧|咗|字|数|别字)*";
const BY_MIND = "(?:记|算|想|听|认)(?:错|岔|混|糊涂)(?:了|啦|咧|咗)*";
const SLIPS =
  "(?:(?:^|[,，。!！;； ])(?:我|俺|特此|在此|来|需要|想|要)*(?:更正|纠正|订正|勘误)(?:一下|下|如下|[:：,， ])|口误|笔误|手误|手滑|误写|误打|误填|写快了|打快了|嘴快|嘴瓢|转错字|[多少漏]打了|[多少漏]写了|[多少漏]数了|数字(?:写|打)?(?:反|颠倒)了?)";
const ASKS_CHANGE =
  "(?:(?:麻烦|劳驾|请|帮忙?|给)(?:您|你们?|我|俺)*(?:给|帮|把)?(?:改|更正)(?:一?下|成|为|过来|[,，。!！ ]|$)|^(?:改一?下|改一改)[:：,， ])";
/** What was said, and behind it what it is in fact: “刚才写的欠四万，其实是四万六”. */
const IN_FACT =
  "(?:刚才?|刚刚|前面|上面|昨天|昨晚|早上|上次|头先|之前|先前|我|俺)(?:我|俺|那条|那句)?(?:说|写|讲|打|报|反映)(?:的|是)?[^。!?！？]{1,20}?[,，。 ](?:不对|其实|实际上?|应该是|应为)";
const OWN_SLIP = `${SELF}(?:[^,，。!！?？]{0,10})(?:写|打|说|讲|报|填)成`;
const EN =
  /\b(?:i (?:made a mistake|was wrong|wrote it wrong|said (?:it )?wrong|mistyped|misspoke|meant)|my mistake|sorry,? (?:not|it is|it's|i meant)|correction\b|i (?:wrote|said|typed|told)[a-z0-9 ]{0,24}(?:wrong|by mistake|but it|actually|in fact|it is|it's)|typo\b)/;
const PLAIN = new RegExp(
  `(?:^|${SELF}|刚才|刚刚|刚|方才|上面|前面|之前|先前|昨天|昨晚|早上|上午|下午|上次|头先|啱啱|[,，。!！ ])(?:的)?(?:${SELF}|把|将|那|那个|那条|这|里|给|数字|时间|日子|日期|数|名字|地方|地点|数量|年份|月份|价钱|金额|一句|好像|可能|是|好|也|又|还|全|都|着急|一急|急着|手滑|${SELF}们){0,4}(?:[^,，。!！?？]{0,10}?)(?:${MISTAKEN}|${BY_MIND})|${SLIPS}|${ASKS_CHANGE}|${IN_FACT}|${OWN_SLIP}|(?:时间|日子|日期|数字|数量|数|名字|金额|价钱|地方|月份|年份|上面|前面|刚才)(?:那(?:句|条|个)|说的|写的|报的)?(?:不对|不准|有误|有错|错了)`,
  "u",
);
/** Somebody else made it, on paper or in deed; nobody did; or it is asked whether one was made. */
const ANOTHERS = new RegExp(
  [
    `(?:你们?|恁|您|代表|他们?|她们?|它|人家|物业|村里|村委|镇里|街道|社区|医院|学校|老师|派出所|民警|银行|窗口|大厅|人社|社保|民政|电力|供电|水务|自来水|公司|施工队?|师傅|工人|工作人员|办事员|会计|系统|电脑|机器|表上|证上|单子上|名单|公示|合同|户口本|身份证|发票|账单|牌子?|路牌|门牌|站牌|地图|导航|快递|司机|单位|老板|政府|法院)[^,，。!！?？]{0,10}(?:${MISTAKEN}|算错|记错|弄混|搞混|认错)`,
    `(?:把|将|给)(?:${SELF})(?:们|家|妈|爸|爷|奶|孩子|的|儿子|女儿|老)*[^,，。!！?？]{0,10}(?:错|混|反)`,
    `${SELF}(?:们|家|妈|爸|爷爷|奶奶|孩子|儿子|女儿|的)*(?:的)?(?:名字|姓名|身份证|户口|低保|医保|社保|档案|年龄|生日|工资|补贴|卡|证|户头|电表|水表)[^,，。!！?？]{0,10}被?(?:人)?(?:${MISTAKEN}|算错|记错|弄混)`,
    `被(?:人|他|她|你|村|镇)?[^,，。!！?？]{0,8}(?:${MISTAKEN}|算错)`,
    `(?:没|没有|不会|未|并没|也没)(?:有)?(?:说|讲|写|打|报|记|弄|搞|数|看|听|填|算)(?:得)?错`,
    `(?:会不会|是不是|有没有|是否|难道|怕是|万一)[^,，。!！?？]{0,8}(?:${MISTAKEN}|算错|记错)|(?:${MISTAKEN}|${BY_MIND})[^,，。!！?？]{0,4}(?:吧|吗|么|怎么办|咋办|咋整|能改|可以改|会怎|有没有|怎么改|去哪改|找谁改|的话|要紧)`,
    `(?:怎么|咋|如何|去哪|找谁|哪里|能不能|可以)[^,，。!！?？]{0,8}(?:更正|纠正|改|修改)|(?:要求|请求|申请|希望|请|让|督促|叫)[^,，。!！?？]{0,12}(?:局|委|所|院|校|公司|单位|物业|村|镇|政府|他们|学校|医院)[^,，。!！?？]{0,8}(?:更正|纠正|改正|改)|(?:不|没人|没给|拒绝|一直没|迟迟不|拖着不)(?:给)?(?:更正|纠正|改正)|(?:错误|偏差|违规|问题|行为|不良)(?:没)?[^,，。!！?？]{0,4}(?:纠正|更正)|(?:纠正|更正)(?:错误|偏差|过来)`,
  ].join("|"),
  "u",
);
/** Talk, not things: “不是一天两天了，是三年了”, “不是我不想交，是交不起”, “不是说好了吗，是不是又忘了”. */
const RHETORIC =
  /^(?:我|俺|咱|你|您|他|她|谁|说|讲|钱|故意|想|要|不|没|一天|一次|一回|第一|头一|个别|小|大|所有|每|人人|光|只|单|仅|这么|那么|这样|那样|为了|因为|什么|啥|办法|问题|事|好事|闹|开玩笑|吓唬|吹)|(?:不|没)[^,，]{0,3}(?:管|想|给|办|来|愿|肯)|(?:两天|一两[天次回]|那么简单|办法)/u;
const NOT_RIGHT =
  /^(?:吗|不是|什么|啥|谁|我|你|您|他|她|不|没|想|因为|为了|真|实在|故意|根本|明明|一直|天天|年年|要|得|该|人|大家|有|说|怎么|为什么)/u;
/** What is said of a closing belongs to its verdict. */
const VERDICT = /^(?:不?满意|没?(?:修|办|解决)?好了?|没?解决|没?修好|没?办好|一般)$/u;

const FORMS: readonly { readonly form: RegExp; readonly wrong: number | null; readonly right: number | null }[] = [
  {
    form: new RegExp(
      `${NOT_BE}(?:说)?${NAME}${GAP}(?:而|应该|应当|其实|实际|就|才)*(?:是|系|应为|实为|叫|改成|在)(?:说)?${NAME}${END}`,
      "u",
    ),
    wrong: 1,
    right: 2,
  },
  {
    form: new RegExp(`(?:${BE}|应为|实为|改成|改为)${NAME}${GAP}(?:而)?${NOT_BE}(?:说)?${NAME}${END}`, "u"),
    wrong: 2,
    right: 1,
  },
  {
    form: new RegExp(
      `(?:我|俺|咱|刚才|刚刚|昨天|又|也|给|把|将)*${NAME}(?:给)?(?:说|写|打|讲|念|报|记|误写|误打|误填|填|看|听|数)成了?${NAME}${END}`,
      "u",
    ),
    wrong: 2,
    right: 1,
  },
  {
    form: new RegExp(
      `(?:错|岔|混|反|误|不对|不准|更正|纠正|订正|改)(?:字|别字|数)*(?:了|啦|咧|咗|一下|下)*${GAP}(?:应该|应当|正确的?|准确的?|其实|实际上?|原来)*(?:是|系|为|成)${NAME}${END}`,
      "u",
    ),
    wrong: null,
    right: 1,
  },
  { form: new RegExp(`(?:其实|实际上?|应该|应当)(?:应)?(?:是|系|为)${NAME}${END}`, "u"), wrong: null, right: 1 },
];

/** Whoever made the mistake wants nothing more; whether they withdraw is another question. */
const GIVEN_UP =
  /取消|撤(?:了|掉|销|回|单)?(?:$|[,，。!！ 吧谢哈])|不用(?:你们|您|再)?(?:管|办|来|修|了)|别管|不管了|算了|不是(?:你们|咱们|咱|恁)(?:管|小区|这|村)/u;
/** What they say is wrong, and not yet what is right. */
const SAYS_WHAT =
  /(?:时间|日子|日期|数字|数量|数|名字|金额|价钱|地方|地点|月份|年份|天数|号码|单位)(?:我|俺|给|那里|也)*(?:说|写|讲|打|报|填|记|弄|搞|数|选)?(?:错|岔|混|反|不对|不准|有误)/u;

/** Says outright that what follows is one. */
const DECLARED =
  /(?:^|[,，。 ])(?:不好意思|抱歉|您好|那条|那个)?(?:我|俺|来|要|特此)*(?:更正|订正|勘误)(?:一下|下|一处|如下|[:：,，])|\bcorrection\b/u;

/** Whether a text may be a correction of what its writer said: it speaks of nobody else's mistake, and does not only argue. */
export function mayCorrect(text: string): boolean {
  const said = bareWords(text);
  if (ANOTHERS.test(said) || GIVEN_UP.test(said)) return false;
  const wrong = FORMS[0]?.form.exec(said)?.[1];
  return wrong === undefined || !RHETORIC.test(wrong);
}

/**
 * The correction that a text is of what its writer said before; null for anything else. Somebody else's mistake, a mistake on paper and a
 * contrast that only argues are none; whether what it says was wrong was ever said is for the caller to find.
 */
export function correctionIn(text: string): Correction | null {
  const said = bareWords(text);
  if (said.length > LONGEST || ANOTHERS.test(said) || GIVEN_UP.test(said)) return null;
  const isPlain = PLAIN.test(said) || EN.test(said);
  for (const { form, wrong, right } of FORMS) {
    const match = form.exec(said);
    if (match === null) continue;
    const found = { wrong: groupOf(match, wrong), right: groupOf(match, right) };
    const isTalk = found.wrong !== null && RHETORIC.test(found.wrong);
    const isVerdict = [found.wrong, found.right].some((one) => one !== null && VERDICT.test(one));
    if (isVerdict || (found.right !== null && NOT_RIGHT.test(found.right) && !isPlain)) return null;
    if (isPlain) return { ...(isTalk ? { wrong: null, right: null } : found), isPlain };
    if (found.wrong !== null && !isTalk) return { ...found, isPlain };
    return null;
  }
  return isPlain && (SAYS_WHAT.test(said) || DECLARED.test(said)) ? { wrong: null, right: null, isPlain } : null;
}

function groupOf(match: RegExpExecArray, group: number | null): string | null {
  return group === null ? null : (match[group]?.trim() ?? null) || null;
}

/** A story with what was wrong put right in it; where it does not say what was wrong, what is right stands behind it. */
export function putRight(story: string, { wrong, right }: Correction, said: string): string {
  if (wrong !== null && right !== null && story.includes(wrong)) return story.replaceAll(wrong, right);
  return `${story}\n${right ?? said}`;
}
