import { listOf, type PatternList, type WithPattern } from "../patterns/pattern-list.ts";
import { hasName, replaceNames } from "../text/names.ts";
import { hasOfficial, type Mention, officialsIn } from "./actors.ts";
import { misconductIn, tellsOfMisconduct, tellsOfPublicLoss } from "./misconduct.ts";
import type { MisconductKind } from "./signs-office.ts";
import { joinedUp, plainly } from "./spelling.ts";

/** 代表 that is not a deputy: owners', pupils' and firms' representatives, and the verb "on behalf of". */
const OTHER_REPRESENTATIVES =
  /(业主|村民|居民|课|学生|家长|职工|员工|厂家|厂商|销售|商户|租户|股东|法定|法人)代表|(?<=(^|[我们咱俺谁能也不他她,。]))代表(大家|全|我们|咱|俺|本|村民|居民|业主|小区|老百姓|群众|老人|家长|着|了|什么)/g;
const OTHER_HEADS =
  /(班|车间|科室?|医院|教导|办公室|护士|物业|业委会|售楼处)(主任|站长|书记)|(加油|充电|车|汽车|火车|泵|变电|快递|收费|服务)站(站长)?/g;
const PRETENDED = /(?:冒充|自称|假冒|假装|假扮)(?:是|成|自己)*[^,。;!?]{0,6}(?:代表|站长|书记|主任|干部)/g;

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
  "(?:吃|拿|喝|收)(?:了|过|着)?(?:人家|别人|物业|老板|开发商|商家|包工头)的(?=[,。;!?]|$)|(?:拿|收|吃)(?:了|过)?[^。,;!?]{0,8}的(?:钱|东西|礼)|[拿收](?:了|过)(?:人家|别人|物业|老板|开发商)的?[^。,;!?]{0,3}(?:东西|烟|酒|卡)|睁一?只眼闭一?只眼|收(?:了|过)?(?:购物|加油|礼品)?卡(?!费)|(?:名额|指标)[^。,;!?]{0,3}卖|卖(?:名额|钱)|利用职(?:务|权)|没人敢(?:管|说|惹)|欠(?:了)?(?:我|钱|人|工)",
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
  "亲戚|亲属|亲友|三亲六故|一?大家子|自己人|兄弟|哥哥|弟弟|大哥|大姐|姐姐|妹妹|姐夫|妹夫|嫂|连襟|儿子|女儿|闺女|孙子|父母|岳父|岳母|侄|外甥|小舅子|小姨子|叔|姑|舅|老婆|媳妇|丈人|亲家|家人|家里人|自家|自己家|本家|七大姑|八大姨|关系户";

/** Those who have something to gain from an official. */
const FAVOURED = "(?:物业|老板|开发商|包工头|承包商|厂长|商家|商贩|摊贩)";
/** Kin of whoever is spoken of, not of the one who speaks. */
const KIN = `(?<!我|俺|咱|我的|我们|咱们|我家|俺家|咱家)(?:${RELATIVES})`;
const BENEFIT = "(?:低保|五保|贫困户|公益岗|危房款|救济|指标|名额)";

/** An official who is spoken of; whoever is called, asked or told something is spoken to. */
const SPOKEN_OF = `(?<!请|让|求|盼|希望|麻烦|找|向|给|对|谢谢|感谢)(?<!(?:请|让|求|盼|希望|麻烦|找|向|给|对|谢谢|感谢)\\p{Script=Han}{1,2})(?:老\\p{Script=Han})?${OFFICE}(?![,!:~]?(?:您|你|请|帮|麻烦|管|好))`;
/** What nobody says of an official without accusing, however far from the office it stands. */
const FAVOURS =
  "好处费|回扣|贿|黑钱|收买|买通|喂饱|勾[结搭]|串通|一条裤子|保护伞|利益(?:关系|输送|交换)|白送|塞(?:了|过)?钱|送(?:了|过)?礼|中饱私囊|以权谋私|优亲厚友|没有?好处[^,。;!?]{0,2}不|(?:收|拿|吃|捞)(?:了|过|着)?(?:人家|别人|物业|老板|开发商)?的?[^,。;!?]{0,2}(?:红包|好处|烟酒)";

