import { normalise } from "../text/words.ts";

/** The kinds of danger to passers-by: they may hurt the next person, though nobody's life is in danger at this moment. */
const PUBLIC_DANGERS = ["railing", "manhole", "wire", "road", "bridge", "falling"] as const;
/** A kind of danger to passers-by; on a border of two places, the deputies of both are told of it. */
export type PublicDanger = (typeof PUBLIC_DANGERS)[number];

/** What sounds like one and is none: wishes, looks, what is done already. Taken out before the dangers are looked for. */
const HARMLESS: readonly RegExp[] = [
  /(建议|希望|申请|想|请|应该|能不能|可不可以|需要|该|要求)[^,。;!?]{0,8}(装|安|加|增设|设置?|建|做|换|刷|修剪)[^,。;!?]{0,8}(护栏|护拦|栏杆|扶手|围栏|井盖|盖板|电线杆|招牌|广告牌|树|墙|桥)/g,
  /(护栏|护拦|栏杆|扶手|围栏|井盖|电线|桥|墙|杆)[^,。;!?]{0,10}(修好|换好|装好|恢复|处理好|弄好|加固好|已经?修|扶正)了?/g,
  /(护栏|护拦|栏杆|扶手|围栏|桥)[^,。;!?]{0,3}(太矮|太低|不够高|生锈|锈了|掉漆|掉色|太脏|脏了|难看)|(掉|褪)漆/g,
  /(充电|数据|耳机|鞋|毛|棉|网)线|断断续续|断头路|断桥残雪|断供|断货|断网|断电|停电|断水|井盖[^,。;!?]{0,4}(响|吵|噪音)/g,
  /墙(皮|纸|上|面)[^,。;!?]{0,6}(掉|裂|歪|贴|画|涂)|树(叶|枝|皮)[^,。;!?]{0,3}(掉|落)|(卷|画|拆|翻|爬)[^,。;!?]{0,2}墙|落(地|叶|户)/g,
  /电线杆?[^,。;!?]{0,4}(上(面)?)?(贴|小广告|乱拉|私拉|杂乱|乱七八糟)|(股价|房价|成绩|生意|系统|信号)[^,。;!?]{0,4}(塌|跌|掉|垮)/g,
];

const GONE = "断|掉|坏|缺|倒|塌|垮|烂|破|豁|撞|没了|没有了|没一|不见|松动|松了|晃|歪|丢|少了|飞了|没人[修管]";

const DANGERS: Readonly<Record<PublicDanger, readonly RegExp[]>> = {
  railing: [
    new RegExp(`(?:护栏|护拦|栏杆|栏干|栏板|扶手|围栏|挡墙|防护[网栏]|防撞[墩桶])[^。;!?]{0,6}?(?:${GONE})`),
    /(?:断|掉|撞(?:断|坏|没)|缺|少)了?[^,。;!?]{0,6}(?:护栏|护拦|栏杆|扶手|围栏)/,
    /\b(?:guard ?rails?|railings?|handrails?|parapets?)\b.{0,60}\b(?:broken|missing|gone|fell|fallen|damaged|loose)\b|\blost (?:its|the|some|part of the) (?:guard ?rails?|railings?|handrails?)\b|\b(?:broken|missing|fallen|loose) (?:guard ?rails?|railings?|handrails?)\b/,
  ],
  manhole: [
    /(?:井盖|窨井|下水井|沙井|雨水井|污水井|检查井|盖板)[^,。;!?]{0,6}?(?:丢|没了|不见|没盖|没有盖|被偷|偷走|缺|破|碎|塌|翻|裂|掉|敞|开着|断|陷)/,
    /(?:没了?|没有|丢了?|缺|偷)[^,。;!?]{0,3}井盖|井口?[^,。;!?水]{0,3}(?:没盖|没有盖|敞着|敞口)/,
    /\bmanholes?\b.{0,40}\b(?:open|missing|broken|gone|uncovered|stolen)\b|\b(?:open|missing|broken) manhole/,
  ],
  wire: [
    /(?:电线|电缆|高压线|线缆|光缆|变压器线)[^,。;!?]{0,8}?(?:掉|垂|断|耷拉|落下|落在|落到|裸露|漏电|露出|悬|拖在|吊着|搭在|挂在|冒火花)/,
    /(?:掉|垂|断|耷拉|裸露)(?:下来|着|了|的)?[^,。;!?]{0,4}(?:电线|电缆|高压线)/,
    /\b(?:wires?|power lines?|cables?)\b.{0,40}\b(?:hanging|down|fallen|exposed|broken|live)\b|\b(?:hanging|fallen|exposed|broken) (?:wires?|power lines?|cables?)\b/,
  ],
  road: [
    /(?:路面|路基|路边|路肩|路沿|马路|道路|公路|村道|桥头|河堤|堤坝|大坝|堤岸|护坡|边坡|地面|人行道|涵洞|隧道|山坡|坡|坎|田埂|渠)[^,。;!?]{0,8}?(?:塌|陷|坍|下沉|滑坡|冲毁|冲垮|冲断|悬空|掏空|深坑|开裂|断裂)/,
    /路(?:面|上|边)?(?:又|都|突然|全)?(?:塌|陷|坍)|(?:塌方|塌陷|坍塌|滑坡|泥石流|落石|滚石|(?:掉|滚)(?:下)?(?:来)?(?:大)?石头)/,
    /\b(?:road|pavement|embankment|bank|slope)\b.{0,40}\b(?:collapsed|collapsing|caved in|sunk|sinking|washed away)\b|\b(?:landslide|sinkhole|rockfall)\b/,
  ],
  bridge: [
    /桥(?:面|墩|板|梁|身|洞|头)?[^,。;!?]{0,6}?(?:塌|断|裂|垮|下沉|摇晃|露(?:出)?(?:了)?钢筋|冲毁|冲垮|有个?(?:大)?洞|快不行)/,
    /\bbridge\b.{0,40}\b(?:collapsed|collapsing|cracked|cracks|sinking|washed away|about to fall)\b/,
  ],
  falling: [
    /(?:电线杆|电杆|灯杆|路灯杆|广告牌|招牌|脚手架|围墙|院墙|墙|大树|老树|枯树|树|塔吊|雨棚|遮阳棚|空调外机)[^,。;!?]{0,6}?(?:要倒|快倒|倒了|倒下|歪|倾斜|要塌|快塌|要掉|快掉|掉下来|砸|摇摇欲坠|悬着)/,
    /(?:外墙|瓷砖|玻璃|瓦片?|水泥块)[^,。;!?]{0,4}(?:往下掉|掉下来|脱落|坠落|要掉)|高空坠物/,
    /\b(?:wall|pole|tree|sign|scaffold(?:ing)?)\b.{0,40}\b(?:leaning|falling|fallen|about to fall|collapsing)\b/,
  ],
};

/** The first danger to passers-by that a text tells of; null for most. */
export function publicDanger(text: string): PublicDanger | null {
  const said = HARMLESS.reduce((rest, harmless) => rest.replace(harmless, "~"), normalise(text).toLowerCase());
  return PUBLIC_DANGERS.find((danger) => DANGERS[danger].some((pattern) => pattern.test(said))) ?? null;
}
