import { normalise } from "./words.ts";

/** 代表 that is not a deputy: owners', pupils' and firms' representatives, and the verb "on behalf of". */
const OTHER_REPRESENTATIVES =
  /(业主|村民|居民|课|学生|家长|职工|员工|厂家|厂商|销售|商户|租户|股东|法定|法人)代表|(?<=(^|[我们咱俺谁能也不他她,。]))代表(大家|全|我们|咱|俺|本|村民|居民|业主|小区|老百姓|群众|老人|家长|着|了|什么)/g;
const OTHER_HEADS =
  /(班|车间|科室?|医院|教导|办公室|护士|物业|业委会|售楼处)(主任|站长|书记)|(加油|充电|车|汽车|火车|泵|变电|快递|收费|服务)站(站长)?/g;

const OFFICE =
  "(?:(?:人大)?代表|人大带表|(?:村|党|总|老|新|大队)?支书|(?:村|镇|乡|街道|社区|党委|支部|总支|工委|县委)?书记|村?主任|村长|村干部|镇干部|乡干部|社区干部|大队干部|(?:联络站)?站长|主席团?(?:主席)?|镇长|乡长|村会计|生产队长|组长|两委)";
/** What may stand between the person and the deed; not a request, nor somebody else who did it. */
const BETWEEN =
  "(?:(?!请|希望|盼|麻烦|求|帮|反映|反应|管管|管一|查|谁|您|你|好,|物业|老板|开发商|公司|商家|商贩|业委会|邻居|隔壁|包工头|中介|举报|投诉|看看|看到|看见|听说|有人|关注|呼吁|向|跟|同志)[^。;!?\\n])";

/** Deeds of which an official is accused; money, favours, abuse of office. */
const CORRUPTION = [
  "收(?:了|受|过|取)?[^。;!?]{0,8}(?:好处|红包|贿|回扣|钱|礼|烟酒|黑钱|佣金)",
  "(?:拿|吃|要|得|捞|贪)(?:了|过)?[^。;!?]{0,6}(?:好处|红包|回扣|黑钱|钱财|贿赂|卡要)|(?:不给钱|不给好处|没钱|不送礼|没好处)(?:就)?不(?:给)?办|要钱才|给钱才",
  "受贿|行贿|索贿|索要|贪污|贪腐|腐败|贪了|贪官|中饱私囊|包庇|克扣|挪用|私吞|独吞|截留|侵吞|侵占|套取|骗取|虚报|冒领|私分|倒卖|黑箱|暗箱",
  "(?:拿|收|吃)(?:了|过)?[^。,;!?]{0,8}的(?:钱|东西|礼)|[拿收](?:了|过)(?:人家|别人|物业|老板|开发商)的?[^。,;!?]{0,3}(?:东西|烟|酒|卡)|睁一?只眼闭一?只眼|收(?:了|过)?(?:购物|加油|礼品)?卡(?!费)|(?:名额|指标)[^。,;!?]{0,3}卖|卖(?:名额|钱)|利用职(?:务|权)|没人敢(?:管|说|惹)|欠(?:了)?(?:我|钱|人|工)",
  "以权谋私|滥用职权|假公济私|徇私|公报私仇|打击报复|报复|官商勾结|勾[结搭连]|串通|被[^。,;!?]{0,6}(?:收买|买通|拉拢|喂饱)|保护伞|一手遮天|优亲厚友|任人唯亲|开后门|走后门|吃空饷|吃低保",
  "(?:给|分|安排|批|留|弄)(?:了|到|给|成)*(?:他|她|自己|自家|自个儿?|本人)(?:们)?(?:家)?(?:的)?(?:亲戚|家人|儿子|女儿|闺女|兄弟|弟弟|哥哥|小舅子|亲属|侄|外甥|七大姑|八大姨|表[哥弟姐妹]|大哥|大姐|姐夫|妹夫|嫂|连襟|叔|姑|姨|舅|本家|人|老婆|丈人|亲家|公司)|给了?(?:亲戚|亲属|关系户|小舅子|熟人)",
  "(?:拿|收|要|吃)[^。,;!?]{0,6}(?:烟|酒|钱|礼|饭|红包)[^。,;!?]{0,4}才|(?:得|要|必须)?(?:送|塞)(?:了)?[^。,;!?]{0,4}(?:礼|钱|烟|酒|红包)[^。,;!?]{0,3}才|(?:得|必须|不)送(?:了)?(?:礼|钱|烟|酒|红包)",
  "做?假账|一言堂|经济问题|动手动脚|拿[^。,;!?]{0,4}(?:村里|集体|公家|大家|公款)的?钱",
  "(?:霸占|强占|强拆|强征|私自卖|偷卖|贱卖|卖了)[^。;!?]{0,8}(?:地|田|房|山|林|塘|集体|财产|资产)?|贿选|买选票|拉票|买票|恐吓|威胁|调戏|性骚扰|骚扰妇女|猥亵|嫖|赌博|包养|作风(?:有|不)",
];
/** Deeds that anybody may do: an accusation only when the person stands right before them. */
const MISDEEDS =
  "(?:违建|违章|占道|占地|占(?:了)?(?:公家|集体|我家?)|打(?:了|伤)?(?:人|我)|骂(?:了)?(?:人|我)|欺负|欺压|横行|耍流氓|酒驾|醉驾|偷|骗)";
