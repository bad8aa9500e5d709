import { PatternList } from "../patterns/pattern-list.ts";
import { normalise } from "../text/words.ts";
import type { Reading } from "../understanding/model.ts";

/** A question about the service itself; `general` where none of the others is plain. */
export type ServiceQuestion =
  | "anonymity"
  | "who-reads"
  | "cost"
  | "official"
  | "robot"
  | "deputy-phone"
  | "who-is-deputy"
  | "meet"
  | "contact"
  | "by-voice"
  | "hours"
  | "how-long"
  | "several"
  | "who-may"
  | "not-content"
  | "history"
  | "scope"
  | "general";

/** Cantonese words of questions, and what Mandarin says. */
const CANTONESE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/边(?:个|位)/g, "谁"],
  [/(?:喺|响)?边(?:度|处)|喺边/g, "在哪里"],
  [/边日|几时/g, "什么时候"],
  [/[睇]/g, "看"],
  [/影(?:张|几张)?相/g, "拍照"],
  [/[唔]/g, "不"],
  [/讲/g, "说"],
  [/[揾搵]/g, "找"],
  [/佢/g, "他"],
  [/嘢/g, "事"],
  [/[嘅㗎]/g, "的"],
  [/[畀俾]/g, "让"],
  [/(?<![联关体])系(?![统列])/g, "是"],
];
const CANTONESE = new PatternList(CANTONESE_WORDS.map(([pattern, mandarin]) => ({ pattern, mandarin })));

const WHO = "(?:谁|哪(?:个|位|一个|一位|几个|几位)|姓什么|姓啥|叫什么|叫啥|名字|是啥人)";

/** Others, of whom people fear that they learn it. */
const OTHERS = "(?:人家|别人|旁人|村里|邻居|领导|老板|物业|对方|被反映|外人|大家|他们|家里人)";

/**
 * The words by which each is told apart, once a text is known to ask of the service; the first that fits decides. What people fear
 * comes first, for it may stand beside any other question; what is asked most widely comes last.
 */
const WORDS: readonly (readonly [ServiceQuestion, RegExp])[] = [
  [
    "anonymity",
    new RegExp(
      `匿名|实名|署名|留(?:真|姓)?名|真名|姓名|泄[露漏]|保密|隐私|让人(?:家)?(?:知|晓得)|透露|报复|穿小鞋|得罪|(?:写|报|说|露|去掉)[^,。?]{0,3}名字|名字[^,。?]{0,4}(?:露|去掉|隐|藏|写|让|公开)|${OTHERS}[^,。?]{0,6}(?:知道|晓得|看(?:得|不)?[到见])|(?:知道|晓得|查到|认出|猜到)(?:是|就是)?(?:谁|我|俺|咱)|(?:说|讲|传)(?:出去|到)|anonym|confidential|my name|secret|private`,
    ),
  ],
  [
    "who-reads",
    /公开|谁(?:都)?(?:能|会|可以|在)?(?:看|收|读)|哪些人(?:能|会|可以)?(?:看|收)|(?:能|会|都)(?:不能|不会)?(?:被[^,。?]{0,6})?看(?:得)?[到见](?:我|俺)|可见|看(?:得)?[到见](?:我|俺)|给谁看|who (?:reads?|sees?|can (?:read|see))|public/,
  ],
  [
    "cost",
    /收费|收(?:不收)?钱|要(?:不要)?(?:钱|花钱|交钱)|花钱|免费|多少钱|交钱|费用|手续费|服务费|话费|扣费|辛苦费|\b(?:cost|fees?|charge|free|pay)\b/,
  ],
  [
    "official",
    /骗|官方|正规|真的?假|假的|是真的|靠谱|认证|证明|公家|政府(?:的|办)|\b(?:official|scam|genuine|cheat\w*|fake)\b/,
  ],
  [
    "robot",
    /机器|真人|活人|人工|自动(?:回|的|程序)|电脑|\bai\b|智能|客服|是人(?:吗|嘛|不)|(?:对面|那头)[^,。?]{0,4}人|robot|\bbot\b|human|real person/,
  ],
  [
    "deputy-phone",
    /代表[^,。?]{0,8}(?:电话|手机|号码|微信|联系方式)|(?:phone|number) of (?:my|our|the) deputy|deputy'?s? (?:phone|mobile|number)/,
  ],
  [
    "meet",
    /接待|当面|面谈|面见|约见|预约|见(?:代表|面|一面|到|一见|着)|见见|约(?:个|一|代表|时间)|上门|坐[^,。?]{0,3}班|来家里|坐下来?|(?:怎么|咋|如何)(?:才能)?(?:联系|找)[^,。?]{0,4}代表|\bmeet\b|appointment|face to face|visit|reception/,
  ],
  [
    "scope",
    /代表(?:都|还|也|只|是不是)?(?:能|可以|会|管)[^,。?]{0,8}(?:管|处理|帮|解决|办|什么|啥|哪)|(?:职责|范围)|能找代表(?:说|办|管)/,
  ],
  [
    "who-is-deputy",
    new RegExp(
      `${WHO}[^,。?]{0,8}代表|代表[^,。?]{0,10}${WHO}|(?:归|由|是)(?:谁|哪个|哪位)(?:管|负责|联系)|(?:找|怎么找)(?:到)?(?:我|我们|俺|咱)[^,。?]{0,4}代表|who (?:is|are) (?:my|our|the) deput|which deputy|who.{0,12}deputy`,
    ),
  ],
  [
    "hours",
    /(?:24|二十四)(?:个)?小时|半夜|夜里|夜间|深夜|晚上|天黑|黑了|周末|礼拜天|星期天|节假日|放假|过年|at night|weekend/,
  ],
  [
    "how-long",
    /多久|几天|多长时间|多少天|几个工作日|(?:什么|啥)时候(?:能|会|有|给)?(?:回|答|办|处理|有)|要等|等多|回音|how (?:long|soon|many days)|\bwhen\b/,
  ],
  [
    "by-voice",
    /打字|打不来|语音|说话(?:行|发|能|成)|用嘴|手抖|识字|不会写|认(?:得)?字|眼(?:睛|神)?(?:花|不好|瞎)|拍(?:照|了|下)|照片|相片|图片|视频|录音|(?:能|可)(?:不能|以)?[^,。?]{0,6}打(?:个)?电话|电话(?:登记|里说|可以打)|voice|photo|picture|video|\btype\b/,
  ],
  ["general", /在?(?:哪里?|哪儿|哪块)(?:写|填|提交|输|反映|说事|留言)|按(?:哪|啥|什么)|在哪里按|点(?:哪|啥|什么)/],
  [
    "history",
    /(?:以前|之前|上回|上次|早先|先前|过去|原来)[^,。?]{0,10}(?:看|找|查|翻|反映)|历史|查看|(?:说|写|反映)过的?[^。?]{0,10}(?:看|找|查|翻)|翻(?:聊天|记录)|栏目|my (?:earlier|old|previous)/,
  ],
  [
    "several",
    /(?:好|有|说|写)?(?:几|两|二|三|四|五|六|多)(?:个|件|样)(?:事|问题|情况|毛病)|(?:几|两|三)件|分开|一起(?:说|写|发)|一(?:回|次)(?:性)?(?:能|说|讲)|一个一个|一件一件|several|many problem|more than one|one by one|two (?:things|problems)/,
  ],
  [
    "contact",
    /电话|座机|热线|地址|门牌|在(?:哪|什么地方)|哪条街|怎么(?:走|去)|咋(?:走|去)|几路车|几点|上班|开门|下班|办公|号码|微信号|phone|address|where|\bopen\b/,
  ],
  [
    "not-content",
    /不满意|不认可|不服|觉得不(?:行|好|对)|没(?:办|解决|处理)好|结果(?:我)?不(?:行|好|对|满意)|申诉|复议|再反映|投诉渠道|评理|not (?:satisfied|happy|content)/,
  ],
  [
    "who-may",
    /租(?:户|客|房|住)|外(?:地|省|乡|国|来)|户口|户籍|本地人|房产证|(?:替|帮|代)(?:我|俺|咱|他|她|家|父|母|爸|爹|妈|娘|老|邻居|别人|人|孩子|亲戚|说)|父母|委托|未成年|学生|可以用|tenant|\brent\b|foreigner|on behalf|for my (?:mother|father|parents)/,
  ],
  [
    "scope",
    /管(?:不管|什么|啥|哪|得|吗|的)|(?:能|可以)(?:不能|不可以)?(?:反映|说|管|办|问|处理|解决)|(?:什么|啥|哪些|哪类)(?:样的)?(?:事|问题)|帮(?:什么|啥)忙|what (?:can|kind|matters)|which (?:kind|matters)/,
  ],
];

