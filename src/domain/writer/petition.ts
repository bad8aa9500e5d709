import { clauses, normalise } from "../text/words.ts";

const SELF = "(?:我|俺|咱|本人|我们|俺们|咱们|家里|全村|全家|大家|大伙)";
const WAY =
  "(?:上访|信访|申诉|走信访|进京|越级上访|(?:申请|要求|请求|提出)(?:信访)?(?:复查|复核)|(?:复查|复核)(?:申请|意见)|三级终结|信访终结)";
/** Somebody wants the way of petitions, or goes it: “我要上访”, “申请复查”, “信访都三级终结了还是不服”. */
const WANTS = new RegExp(
  `(?:${SELF}[^,。!?]{0,10})?(?:要|想|准备|打算|决定|只好|只能|只有|就|还|再|去|来|继续|必须|逼|已经|正在|多次|[一二三四五六七八九十几两\\d]+次|申请|要求|请求)(?:去|到|上|向|再|你们|县里|市里|省里|北京|这里|走|给|进行|逐级|依法|一次)*${WAY}`,
  "u",
);
const LETTER =
  /(?:^|[,。!?:(《「【 ])(?:信访(?:信|人|事项|事由|诉求|材料|件|复查|复核)|申诉(?:书|信|人|材料|状)|上访(?:信|材料|人)|复[查核]申请书?|联名信(?=[。:])|请愿书)/u;
/** The steps of the way, of which nobody speaks but who went it. */
const STEPS =
  /三级终结|信访终结|复[查核]意见书?|不予受理(?:告知|通知)|信访(?:答复|处理)意见书?|(?:不服|不认可|不同意)[^,。!?]{0,12}(?:信访|复查|复核|答复意见|处理意见|处理决定|认定)/u;
/** The office as a place or an employer, somebody else's petition, and who does not want to. */
const OTHERWISE =
  /信访(?:局|办|接待|大厅|中心)(?:的)?(?:门口|门前|旁边|对面|附近|院子|院里|楼|路口|后面|停车|厕所|路灯|电梯|大门|门)|(?:在|从)信访(?:局|办)?(?:上班|工作|退休)|(?:不(?:想|是|要|会|愿|用|打算)(?:要|来|去|想|走|是)?|没(?:想|有)|别|不至于|犯不着|用不着)(?:去|到|来|再)?(?:上访|信访|申诉)|(?:他|她|邻居|别人|人家|有人|亲戚)[^,。!?]{0,8}(?:上访|信访|申诉)|再(?:去)?(?:上访|信访)(?:局|办)?(?:就|的话|$|,)|(?:去|到)(?:\p{Script=Han}{0,2})(?:上访|信访)(?:局|办)?[^,。!?]{0,8}(?:骂|推|打|关|拦|拉|扣|抓)|(?:区别|不同|同时)|(?:上访|信访)(?:户|的人|群众)(?:把|在|堵|太|天天|吵|骂|打|占)/u;

/** What the law calls a petition, and not only what its writer wants from a deputy: so probable the reading must be by itself. */
const BY_ITSELF = 0.6;
const AFTER_REFUSALS =
  /(?:反映|反应|找|投诉|申请|跑|去|打)(?:了|过)?[^,。!?]{0,6}(?:[三四五六七八九十几多\d]+|好几|无数|很多)(?:次|回|趟|遍|年)[^。!?]{0,24}(?:没(?:人|有)?(?:管|理|结果|解决|答复|回)|不(?:管|理|给|办|解决|答复|予|受理)|推|踢皮球|无果|未果)/u;
/** A decision of an organ that its writer does not accept. */
const DECISION =
  /(?:局|政府|镇里|镇上|县里|乡里|街道|办事处|管委会|指挥部|征迁办|拆迁办|人社|住建|民政|自然资源|公安|交警)[^,。!?]{0,16}(?:答复|决定|认定|批复|处罚|裁决|驳回|不予|核定|结论|意见)/u;
const NOT_ACCEPTED =
  /不服|不认可|不同意|不接受|不公|不合理|有异议|错误|撤销|重新(?:认定|核定|调查|评估|处理|丈量)|复议|纠正/u;

/**
 * Whether a text is a petition (信访): its writer wants that way or goes it, or asks against a decision of an organ after being refused
 * more than once. Whoever only names the office of petitions, or somebody else's petition, wants none.
 *
 * @param share how probable the model finds it, 0 to 1
 */
export function isPetition(text: string, share: number): boolean {
  const said = normalise(text).toLowerCase();
  const parts = clauses(said).filter((clause) => !OTHERWISE.test(clause));
  const wants = parts.some((clause) => WANTS.test(clause) || STEPS.test(clause)) || LETTER.test(said);
  if (wants) return parts.length > 0 && !isQuestionOfPlace(said);
  if (DECISION.test(said) && NOT_ACCEPTED.test(said) && (AFTER_REFUSALS.test(said) || share >= BY_ITSELF / 2))
    return true;
  return share >= BY_ITSELF && (AFTER_REFUSALS.test(said) || (FORMAL.test(said) && !LAWSUIT.test(said)));
}

/** Written as petitions are; a lawsuit is not for them (art. 28). */
const FORMAL = /此致|敬礼|恳请|诉求|请求[:一]|请求依法|申诉|联名|(?:反映|申请|申诉|落款|代书)人/u;
const LAWSUIT = /法院|法庭|[一二再]审|判决|裁定|再审|上诉/u;

/** “信访局在哪” asks for a place, and is answered like other questions. */
function isQuestionOfPlace(said: string): boolean {
  return said.length <= 20 && /信访(?:局|办|中心)[^,。]{0,6}(?:在哪|怎么走|地址|电话|几点|开门)/u.test(said);
}