const OWN =
  "(?:他|她)?(?:家|自己家?|自家|本人|带头|仗着[^。;!?]{0,6}|又|也|还|经常|天天|老是?|总是?|就|在|喝酒|喝醉|了|动手|[带领叫]人|的?(?:儿子|亲戚|兄弟|老婆|侄子|弟弟|小舅子)|把我|对我|搞|盖|建|修|[,，]){0,6}";

/** Sayings for two who cover each other. */
const IN_LEAGUE =
  "一个鼻孔(?:里)?出气|狼狈为奸|蛇鼠一窝|沆瀣一气|官官相护|同流合污|一丘之貉|吃里扒外|利益输送|私下交易|一伙的|一路货";
const RELATIVES =
  "亲戚|亲属|兄弟|哥哥|弟弟|大哥|大姐|姐夫|妹夫|嫂|连襟|儿子|女儿|闺女|侄|外甥|小舅子|小姨子|叔|姑|舅|老婆|媳妇|丈人|亲家|家人|家里人|自家|自己家|本家|七大姑|八大姨|关系户";

const ACCUSATIONS: readonly RegExp[] = [
  ...CORRUPTION.map((deed) => new RegExp(`${OFFICE}${BETWEEN}{0,16}?(?:${deed})`)),
  new RegExp(`${OFFICE}(?:家|的)*(?:儿子|亲戚|兄弟|弟弟|侄子|老婆)?把[^。,;!?]{0,10}(?:占|卖|吞|贪|挪)`),
  new RegExp(`${OFFICE}(?:和|跟|与|同|伙同)[^。;!?,]{0,8}(?:勾[结搭连]|串通|合伙|分赃|一伙|穿一条裤子)`),
  new RegExp(
    `${OFFICE}[^,。;!?]{0,6}(?:跟|和|与|同)[^,。;!?]{0,2}(?:物业|老板|开发商|包工头|承包商|厂长|商家)[^,。;!?]{0,4}(?:是)?(?:哥们|兄弟|亲戚|一家|关系户|拜把子|合伙)`,
  ),
  new RegExp(`${OFFICE}[^。;!?]{0,24}(?:${IN_LEAGUE})`),
  new RegExp(`${OFFICE}[^,。;!?]{0,10}是(?:物业|老板|开发商|包工头|商家)(?:出|掏|付|买|送|给)的`),
  new RegExp(
    `${OFFICE}[^,。;!?]{0,4}(?:被|让)[^,。;!?]{0,6}(?:请吃|请喝|请客|宴请)|${OFFICE}[^,。;!?]{0,6}(?:吃请|大吃大喝|吃喝)`,
  ),
  new RegExp(
    `${OFFICE}(?:把|给|让|为)[^,。;!?]{0,6}(?:${RELATIVES})[^,。;!?]{0,8}(?:低保|五保|补助|补贴|名额|指标|贫困户|公益岗|救助)`,
  ),
  new RegExp(
    `(?:要|想|去|来)告(?!诉|知|示|别|状)(?:一?下|我们?|咱们?|你们?|那个|这个|\\p{Script=Han}){0,4}?${OFFICE}`,
    "u",
  ),
  new RegExp(`${OFFICE}(?:家|的|他|她)*[^,。;!?]{0,4}费(?:都|全|从来|一直|就)*(?:是)?(?:免|不[交缴]|没[交缴])`),
  new RegExp(`${OFFICE}[^。;!?]{0,20}(?:给|往|向)(?:他|她)(?:们)?家?(?:送|塞)(?:了|过)?(?:礼|钱|红包|烟|酒)`),
  new RegExp(
    `(?:低保|补助|补贴|救济|救助|名额|指标|名单|工程|项目|好处)[^,。;!?]{0,8}(?:是|给|归|让)[^,。;!?]{0,4}${OFFICE}(?:他|她|自己|家|的)*(?:${RELATIVES})`,
  ),
  new RegExp(`${OFFICE}${OWN}${MISDEEDS}`),
  new RegExp(`${OFFICE}${BETWEEN}{0,6}?(?:打|骂|砍|杀|捅)(?:了|伤|死)?(?:人|我)(?!们?家?的?电话)`),
  new RegExp(`(?:${CORRUPTION.join("|")})[^。;!?,]{0,8}的[^。;!?,]{0,4}${OFFICE}`),
  new RegExp(
    `(?:举报|检举|控告|揭发|实名举报)(?:一?下|我们?|咱们?|你们?|那个|这个|本|村|镇|的|[\\p{Script=Han}]){0,6}?${OFFICE}`,
    "u",
  ),
  new RegExp(
    `(?<!向|跟|找|给)投诉(?:一?下|我们?|咱们?|你们?|那个|这个|本|村|镇|的|[\\p{Script=Han}]){0,6}?${OFFICE}`,
    "u",
  ),
  /\b(deputy|representative|party secretary|village (head|chief|secretary)|director)\b.{0,40}\b(brib(e|es|ed|ery)|corrupt|corruption|embezzl\w*|took money|takes money|taking money|kickbacks?|stole|threaten(s|ed)?|abus(es|ed|ing))\b/,
  /\b(corrupt|bribed) (deputy|representative|secretary|director)\b/,
];
/** Somebody who only waits for an answer accuses nobody. */
const UNANSWERED =
  /(投诉|举报)[^。;!?]{0,16}(不回|没回|不答复|没答复|不理|没理|没人理|没动静|没回音|没消息|没下文|不接电话)/;