/** What an official is said to do with the office, with what is everybody's, and to people. */
const ABUSES =
  "利用(?:职务|职权|身份|权力|关系)|仗着?势|欺(?:人|负|压|软)|霸占|霸道|横行|只认钱|认钱不认人|官[^,。;!?]{0,3}买来|买官|卖官|请(?:他|她)[^,。;!?]{0,2}(?:吃饭|喝酒|吃喝)|送烟|送酒|索要|刁难|敲诈|勒索|讹|威胁|恐吓|报复|承揽|揽工程|包工程|包揽|偷工减料|骗(?!子)|坑(?:人|我|老百姓|村民|钱)|骚扰|非礼|动手动脚|猥亵|强奸|[打骂]了?(?:人|我)|酒驾|醉驾|嫖|赌博|包养|拖欠|欠[着了]?(?:我|薪|工钱|工资)|[拿把][^,。;!?]{0,6}(?:集体|村里|公家|公款|救灾|扶贫|国家)[^,。;!?]{0,8}(?:给自己|拉回|搬回|拿回|据为己有|盖|归自己)|占[了着]?(?:我|俺|咱|集体|公家|村里|别人)|违法|违规|违纪|私自|虚开|虚报|套(?:取|项目|资金|补贴)|假(?:药|货|酒|化肥|种子|发票)|逼(?:着|迫|我)|强迫|吞了?(?!吞)|圈(?:起来|占|地)|护着|包庇|没人敢|谁(?:说|管|反映)[^,。;!?]{0,3}(?:骂|打|倒霉)|[牵拉搬拿弄抱]回(?:他|她|自己|自家)|重婚|出轨|(?:记|报)在村里?账|吃喝|塞了?[^,。;!?]{0,2}钱|赖账|赖着不还|乱(?:收费|罚款)|贪|偷(?!偷)|抢";

/** An official who is spoken of, and what follows; at the beginning, with a comma behind, it is somebody who is called. */
function spokenOf(deed: string): RegExp[] {
  return [
    new RegExp(`(?<!^\\p{Script=Han}{0,2})${SPOKEN_OF}${deed}`, "u"),
    new RegExp(`^\\p{Script=Han}{0,2}${SPOKEN_OF}(?!,)${deed}`, "u"),
  ];
}

