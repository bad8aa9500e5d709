/** What stands between an official and what is said of them. */
const WHEN =
  "(?:(?:上|下|这|本|前|昨|今|明|后)?个?(?:天|周|星期|礼拜|月)[一二三四五六日末]?|[上下中]午|早上|晚上|(?:\\d+|[一二三四五六七八九十]+)[月日号点天]|从来都?|因为|一般|通常|好几?次|同志|们|那边|那里|他们?|她|也|又|都|已经?|现在|昨天|今天|明天|上次|上回|过年|过节|春节|每年|逢年过节|上周|今年的?|前年|那天|当时|上个?月|去年|今年|前几天|刚才|刚|之前|以前|一直|还|就|才|正|会|要|能|可以|最近|后来|曾经?|总算|终于|好像|老远|特意|专门|亲自|主动|经常|每次|都会|多次|两回|几次|[,， ])*";
/** What people say of a deputy without a reproach, or with no other than that nothing was done: somebody who … */
const HARMLESS_WORDS: readonly string[] = [
  "[。;!?~]|$",
  // says something
  "(?:说|讲|告诉|答应|承诺|保证|通知|问|答复|回复|回(?:了|我|电)|解释|转告|提醒|表示)|讲话|发言|述职|宣讲|宣传|讲解",
  // comes, looks, and sees to it
  "来过|下来|下去|反馈|留(?:了|的|下)?(?:电话|号码|微信|话|条|言)|贴|带了|调来|赶来|用自己的|走着|骑车|上心|出差|路过|换了班",
  "(?:来|去|到|看|走访|调研|视察|检查|了解|调查|巡|路过|参加|接待|值班|开会|主持|召集|组织|座谈)|下乡|进村|入户|上门|下户|跑|骑|回来|倾听|听|跟进|回访|督办|巡|守|值守|出面|过问",
  "干预|登记|记(?!在)|拍|量|约",
  // does something for people
  "(?:帮|为|替(?!他|她|自)|给(?!自|他|她|亲)(?:[^,。;!?]{0,8}(?:送|办|打|递|写|发|看|问|买|装|修|申请|解决|协调|联系|联))|协调|协助|联系|反映|解决|处理|落实|调解|争取|推动|牵头|负责|安排|转|交|提|建议|推荐|介绍|呼吁|催|监督|督促|关心|慰问|支持|劝(?!我们?别|退|我不要)|陪|送|接(?!触不))",
  "给(?:说|讲|评|想|俺|咱|我|我们|俺|大家|村里|群众|了(?:我|答复|回复))|对(?:我|大家|群众|老百姓)(?:很|真|挺|特别|不错)|带(?:我|大家|着|领|人|头|记者)|照顾|植树|打扫",
  "捐|垫|出钱|筹|请来|找来|自费|自己掏|自掏|拒|辞|邀|获|通过|同意",
  // writes, asks for papers, calls
  "写(?:的|了)?(?:建议|报告|信|议案)?|收(?:到|集|下|意见)|拿(?:着|来|了?材料)|开(?:的)?(?:证明|会)|发(?:的|了|通知|短信)|盖章|签|批|修|装|建|铺|推荐",
  "打(?:了|过|来|个|电)[^,。]{0,3}电?话|占用(?:大家|您|各位|一点)",
  "把(?:我们?|大家|群众|村里|小区|意见|建议|情况|材料|问题|接待)[^,。;!?]{0,10}(?:写|记|反映|报|带|交|转|解决|办|收拾|打扫|说清|列|修好|要回)",
  "骂(?:了|过)?(?:物业|开发商|那个|骗子|他们)",
  "(?:让|叫|请|要求)(?:去|来|等|回|先|找|写|填|补|带|我|我们|俺|咱|大家|物业|开发商|他们|村里|施工|社区|网格员|师傅|工人|城管|水务|电工|村干部|站长)(?![^,。]{0,12}(?:他|她|自己))",
  // did nothing, is not there, is slow
  "(?:没|未|不(?:给(?!钱|好处|送)|在|接|回|管|来|知道|清楚|同意|方便|理|见|是)|忙|调走|退休|住院|换|生病|出差|请假|在)|(?:一年|整年|常年|老)[^,。]{0,3}见不|效率",
  "(?:的)?速度|敷衍|离任|身体",
  // is asked about
  "(?:是|叫|姓)(?:谁|哪|不是|我|几|什么|[\\p{Script=Han}]{2,3}(?:吗|吧|[?,。]|$))|有(?:没有|什么|工资|事|空|时间|心)|管(?:不管|吗|一管|管)|怎么|咋",
  "什么|啥|几|哪|多久|能不能|可不可以|会不会|应该|需要|知道|电话|手机|号码|微信|接待日|工资|名单|名字|任期|离(?:我|这)|所在|那个?(?:网格|片|村|站)|片区|选|当选|任",
  // is praised, or who it is
  "夸|表扬|称赞|批评(?:了|过)?(?:物业|开发商|施工|城管)|对(?:这|那)(?:件|个)?(?:事|问题)|姓|年纪|岁数|今年\\d|以前在|原来在|家(?:楼|小区|那边|里?也)|下班|上班(?:时间)?(?:是|到|没|吗)|是(?:我们?)?(?:邻居|同学|老师|退伍|党员|医生)|那个人(?:话|挺|不错|很)",
  "(?:很|真|挺|太|特别|非常|最|态度好|人)(?![^,。]{0,4}(?:差|坏|恶|不|黑|狠|横|霸))|辛苦|热心|负责|认真|努力",
  // only stands beside: with whom, whose, on whose behalf
  "(?:和|跟|与|同)(?:我|大|政|社|[^,。;!?]{1,8}(?:说|谈|商量|沟通|协商|讲|一起|来|看|联系|约|反映))|(?:我|咱|俺|大家|全|本)",
  "家(?:的)?(?:门口|电话|附近|旁边|隔壁|住|也(?:停|没|漏|在)|访)|的(?:电话|手机|微信|意见|建议|答复|回复|话|帮助|意思|职责|任期|工作|联系|照片|回信|大会|办公)|大会|建议",
  "议案|候选|工作|联络|站",
];
const HARMLESS = new RegExp(`^${WHEN}(?:${HARMLESS_WORDS.join("|")})`, "u");

/** As above, in English, after the name where there is one. */
const HARMLESS_ENGLISH =
  /^(?:'s (?:office|phone|number|name|answer|reply|telephone)|[sl]? ?(?:and|or)?(?: [a-z]+)? ?(?:for|of|in|at|from|to|about|on|with|who|that)\b|(?: [a-z]+){0,2}?(?: (?:still|also|has|have|had|already|just|kindly|never|always|then|really|really|yesterday|today))* (?:said|says|told us|told me (?:to|that)|came|comes|helped|helps|help|promised|asked|asks|is|was|are|be|will|can|could|would|should|do|does|did|called|calls|visited|answers?|answered|repl\w+|paid|wrote|looked|look|please|listen\w*|read my|got|brought|spoke|speaks|knows?|put|repaired|fixed|elected|put pressure)\b|[^a-z]*$|[,.!?:])/;

/**
 * Whether what follows an official in a text is harmless, as far as it goes.
 * @param rest what follows, normalised
 */
export function isHarmless(rest: string): boolean {
  return /^(?:[sl']| [a-z])/.test(rest) ? HARMLESS_ENGLISH.test(rest) : HARMLESS.test(rest);
}