const REPORTED_TO =
  /(向|跟|找|给|请|让|叫|通过)[^。;!?,]{0,8}(代表|书记|主任|支书|站长|村长)[^。;!?,]{0,6}(举报|投诉|反映|反应|控告|检举)/g;

/**
 * Whether a text accuses a deputy, or a village or town official who may be one.
 *
 * Such material must never reach the accused (信访工作条例 art. 30): when in doubt it goes to the county office. That a
 * deputy has not answered is no accusation.
 * @param names of deputies, who may be accused without their office
 */
export function accusesDeputy(text: string, names: readonly string[] = []): boolean {
  const said = normalise(text)
    .toLowerCase()
    .replace(OTHER_REPRESENTATIVES, "~")
    .replace(OTHER_HEADS, "~")
    .replace(REPORTED_TO, "~");
  if (names.some((name) => accusesByName(said, name))) return true;
  const hits = ACCUSATIONS.filter((pattern) => pattern.test(said));
  if (hits.length === 0) return false;
  const onlyComplains = hits.every((pattern) => /^\(\?:举报|^\(\?<!/.test(pattern.source));
  return !(onlyComplains && UNANSWERED.test(said));
}

const DEED = new RegExp(CORRUPTION.join("|"));
/** Who was spoken of just now. */
const THEY = /^(?:而且|还有|另外|对了|就是|反正|[,\s])*(?:他|她|这个?人|那个?人|此人|这家伙|这种人|\b(?:he|she)\b)/;
const GOES_ON = new RegExp(
  `^(?:而且|还有|另外|就是|就|还|也|又|老|总是?|经常|天天|偷偷|私下里?|他们?|她们?|这个?人|那个?人|此人|这家伙|[,\\s])*(?:${CORRUPTION.join("|")})`,
);
const SAYS_WHO = new RegExp(`^(?:我|俺)?(?:说|指|讲|反映|举报)?的?(?:人)?(?:就)?是[^,。;!?]{0,8}${OFFICE}`);
/** An official who is spoken to, not of. */
const ADDRESSED =
  /(?:人大)?\p{Script=Han}{0,2}(?:代表|书记|主任|站长|镇长|乡长|村长)(?:同志|们)?[,\s]*(?:[您你]们?好|好|请问|麻烦|帮)/gu;
const CALLED = new RegExp(`\\p{Script=Han}${OFFICE}`, "gu");

/** Whether a text speaks of a deed of which officials are accused, by whomever it was done. */
export function speaksOfMisdeed(text: string): boolean {
  return DEED.test(normalise(text).toLowerCase());
}

/** Whether a text may say whom the words before it were about. */
export function saysWho(text: string): boolean {
  return SAYS_WHO.test(normalise(text).toLowerCase());
}

/**
 * Whether words accuse somebody together with those that the same person said right before, though neither does alone:
 * first the person and then the deed, or the other way round.
 * @param names of deputies that either has
 */
export function accusesTogether(before: string, text: string, names: readonly string[] = []): boolean {
  const isDeed = speaksOfMisdeed(text);
  if (!isDeed && !(saysWho(text) && speaksOfMisdeed(before))) return false;
  if (!isDeed || accusesDeputy(`${before},${text}`, names)) return true;
  return isSpokenOf(before, names) && GOES_ON.test(normalise(text).toLowerCase());
}

/**
 * Whether words go on about whoever was accused before.
 * @param accusation what the same person said then
 * @param names of deputies that the new words have
 * @param isFresh nothing else was spoken of since, within a day
 */
export function goesOnAccusing(
  accusation: string,
  text: string,
  { names, isFresh }: { readonly names: readonly string[]; readonly isFresh: boolean },
): boolean {
  const said = normalise(text).toLowerCase();
  if (GOES_ON.test(said) || (isFresh && (THEY.test(said) || DEED.test(said)))) return true;
  const accused = normalise(accusation).toLowerCase();
  if (names.some((name) => accused.includes(name))) return true;
  return (said.replace(ADDRESSED, "~").match(CALLED) ?? []).some((called) => accused.includes(called));
}

function isSpokenOf(text: string, names: readonly string[]): boolean {
  const said = normalise(text).toLowerCase().replace(ADDRESSED, "~");
  return said.match(CALLED) !== null || names.some((name) => said.includes(name));
}

function accusesByName(said: string, name: string): boolean {
  const person = RegExp.escape(normalise(name).toLowerCase());
  const close = said.replaceAll(" ", "");
  return CORRUPTION.some((deed) => new RegExp(`${person}${BETWEEN}{0,16}?(?:${deed})`).test(close));
}

const CLAIM =
  /(?:我|这里|这边|俺|本人)(?:就)?(?:是|系)(?:你们?的?|咱们?的?|县里?的?|镇里?的?|街道的?|村里?的?|市里?的?|人大的?|联络站的?)?[^,。;!?]{0,6}(?:代表|主任|书记|网格员|网格长|工作人员|管理员|系统管理员|民警|警察|领导|镇长|局长|县长|乡长|站长|联络员|办公室|人大常委会|督查组?|纪委|记者)(?!的|家|处|大会)/;
const ENGLISH_CLAIM =
  /\bi(?:'m| am) (?:a |the |your )?(?:\w+ )?(?:deputy|representative|administrator|admin|police officer|official|director|secretary)\b/;
const PEOPLE =
  "(?:举报人|投诉人|反映人|报案人|上报人|反映(?:这个)?问题的(?:那个)?人|(?:举报|投诉|反映|告)(?:我|我们|他|的)?的?(?:那个|那位|那家)?(?:人|居民|村民|群众)|别人|他人|其他人|人家|邻居|那个?人|那户|来信人|所有人|大家|(?:所有|全部|那些|全村|全县|小区)的?(?:居民|村民|群众|老人|业主|用户))";
const REPORTER = "(?:举报人|投诉人|反映人|报案人|上报人|来信人)";
const PERSONAL =
  "(?:电话|手机|号码|联系方式|联系电话|微信|名字|姓名|名单|身份|身份证|地址|住址|住哪|个人信息|信息|资料)";
const HAND_OVER = "(?:发|给|告诉|提供|查|要|看|透露|说|报|推|转)";

const ASKS_FOR_PEOPLE: readonly RegExp[] = [
  new RegExp(`${PEOPLE}(?:们)?的?(?:真实)?${PERSONAL}[^。;!?]{0,6}${HAND_OVER}(?:给|一?下|一份|我|过来|出来|诉我)`),
  new RegExp(`${HAND_OVER}(?:给|一?下|我|诉我|一份)+[^。;!?]{0,8}${PEOPLE}(?:们)?的?(?:真实)?${PERSONAL}`),
  new RegExp(`(?:提供|透露|说出|交出)[^。,;!?]{0,4}${PEOPLE}(?:们)?的?(?:真实)?${PERSONAL}`),
  new RegExp(`把(?:居民|群众|村民|老人)们?的?(?:所有)?${PERSONAL}[^。,;!?]{0,3}(?:发|给|告诉)`),
  new RegExp(
    `(?:举报人|投诉人|反映人|报案人|(?:举报|投诉|反映|告)我们?的?那?个?人)(?:的)?(?:是谁|叫什么|住哪|${PERSONAL}(?:是)?(?:多少|什么|几号))`,
  ),
  new RegExp(`(?:要|想要|索要|需要|查|拿)(?:到|一?下|个)?(?:那个|这个|昨天的?)?${REPORTER}的?${PERSONAL}`),
  new RegExp(
    `(?:举报|投诉|反映|告)(?:这个|那个)?(?:问题|情况|这事|我们?)?的?(?:那个?|那位|那)人的?(?:是谁|叫什么|住哪|${PERSONAL}(?:是)?(?:多少|什么|几号))`,
  ),
  /(?:举报|投诉|反映|告)我们?的(?:人)?(?:是)?(?:谁|哪个|哪位|什么人)/,
  /(?:是)?(?:谁|哪个|哪家|什么人)(?:举报|投诉|告|反映)的?(?:我|我们|我家|这|的)/,
  /\b(phone|number|name|address|contact|identity)s? of (the |that )?(person|people|resident|neighbou?r|complainant|reporter|whistle-?blower)s?\b|\bwho (reported|complained about) (me|us)\b/,
];
const USES_POWERS = new RegExp(
  `${PERSONAL}[^。;!?]{0,6}(?:发|给|告诉)|(?:发|给|告诉)我|(?:办结|结案|撤销|撤掉|删除|转办|绑定|登录|后台|权限|密码|统计数据|所有(?:案件|诉求|居民|群众)|列表|名单)`,
);

/**
 * Whether somebody claims by words to be a deputy or official, or asks for other people's data.
 *
 * Identity is the bound account alone. A claim beside a matter of its own is still that matter.
 */
export function claimsIdentity(text: string): boolean {
  const said = normalise(text).toLowerCase();
  if (ASKS_FOR_PEOPLE.some((pattern) => pattern.test(said))) return true;
  const claim = CLAIM.exec(said) ?? ENGLISH_CLAIM.exec(said);
  if (claim === null) return false;
  const rest = `${said.slice(0, claim.index)}${said.slice(claim.index + claim[0].length)}`;
  return isNothingBeside(rest) || USES_POWERS.test(rest) || /\b(send|give|show|tell) me\b/.test(rest);
}

function isNothingBeside(rest: string): boolean {
  return rest.replace(/[\s\p{P}\p{S}]+|你好|您好|大家好|啊|呀|哈|hello|hi/gu, "").length <= 4;
}

const SPAM_SIGNS: readonly RegExp[] = [
  /贷款|网贷|额度/,
  /无抵押|秒(到账|批|下款)|低息|免息|(当天|快速|马上|极速)(放|下)款|不看征信|黑户/,
  /[加➕+](个|我|v|微|薇|威|徽)*(信|v|❤|微信|vx|wx|扣扣|qq)|v信|薇信|威信号?|徽信|(vx|wx|微信|v)[:：]\s*[\w*-]+/,
  /退订|回复?(t|td|n)退|拒收请?回/,
  /博彩|彩金|时时彩|六合彩|棋牌|下注|赌场|菠菜|开户送|首充|返水|内幕(消息|票)|荐股|牛股|涨停/,
  /刷单|兼职|日(结|赚|入)|月入(过万|\d+)|躺赚|轻松赚|招代理|加盟|代(开|办)(发票|证|票)|发票(代开|低点)|办证刻章/,
  /点击(链接|领取|下载|查看)|扫码(领取|关注|进群|加群)|免费领|中奖|恭喜(您|你)|限时(优惠|抢购|特价)|清仓|特价|优惠券|包邮|秒杀|24小时上门|诚信经营|专业(办|开|疏通|回收)/,
  /约炮|美女上门|特殊服务|成人用品|壮阳|私密|裸聊/,
  /https?:\/\/|\bt\.cn\/|\.(top|xyz|vip|cc)\b/,
  /\b(casino|viagra|crypto investment|earn money fast|click here|unsubscribe|lottery winner|loan offer|whatsapp me)\b/,
];
const COMPLAINS =
  /骗|诈|举报|投诉|骚扰|收到|管管|管一?管|怎么办|能不能|怎么|如何|请问|是真的吗|是不是真|上当|反映|受不了|天天(给我)?(发|打)|help|scam|report/;

/** Whether a text is an advertisement; a resident's complaint about one is not. */
export function isSpam(text: string): boolean {
  const said = normalise(text).toLowerCase();
  if (COMPLAINS.test(said)) return false;
  const signs = SPAM_SIGNS.filter((sign) => sign.test(said)).length;
  return signs >= 2 || /退订回复?\s*(t|td|n|r)/.test(said);
}