const ACCUSATIONS: readonly RegExp[] = [
  ...spokenOf(`[^。;!?\\n]{0,40}?(?:${FAVOURS})`),
  ...spokenOf(`(?:(?!被|有人|说|讲|表示|要求|处理|制止|打击|解决|调查|整治|劝|替)${BETWEEN}){0,14}?(?:${ABUSES})`),
  new RegExp(`${OFFICE}${BETWEEN}{0,16}?(?:${CORRUPTION.join("|")})`),
  new RegExp(`${OFFICE}(?:家|的)*(?:儿子|亲戚|兄弟|弟弟|侄子|老婆)?把[^。,;!?]{0,10}(?:占|卖|吞|贪|挪)`),
  new RegExp(`${OFFICE}(?:和|跟|与|同|伙同)[^。;!?,]{0,8}(?:勾[结搭连]|串通|合伙|分赃|一伙|穿一条裤子)`),
  new RegExp(
    `${OFFICE}[^,。;!?]{0,6}(?:跟|和|与|同)[^,。;!?]{0,2}(?:物业|老板|开发商|包工头|承包商|厂长|商家)[^,。;!?]{0,4}(?:是)?(?:哥们|兄弟|亲戚|一家|关系户|拜把子|合伙)`,
  ),
  new RegExp(`${OFFICE}[^。;!?]{0,24}(?:${IN_LEAGUE})`),
  new RegExp(
    `${OFFICE}(?:跟|和|与|同)[^,。;!?]{0,2}${FAVOURED}[^。;!?]{0,8}(?:喝酒|吃饭|吃喝|打牌|麻将|唱歌|洗脚|旅游|称兄道弟)`,
  ),
  new RegExp(
    `${OFFICE}[^。;!?]{0,12}${FAVOURED}[^。;!?]{0,8}(?:给|往|向|帮|替)(?:他|她)(?!们)家?[^。;!?]{0,4}(?:好处|红包|回扣|送|塞|装修|买|出钱|付钱)`,
  ),
  ...[
    [OFFICE, KIN, BENEFIT],
    [OFFICE, BENEFIT, KIN],
    [BENEFIT, OFFICE, KIN],
  ].map(([first, second, third]) => new RegExp(`${first}[^。;!?]{0,16}${second}[^。;!?]{0,12}${third}`)),
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
  /\b(deputy|representative|secretary|village (head|chief))\b.{0,60}\b(gave|gives|giving|went)\b.{0,30}\bto (his|her|their) (own )?(relatives|family|kin|cousins?|brothers?|sisters?|sons?|daughters?|friends)\b/,
  /\b(corrupt|bribed) (deputy|representative|secretary|director)\b/,
];
/** Those that may only say that somebody complains of an official. */
const [COMPLAINTS, DEEDS] = [true, false].map((isComplaint) =>
  listOf(ACCUSATIONS.filter(({ source }) => /^\(\?:举报|^\(\?<!/.test(source) === isComplaint)),
) as [PatternList<WithPattern>, PatternList<WithPattern>];
/** Somebody who only waits for an answer accuses nobody. */
const UNANSWERED =
  /(投诉|举报)[^。;!?]{0,16}(不回|没回|不答复|没答复|不理|没理|没人理|没动静|没回音|没消息|没下文|不接电话)/;
const REPORTED_TO =
  /(向|跟|找|给|请|让|叫|通过)[^。;!?,]{0,8}(代表|书记|主任|支书|站长|村长)[^。;!?,]{0,6}(举报|投诉|反映|反应|控告|检举)/g;

/** Who is no official, whatever they are called; in the order in which it is taken out of a text. */
const NO_OFFICIALS = listOf([PRETENDED, OTHER_REPRESENTATIVES, OTHER_HEADS, REPORTED_TO]);

/**
 * Whether a text accuses a deputy, or a village or town official who may be one.
 *
 * Such material must never reach the accused (信访工作条例 art. 30): when in doubt it goes to the county office. That a
 * deputy has not answered is no accusation.
 * @param names of deputies, who may be accused without their office; as stored, or their keys
 */
export function accusesDeputy(text: string, names: readonly string[] = []): boolean {
  const said = read(text, names);
  const named = isNamed(said);
  if (named !== null) return named;
  const mentions = officialsIn(said);
  return hasOfficial(mentions) ? misconductOf(said, mentions).length > 0 : tellsOfPublicLoss(said, mentions);
}

/**
 * The deeds of which a text accuses a deputy or official; "named" where it only says that it accuses one, or does not
 * say whom; empty where it does not.
 */
export function accusedOf(text: string, names: readonly string[] = []): readonly (MisconductKind | "named")[] {
  const said = read(text, names);
  const named = isNamed(said);
  if (named === false) return [];
  const mentions = officialsIn(said);
  if (!hasOfficial(mentions)) return named === true || tellsOfPublicLoss(said, mentions) ? ["named"] : [];
  const kinds = misconductOf(said, mentions);
  if (kinds.length > 0) return kinds.map(({ kind }) => kind);
  return named === true ? ["named"] : [];
}

/** Whether a text has the form of an accusation; false where it only asks after one, null where it has not. */
function isNamed(said: string): boolean | null {
  if (DEEDS.matchesIn(said)) return true;
  return COMPLAINTS.matchesIn(said) ? !UNANSWERED.test(said) : null;
}

/** What a text says against an official, also where its signs are separated by marks. */
function misconductOf(said: string, mentions: readonly Mention[]): ReturnType<typeof misconductIn> {
  const apart = misconductIn(said, mentions);
  if (apart.length > 0) return apart;
  const joined = joinedUp(said);
  return joined === said ? apart : misconductIn(joined, officialsIn(joined));
}

/** Stands for whoever is called by the name alone. */
const BY_NAME = "某代表";
/** Whoever is called by the name and the office: 某代表 stands where the name was. */
const NAME_AND_OFFICE = /某代表 ?代表/g;

/** Whether a text says of a deputy, and not of the one who writes, that people's names were passed on. */
export function accusesOfBetrayal(text: string, names: readonly string[]): boolean {
  return (
    !/(?:我|俺|本人|这里|这边)(?:就)?[是系]|\bi(?:'m| am)\b/.test(plainly(text)) &&
    accusedOf(text, names)[0] === "betrays"
  );
}

/** Not "by way of a deputy", nor "to a deputy": 投诉请代表转交. */
const COMPLAINS =
  /(?:投诉|举报|告(?!诉|知))(?:(?![请让给找跟向对托求])[^,。;!?]){0,4}(?:代表|你们?(?=$|[,。;!?吧了]))|\bcomplain\w*\b(?! to)[^.?!]{0,30}\b(?:deputy|representative)\b|\breport (?:the|my|our|this|that|a) (?:deputy|representative)\b/;

const COMPLAINING = listOf([COMPLAINS]);

/** Whether a text wants to complain of a deputy, or asks how: it is not for a deputy to read. @param text with names as offices */
export function complainsOfDeputy(text: string): boolean {
  const said = plainly(text);
  if (COMPLAINING.possibleIn(said).length === 0) return false;
  return COMPLAINS.test(said.replace(OTHER_REPRESENTATIVES, "~").replace(REPORTED_TO, "~"));
}

/** A text as accusations are looked for in it: whoever is called by the name alone is called by the office too. */
function read(text: string, names: readonly string[]): string {
  const said = plainly(replaceNames(text, names, BY_NAME));
  return NO_OFFICIALS.replaceAll(said.replace(NAME_AND_OFFICE, "代表"), () => "~");
}

const DEED = new RegExp(CORRUPTION.join("|"));
/** Who was spoken of just now. */
const THEY = /^(?:而且|还有|另外|对了|就是|反正|[,\s])*(?:他|她|这个?人|那个?人|此人|这家伙|这种人|\b(?:he|she)\b)/;
const GOES_ON = new RegExp(
  `^(?:而且|还有|另外|就是|就|还|也|又|老|总是?|经常|天天|偷偷|私下里?|他们?|她们?|这个?人|那个?人|此人|这家伙|[,\\s])*(?:${CORRUPTION.join("|")})`,
);
const SAYS_WHO = new RegExp(
  `^(?:我|俺)?(?:说|指|讲|反映|举报)?的?(?:人)?(?:就)?是[^,。;!?]{0,8}${OFFICE}|^谁[^,。;!?]{0,8}[?,][^,。;!?]{0,6}${OFFICE}`,
);
/** Longer words than this say more than who it was. */
const LONGEST_ANSWER = 24;
/** An official who is spoken to, not of. */
const ADDRESSED =
  /(?:人大)?\p{Script=Han}{0,2}(?:代表|书记|主任|站长|镇长|乡长|村长)(?:同志|们)?[,\s]*(?:[您你]们?好|好|请问|麻烦|帮)/gu;
const CALLED = new RegExp(`\\p{Script=Han}${OFFICE}`, "gu");

/** Whether a text speaks of somebody who was spoken of just now, and does not say who: “他收了…”. */
export function speaksOfThem(text: string): boolean {
  return THEY.test(plainly(text));
}

/** Whether a text speaks of a deed of which officials are accused, whoever did it. */
export function speaksOfMisdeed(text: string): boolean {
  const said = plainly(text);
  return DEED.test(said) || tellsOfMisconduct(said);
}

/** Whether a text may name the person of whom the words before it spoke. */
export function saysWho(text: string, names: readonly string[] = []): boolean {
  const said = read(text, names);
  return SAYS_WHO.test(said) || (said.length <= LONGEST_ANSWER && hasOfficial(officialsIn(said)));
}

/**
 * Whether words accuse somebody only together with those that the same person said right before: first the person and
 * then the deed, or the other way round.
 * @param names of deputies that either has
 */
export function accusesTogether(before: string, text: string, names: readonly string[] = []): boolean {
  const isDeed = speaksOfMisdeed(text);
  if (SAYS_WHO.test(read(text, names)) && speaksOfMisdeed(before)) return true;
  if (accusesDeputy(`${before},${text}`, names)) return true;
  return isDeed && isSpokenOf(before, names) && GOES_ON.test(plainly(text));
}

/**
 * Whether words continue an accusation that was made before.
 * @param accusation what the same person said then
 * @param names of deputies that the new words have
 * @param isFresh nothing else was spoken of since, within a day
 */
export function goesOnAccusing(
  accusation: string,
  text: string,
  { names, isFresh }: { readonly names: readonly string[]; readonly isFresh: boolean },
): boolean {
  const said = plainly(text);
  if (GOES_ON.test(said) || (isFresh && (THEY.test(said) || DEED.test(said)))) return true;
  if (names.some((name) => hasName(accusation, name))) return true;
  const accused = plainly(accusation);
  return (said.replace(ADDRESSED, "~").match(CALLED) ?? []).some((called) => accused.includes(called));
}

function isSpokenOf(text: string, names: readonly string[]): boolean {
  const said = plainly(text).replace(ADDRESSED, "~");
  return said.match(CALLED) !== null || names.some((name) => hasName(said, name));
}
