import { bareWords, clauses, hasHan } from "./words.ts";

const THANKS = /谢谢|感谢|多谢|谢了|谢啦|感激|感恩|辛苦|表扬|锦旗|点赞|鸣谢|致谢|有劳|谢天谢地|好人一生平安/;
const PRAISE =
  /夸|好样的|好代表|好官|好人|好干部|办实事|办了?好事|贴心|真心|真好|太好|很好|挺好|不错|及时|真快|很快|这么快|效率高|负责任|认真|满意|放心|高兴|开心|暖心|感动|了不起|给力|真棒|靠谱|值得信赖|为民|厉害|没白|不容易|安全了|方便了|踏实/;
const OUTCOME =
  /(修|弄|办|处理|解决|清理|清|通|铺|换|装|补|拆|搬|收拾|整|治|落实|发放|补发|退|恢复)(的|得)?(好|完|掉|走|干净|到位|下来|妥)?了|(亮|通|好|有水|来水|来电|有电|水来|电来|干净|不漏|不堵|不停|不吵|不臭|不黑|平整)(了|多了|啦)|没问题了|已经?(?:解决|修好|处理|办好|恢复|到账)/;
/** Greetings and forms of address: they say nothing by themselves. */
const ADDRESS =
  /^(?:(?:你|您|大家|各位|领导|代表|同志|老师|上午|中午|下午|晚上|早上|早)?(?:们)?好(?:呀|啊)?|.{0,3}(?:代表|领导|书记|主任|同志|师傅|站长)(?:们|好|您好|你好)?|(?:给[您你]们?)?添?麻烦[您你]?们?了?|收到|知道了|明白了?|好的?|嗯+|行|各位.{0,4}|你们|您|大家|hi|hello)$/;
/** What a word of trouble must not be found in. */
const NO_TROUBLE =
  /不错|不容易|不易|不愧|不胜|了不起|不再|不[漏堵停吵臭黑](了)|不用(再)?(担心|愁|怕|跑)|没想到|没问题了|没白|添麻烦了?|给(你|您)们?添麻烦|不好意思|不客气|不尽|忙不过来|解决了.{0,6}问题|解决问题|不管(刮风|多晚|多忙)/g;
const TROUBLE =
  /坏|漏|堵|脏|臭|吵|没|不|未|怎么|咋|能不能|能否|可否|请|希望|建议|求|麻烦|尽快|抓紧|赶紧|另外|还有|还是|但|可是|只是|一半|又|再|什么时候|啥时候|何时|\?|吗|想问|反映|投诉|困难|缺|断|塌|破|裂|污|违|乱|拖|欠/;
