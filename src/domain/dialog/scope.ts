import { normalise } from "../text/words.ts";

/** The reason for which a deputy may not, or cannot, take something up. */
export type ScopeReason = "court" | "enforcement" | "elsewhere" | "nature";

/** A matter that is answered at once, without a deputy: the reason, and the outcome with which the case is closed. */
export type OutOfScope = { readonly why: ScopeReason; readonly outcome: "not_in_scope" | "explained" };

/** More than one matter: a person reads it, so that nothing of it is refused unread. */
const SEVERAL =
  /另外|还有[一个件就]|其次|第[二三]|顺便|顺带|同时|再就是|[2二][.、:)]|\b(also|another|besides|second(ly)?)\b/;

/** A court as a place, and what is only near it. */
const COURT_AS_PLACE =
  /(?:法院|法庭|检察院|派出所|公安局|交警队|看守所|城管局)(?:的)?(?:门口|门前|旁边|对面|附近|宿舍|家属院|路口|后面|前面|楼下|隔壁|[东西南北](?:边|侧|面)?)/g;
const COURT =
  /法院|法官|法庭|审判|庭长|官司|判决|裁定|败诉|上诉|[一二再]审|被判|案子|\b(court|judge|verdict|lawsuit)\b/;
/** A judgment that somebody does not accept, or that is not carried out. */
const JUDGMENT =
  /判(?:的|得|决|绝)*(?:书|结果)?[^,。;!?]{0,6}(?:错|不公|不对|不合理|太重|太轻|偏)|判(?:得|的)?(?:重|轻)了|判(?:我|俺|咱)们?[^。;!?]{0,8}(?:凭啥|凭什么|不服|太冤|没道理)|乱判|错判|误判|冤|判给|判了[^。;!?]{0,12}(?:不服|不还|不给|不执行|没执行)|不服(?:判|一审|二审)?|偏心|改判|重新?[判审]|(?:官司|案子|打)输|输(?:了|咧|啦)?官司|败诉|枉法|执行不[了下到]|(?:没|不|未)执行|强制执行|\b(?:change|overturn|reverse) the (?:verdict|judge?ment|ruling)|\bcourt .{0,12}\bunfair\b|\b(wrong|unfair|unjust) (verdict|judge?ment|ruling)\b|\bjudged? (wrong|unfair)/;
/** A wish that a deputy should reach into a single case, which 代表法 (2025) art. 59 forbids. */
const REACH_IN =
  /打个?招呼|(?:给|跟|和|找|叫|让)(?:他|她|法官|院长|法院|庭长|审判长|所长|警察|派出所|公安|交警)[^,。;!?]{0,4}(?:打个?电话|说说?|说情|讲讲?)|打个?电话[^,。;!?]{0,4}(?:法院|法官|派出所|公安|交警)|说个?情|求情|[递捎带]个?话|通融|管一?管法院|过问|施加?[^,。;!?]{0,3}压|压一?压|撑腰|出面|找找?(?:法官|院长|审判长|法院|庭长|所长|局长)|干预|\b(call|phone|talk to|tell) the (judge|court|police)\b/;

const ENFORCERS = /派出所|公安|警察|民警|交警|城管|刑警|看守所|拘留|刑拘|检察院|抓(?:了|走|错)|罚单|处罚|\bpolice\b/;
/** A wish to undo a measure against a person; what the police fail to do is a matter like any other. */
const UNDO =
  /放(?:了)?(?:人|他|她)|(?:放|捞|弄|保)(?:了|我|俺|他|她|人|儿子|弟弟|哥|老公|孩子|[^,。;!?]{1,4})?出来|捞人|取保|保释|销案|撤案|消分|销分|(?:罚单|罚款|处罚|扣分|案底)[^,。;!?]{0,6}(?:撤|消|销|免|取消|抹|去掉)|(?:撤|消|销|免|取消|抹)(?:了|掉|除)?[^,。;!?]{0,4}(?:罚单|罚款|处罚|扣分|案底)|别(?:抓|拘|罚)|抓错(?:了)?人|从轻/;

const MEASURE = /抓(?:了|走|错)|拘|罚|扣(?:了|分|车|留)|立案|案底|案子|关(?:了|起来|进去)/;

const ABROAD = "(?:[邻临]近?|隔壁|外|旁边(?:那个|的)?|别的|其他|另一?个)县";
/** Somebody who says that they are in another county. */
const STRANGER: readonly RegExp[] = [
  new RegExp(`^${ABROAD}(?:来电|来的|来信|群众|居民|村民)|(?:这|那)件?事儿?(?:就)?(?:是)?在${ABROAD}`),
  new RegExp(`(?:^|[,。;!?~ (]|我|俺|咱|们|人|家|这里|这儿)(?:就)?(?:是|在|住|住在|属于)${ABROAD}`),
  /不(?:是|归|属于?)(?:你们|咱们?|这个?|本)县/,
  /\b(?:live|am|are|from|here) (?:in |from )?(?:the |a )?(?:next|neighbou?ring|other|another) county\b/,
];
/** A matter that is said to be in another county. */
const THEIRS: readonly RegExp[] = [
  new RegExp(`(?:^|[,。;!?~ (])${ABROAD}(?:的)?(?:[\\p{Script=Han}]{0,6}(?:镇|乡|街道|村)|能|可以|[)])`, "u"),
  new RegExp(`[(]${ABROAD}的?[)]`),
];
/** A county by its name, where somebody says to be. */
const NAMED_COUNTY =
  /(?:我|俺|咱|们|人|家|这里|这儿|^|[,。;!? ])(?:是|在|住|住在)(\p{Script=Han}{2,4}?)县(?!城|里|委|政府|医院|道)/u;
