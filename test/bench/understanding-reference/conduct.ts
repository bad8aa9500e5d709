import { normalise } from "./words.ts";

const CLAIM =
  /(?:我|这里|这边|俺|本人)(?:就)?(?:是|系)(?:你们?的?|咱们?的?|县里?的?|镇里?的?|街道的?|村里?的?|市里?的?|人大的?|联络站的?)?[^,。;!?]{0,6}(?:代表|主任|书记|网格员|网格长|工作人员|管理员|系统管理员|民警|警察|领导|镇长|局长|县长|乡长|站长|联络员|办公室|人大常委会|督查组?|纪委|记者)(?!的|家|处|大会)/;
const ENGLISH_CLAIM =
  /\bi(?:'m| am) (?:a |the |your )?(?:\w+ )?(?:deputy|representative|administrator|admin|police officer|official|director|secretary)\b/;
const PEOPLE =
  "(?:举报[人者]|投诉[人者]|反映[人者]|报案人|上报人|反映(?:这个)?问题的(?:那个)?人|(?:举报|投诉|反映|告)(?:我|我们|他|的)?的?(?:那个|那位|那家)?(?:人|居民|村民|群众)|别人|他人|其他人|人家|邻居|那个?人|那户|来信人|所有人|大家|(?:所有|全部|那些|全村|全县|小区)的?(?:居民|村民|群众|老人|业主|用户))";
const REPORTER = "(?:举报[人者]|投诉[人者]|反映[人者]|报案人|上报人|来信人)";
const PERSONAL =
  "(?:电话|手机|号码|联系方式|联系电话|微信|名字|姓名|名单|身份|身份证|地址|住址|住哪|个人信息|信息|资料)";
const HAND_OVER = "(?:发|给|告诉|提供|查|要|看|透露|说|报|推|转)";

const ASKS_FOR_PEOPLE: readonly RegExp[] = [
  new RegExp(`${PEOPLE}(?:们)?的?(?:真实)?${PERSONAL}[^。;!?]{0,6}${HAND_OVER}(?:给|一?下|一份|我|过来|出来|诉我)`),
  new RegExp(`${HAND_OVER}(?:给|一?下|我|诉我|一份)+[^。;!?]{0,8}${PEOPLE}(?:们)?的?(?:真实)?${PERSONAL}`),
  new RegExp(`(?:提供|透露|说出|交出)[^。,;!?]{0,4}${PEOPLE}(?:们)?的?(?:真实)?${PERSONAL}`),
  new RegExp(`把(?:居民|群众|村民|老人)们?的?(?:所有)?${PERSONAL}[^。,;!?]{0,3}(?:发|给|告诉)`),
  new RegExp(
    `(?:举报[人者]|投诉[人者]|反映[人者]|报案人|(?:举报|投诉|反映|告)我们?的?那?个?(?:人|群众|居民|村民))(?:的)?(?:是谁|是哪个|叫什么|叫啥|住哪|${PERSONAL}(?:是)?(?:多少|什么|几号))`,
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