const ASKED = new PatternList(WORDS.map(([about, pattern]) => ({ about, pattern })));

/** The question that a text asks of the service, once it is known to ask of it. */
export function serviceQuestion(text: string): ServiceQuestion {
  const said = CANTONESE.replaceAll(normalise(text).toLowerCase(), ({ mandarin }) => mandarin);
  return ASKED.possibleIn(said).find(({ pattern }) => pattern.test(said))?.about ?? "general";
}

/** The service, its deputies and stations, as people call them who ask of them. */
const SERVICE =
  /代表|联络站|接待|(?:你|恁|您|妳)(?:们|哋)?(?:这|呢)?|这(?:里|儿|边|号|个(?:号|公众号|平台|小程序|网站)?)|公众号|平台|反映|匿名|实名|\b(?:you|deput(?:y|ies)|station|here|this (?:account|service))\b/;
/** A question, by its words or its mark. */
const QUESTION =
  /[?]|吗|嘛|么|呢|谁|哪|什么|啥|多少|几|多久|怎么|怎样|咋|如何|能不能|可不可以|会不会|是不是|要不要|有没有|行不行|(?:行|成|中|能|可以|得|管|用)(?:不|没)|(?:不|没有)[\s啊呀呢]*$|\b(?:who|what|where|when|how|which|can|do|does|is|are|may|will|am)\b/;

/** Whether words plainly ask of the service itself, by what they ask and of whom: a sign beside what was learned, never alone. */
function asksOfService(text: string): boolean {
  const said = normalise(text).toLowerCase();
  return serviceQuestion(text) !== "general" && SERVICE.test(said) && QUESTION.test(said);
}

/** So probable at least, of itself and beside a question to the administration, and so much beside a matter, is one that its own words show. */
const HARDLY_ANY = 0.05;
const BESIDE_AN_INQUIRY = 0.1;
const BESIDE_A_MATTER = 0.3;
/** From here on words that ask of the service tell of a matter too: “联络站的电话没人接，我家断水三天怎么办”. */
const SURELY_OWN = 0.8;

/**
 * Whether words that have the signs of a question of the service are one: the reading may not speak against it. A question to the
 * administration is asked in the same words.
 */
export function isServiceQuestion(text: string, { acts, heads }: Reading): boolean {
  const { "service-question": ofService, inquiry } = acts;
  const asked = ofService + inquiry;
  const told = acts.matter + acts.suggestion + acts.petition;
  const isLikely = ofService >= Math.max(HARDLY_ANY, BESIDE_AN_INQUIRY * inquiry);
  const isBeside = asked / (asked + told) >= BESIDE_A_MATTER && heads["own-matter"] < SURELY_OWN;
  return isLikely && isBeside && asksOfService(text);
}