const NO_NAME = /你们|我们|咱|俺|本|全|该|这|那|哪|什么|各|贵|每|邻|临|隔壁|外|旁边|别的|其他|一个/;
/** Who only works, learns or is treated there, or stems from there, is no stranger. */
const TIES = /打工|上班|干活|做工|务工|上学|读书|念书|看病|住院|就医|户口|老家|娘家|婆家|嫁|报销|医保|社保|迁|交界/;
/** What comes from there and troubles people here is for the deputies here. */
const OURS = /(?:我们|咱们?|俺们?)(?:这|县|村里?|镇|小区)|本县|俺村|(?:影响|污染|流|排|飘|跑)(?:到|了|过来|进)/;

const CREATURES =
  /青蛙|蛤蟆|田鸡|蛙子|蛙[声叫鸣]|知了|蝉[鸣叫声]|蛐蛐|蟋蟀|虫[鸣叫]|鸟[叫鸣声]|麻雀|布谷|喜鹊|杜鹃|\b(frogs?|toads?|cicadas?|crickets|birds)\b/;
const LOUD = /吵|叫|响|声|睡不|难睡|没法睡|咋个?睡|怎么睡|闹|失眠|头疼|\b(noisy|loud|noise|croak\w*|sleep)\b/;
/** Beside them it is somebody's doing, or another matter. */
const NOT_NATURE =
  /养殖|饲养|养(?:了|的|着)|买卖|贩|捕|抓(?:青|蛤|田|鸟)|卖|毒|农药|笼|广场舞|施工|工地|装修|机器|喇叭|KTV|狗|公鸡|路灯|垃圾|停水|停电|污水|臭|电梯|烧烤|油烟/i;

/**
 * Whether a text asks for something outside a deputy's duties, or in nobody's power: what a court decides (代表法 (2025)
 * art. 59), what the police do in a single case, another county's affairs, the frogs.
 *
 * Refuses only what is plain; where more than one matter is spoken of, or in doubt, a person reads it.
 * @param county the county's own name, `县` or not
 */
export function outOfScope(text: string, county: string): OutOfScope | null {
  const said = normalise(text).toLowerCase();
  if (said.length > 300 || SEVERAL.test(said)) return null;
  const deeds = said.replace(COURT_AS_PLACE, "~");
  if (COURT.test(deeds) && (JUDGMENT.test(deeds) || REACH_IN.test(deeds))) return refused("court");
  if (ENFORCERS.test(deeds) && (UNDO.test(deeds) || (MEASURE.test(deeds) && REACH_IN.test(deeds)))) {
    return refused("enforcement");
  }
  if (isElsewhere(said, county)) return refused("elsewhere");
  if (CREATURES.test(said) && LOUD.test(said) && !NOT_NATURE.test(said)) return { why: "nature", outcome: "explained" };
  return null;
}

function refused(why: ScopeReason): OutOfScope {
  return { why, outcome: "not_in_scope" };
}

function isElsewhere(said: string, county: string): boolean {
  if (TIES.test(said)) return false;
  if (STRANGER.some((pattern) => pattern.test(said))) return true;
  if (OURS.test(said)) return false;
  if (THEIRS.some((pattern) => pattern.test(said))) return true;
  const [, name] = NAMED_COUNTY.exec(said) ?? [];
  if (name === undefined || NO_NAME.test(name)) return false;
  const own = normalise(county).toLowerCase().replace(/县$/, "");
  return !name.endsWith(own) && !own.endsWith(name);
}

const PAY = /工资|工钱|薪水?|血汗钱|劳务费|工程款|干活的?钱|打工的?钱|\b(wages?|salary|pay)\b/;
const WORK = /工地|打工|干了|干活|干完活|做了|做工|班组|包工头|工头|民工|工友/;
/** Paid by others than an employer. */
const NO_WORK = /退休|养老金|低保|补贴/;
const UNPAID =
  /欠|拖|(?:没|不|未)(?:有)?(?:给|发|拿|结|见|付|支)|要不[回到来]|发不(?:下来|出来|了)|讨(?:不|了|薪)|一分(?:钱)?(?:也|都)?[没不未]|[工薪][钱资水][^,。;!?]{0,3}(?:咋|怎么|如何|找谁)要|等?到?(?:年后|明年|过[完了]年|开春)|躲着|跑(?:了|路)|\b(unpaid|owes?|owed|not paid|never paid)\b/;
const MONEY = /钱|一分|给|发|结|pay|paid/;

/**
 * Whether a text says that work was not paid, for which the law has a way of its own (保障农民工工资支付条例 art. 10), told at
 * once beside what deputies do.
 */
export function isAboutUnpaidWork(text: string): boolean {
  const said = normalise(text).toLowerCase();
  if (!UNPAID.test(said) || NO_WORK.test(said)) return false;
  return PAY.test(said) || (WORK.test(said) && MONEY.test(said));
}

/** More than one who worked. */
const GROUP =
  /我们|俺们|咱们|咱\d|[\d几两二三四五六七八九十]+(?:多|几|来)?(?:个|名|位|号)?(?:人|工人|农民工|民工|工友|兄弟|老乡)|一(?:伙|帮|班|队)|十来号|大家|大伙|班组|兄弟们|农民工|民工们|工友们|\b(?:we|us|our|workers)\b/;

/** Whether a text says that several people's work was not paid: an urgent matter (field.md E, sample 25). */
export function isUnpaidGroup(text: string): boolean {
  return isAboutUnpaidWork(text) && GROUP.test(normalise(text).toLowerCase());
}