const ENGLISH_THANKS =
  /^(?:(?:hi|hello|dear \w+|oh|ok|okay|great|good|wow|it works|fixed|it is fixed|it'?s fixed)\W+)*(?:many |so |very )?(?:thanks|thank you|thx|ty|cheers)\b/;
const ENGLISH_TROUBLE =
  /\b(but|still|not|no|broken|please|could you|can you|however|another|also|when|why|problem|issue|again|never|isn'?t|doesn'?t|hasn'?t|leak|need)\b/;

/** Whether a text is thanks and nothing else; with a new matter beside the thanks it is that matter. */
export function isThanks(text: string): boolean {
  const said = bareWords(text);
  if (!hasHan(said)) return ENGLISH_THANKS.test(said) && !ENGLISH_TROUBLE.test(said);
  const parts = clauses(text);
  return parts.some((part) => THANKS.test(part)) && parts.every(isCourteous);
}

/** Whether a text says that something was put right, and nothing else. */
export function isGoodNews(text: string): boolean {
  const parts = clauses(text);
  return parts.some((part) => OUTCOME.test(part)) && parts.every(isCourteous);
}

function isCourteous(clause: string): boolean {
  if (ADDRESS.test(clause)) return true;
  if (TROUBLE.test(clause.replace(NO_TROUBLE, ""))) return false;
  return THANKS.test(clause) || PRAISE.test(clause) || OUTCOME.test(clause);
}

/** One clause that announces something, calls, or agrees, and says nothing yet. */
const NOTHING_YET: readonly RegExp[] = [
  /^(?:喂|嗨|哈喽|哈罗|哈啰|嘿|亲|在|在么|在吗|在嘛|在不|在不在|在线吗|人在吗|人呢|有人|有人吗|有人么|有人不|有人没|有没有人|有人在吗|请问|打扰了?|打扰一下|不好意思|麻烦了?|麻烦一下)(?:啊|呀|呢)?$/,
  /^(?:你|您|大家|领导|各位|代表|同志|老师|上午|中午|下午|晚上|早上|早|晚)?(?:们|领导|代表)?(?:好|安)(?:啊|呀|吖|哇)?(?:在吗)?$/,
  /^.{0,4}(?:代表|领导|书记|主任|同志|师傅|站长)(?:们|在吗|在不在|好|您好|你好)?$/,
  /^(?:我|俺|咱)?(?:想|要|得|来)?(?:跟|给|和|同|向)?(?:你|您|领导|代表|大家)?们?(?:想|要)?(?:说|讲|问|反映|反应|咨询|请教|投诉|投拆|举报|提|打听|汇报|聊)(?:一?下|下|个|件|点|几个|一个|一件|些)?(?:事儿?|事情|问题|情况|意见|建议|小事|大事)?(?:情)?(?:可以吗|行吗|行不行|吗|呢|啊|哈|一下)?$/,
  /^(?:我|俺|这里|这儿|家里)?(?:有|遇到|碰到)(?:了)?(?:个|件|点|些|一个|一件|几个)?(?:事儿?|事情|问题|情况|困难|意见|建议)(?:想|要)?(?:跟|给|和|向)?(?:你|您)?们?(?:说说?|问问?|反映|反应|咨询|请教)?(?:一?下)?(?:呢|啊)?$/,
  /^(?:就是|那个|这个|是这样的?|是这样|嗯+|哦+|噢+|额+|呃+|啊+|唉+|哎+|哎呀|对了?|好的?|好吧|行吧?|收到|知道了|明白了?|了解|可以|没事了?|ok+|okay|yes|no)$/,
  /^(?:在)?(?:我|俺|咱|我们|俺们|咱们)(?:们)?(?:这|那|这里|这儿|这边|村|村里|庄|屯|小区|家|家里|楼|楼里|单元|组|队|院|街道|社区|镇|乡|县)(?:儿|子|上|的|有|的事|那边|这边)?$/,
  /^(?:我|俺)?有(?:一?件|个)?(?:事|话)(?:儿|情)?(?:想|要)(?:说|麻烦|请教|问|找)(?:您|你)?们?$|^我有话说$|^(?:你|您)们?好吗$|^hello there$|^(?:能|可以)(?:听见|看见|看到)吗$|^有(?:没有)?人管事?(?:吗|没)?$|^我是(?:村民|居民|业主|老百姓|群众)$/,
  /^(?:有事找|找)(?:您|你|代表|领导)$|^(?:请问)?(?:你|您|这|这里)?是(?:不是)?(?:人大)?代表(?:吗|么)?$|^早$|^(?:e?m+|h+m+)$|^(\d)\1{2,}$|^(?:在吗|你好|喂|有人吗){2,}$/,
  /^(?:求助|求帮助|帮帮我|帮帮忙|帮个忙|帮帮我们|我需要帮助|请帮帮忙|需要帮助|测试|测试一下|试试|试一下|test|testing)$/,
  /^(?:hi|hello|hey|hi there|good (?:morning|afternoon|evening|day)|anybody (?:there|here)|anyone (?:there|here)|are you there|excuse me|i have a (?:question|problem|complaint)|i want to (?:report|say|ask) something|i need help|sorry)$/,
];

/** Whether a text says nothing yet: a greeting, an announcement, a nod, punctuation or emoji alone. */
export function saysNothingYet(text: string): boolean {
  const said = bareWords(text);
  if (said === "") return true;
  if (said.length > 40) return false;
  return isNothing(said) || clauses(text).every(isNothing);
}

function isNothing(part: string): boolean {
  const called = part.replace(/^(?:请问|您好|你好|喂|哎|那个|就是)+(?=.)/, "");
  return NOTHING_YET.some((pattern) => pattern.test(part) || pattern.test(called));
}

const WHEN =
  /(?:都|已经|到|至今|直到|这都|今天|昨天|现在|到现在|过了?|这么久|好久|好多天|[一二两三四五六七八九十几半\d]+个?(?:天|周|月|年|星期|礼拜|小时|多月|多星期|次|遍)|了)*/;
const STILL =
  /(?:怎么|咋|为什么|为啥|为何|咋个)?(?:都|也)?(?:还是?|仍然?|依然|依旧|一直|始终|根本|压根|就是|又|都|也|硬是|也还)?(?:都)?/;
const UNDONE =
  /(?:没有?|未|不|木有|冇|莫得|没得)(?:人)?(?:个|啥|什么|见)?(?:给|帮|来)?(?:我们?|俺们?)?(?:去|来)?(?:修理?|弄|搞|整|办|处理|解决|清理|通|亮|换|装|来|管|理|好|行|动静|反应|下文|消息|回音|结果|变化|见好|见人|人影|用|动|落实|改|拉走|运走|回复|答复|理睬)(?:我们?|俺们?)?(?:好|完|来|到|人|过|过来|掉|走|了|的)*/;
const AGAIN =
  /(?:又|再次|再)(?:坏|堵|漏|停|断|不亮|不行|不通|这样|那样|来|出问题|犯|臭|吵|响|老样子|反复|复发|开始|掉|塌|黑)(?:了|啦|一次|起来|上)*/;
const WAITING =
  /(?:(?:还是)?老样子|怎么还[没不]|还没呢|还(?:是)?(?:那样|这样|坏着?的?|堵着?的?|漏着?的?|在漏|在堵|那个样|一样|原样|黑的?|不行)|没人管|没人理|没人来|没人问|人呢|什么时候(?:能|可以|才|来|修|弄|办|处理|解决)*(?:来|修|好|弄|办|处理|解决)*(?:好|人)?|啥时候(?:能|来|修|弄|才)*(?:好|来|修|弄)*|多久(?:才|能)*(?:来|修|好)*|几时(?:能)?(?:来|修)(?:好)?|(?:你们)?(?:到底)?管不管|(?:到底)?修不修|(?:修|弄|好|解决|处理)(?:好)?(?:了)?没有?|不是说[^,]{0,4}修|说好[^,]{0,4}(?:来|修)|(?:刚|才)?(?:修|弄|通|清)(?:好|完|了)*(?:就)?又(?:坏|堵|漏|停|不亮|不通)|只(?:修|弄|清|干)了一(?:半|点)|来了?一(?:趟|次|下)(?:又|就)走|等(?:了|到)?(?:好|很|这么|那么|多)?(?:久|多天|半天|一天|几天)(?:了)?|还要(?:等|拖)(?:多久|到什么时候|几天)?|(?:要)?(?:拖|等)到(?:什么|啥|猴年马月)(?:时候)?|白(?:说|跑|反映)了?|说(?:好|了)(?:的)?(?:修|来)呢|光说不(?:干|做|练)|人都没(?:见|来)(?:到|过)?|一个人(?:都|也)没(?:来|见)(?:过|到)?|问题(?:还|依然|仍)(?:在|没解决|存在))/;
const TAIL = /(?:呢|啊|呀|吧|吗|嘛|了|的|哦|啦|喔|咧|哇|阿|人|好|来)*/;
const NOUN = /(?:[\p{Script=Han}]{0,4}?)/u;

const FOLLOW_UPS: readonly RegExp[] = [
  new RegExp(
    `^${WHEN.source}(?:${STILL.source}${UNDONE.source}|${AGAIN.source}|${WAITING.source})${TAIL.source}$`,
    "u",
  ),
  new RegExp(
    `^${NOUN.source}(?:怎么|咋)?(?:都)?(?:还是?|仍然?|依然|一直|到现在)(?:都|还)?${UNDONE.source}${TAIL.source}$`,
    "u",
  ),
  /^(?:都|已经|这都)?[一二两三四五六七八九十几半\d]+个?(?:多)?(?:天|周|月|星期|礼拜|小时)(?:了|过去了)(?:呢|啊)?$/,
  /^(?:it'?s |it is |this is |that is )?(?:still )(?:not |is not |isn'?t )?(?:fixed|solved|broken|working|there|the same|nothing|waiting|no answer|no reply|dark|leaking|no water|no power|no light)(?: yet| now| today)?$/,
  /^(?:it'?s |it is )?(?:not (?:fixed|solved|done|repaired)(?: yet)?|broken again|not working again|happened again|the same again)$/,
  /^(?:still )?(?:nobody|no one|no-one) (?:has )?(?:came|come|comes|answers|answered|cares|showed up)(?: yet)?$/,
  /^(?:when will (?:it|this|that) be (?:fixed|done|solved|repaired)|how much longer|how long (?:do i|must i|will it) .{0,12}|any updates?)$/,
];
const SHORT = 18;
const SHORT_ENGLISH = 48;

/**
 * Whether a short text speaks of something said before ("还是没修好"), without a matter of its own.
 *
 * "又停水了" names its own matter and is none; where this resident has no case, the caller takes it for a matter too.
 */
export function isFollowUp(text: string): boolean {
  const said = bareWords(text).replace(
    /^(?:您?好|你好|请问|代表|领导|你们|那个|这个|那|这|事|这事儿?|那事儿?|上次(?:说|反映)的(?:事儿?|问题)?)\s*[,，]?\s*/,
    "",
  );
  const parts = clauses(said);
  const isShort = hasHan(said) ? parts.join("").length <= SHORT : said.length <= SHORT_ENGLISH;
  if (said === "" || !isShort) return false;
  if (!hasHan(said)) return FOLLOW_UPS.some((pattern) => pattern.test(said));
  return (
    parts.some((part) => isFollowUpClause(part)) && parts.every((part) => isFollowUpClause(part) || isFiller(part))
  );
}

function isFollowUpClause(part: string): boolean {
  return FOLLOW_UPS.some((pattern) => pattern.test(part));
}

function isFiller(part: string): boolean {
  return (
    isNothing(part) ||
    /^(?:快点|抓紧|赶紧|急|急死了|气人|管不管|到底管不管|行不行|怎么回事|咋回事|什么情况|谢谢)(?:啊|呀|吧)?$/.test(part)
  );
}
