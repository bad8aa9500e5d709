import type { Reach, TroubleSign } from "./trouble-sign.ts";

/** So many signs may stand between a thing and its trouble within one clause. */
const GAP = "[^。！？!?；;\\n]{0,7}?";

function sign(code: string, category: string, reach: Reach, names: [zh: string, en: string], ...ways: string[]) {
  return { code, category, reach, zh: names[0], en: names[1], pattern: new RegExp(ways.join("|"), "u") };
}

/** The pattern of a thing beside its trouble, in either order. */
function of(thing: string, trouble: string): string {
  return `(?:${thing})${GAP}(?:${trouble})|(?:${trouble})${GAP.replace("7", "3")}(?:${thing})`;
}

/**
 * The signs of troubles that many people of one place have at once, in the order in which they are looked for: what people suffer
 * stands before what causes it, for one tells of the water and another of the pipe.
 *
 * What concerns one person alone, a pension, a wage, a treatment, has none: two such matters are never the same.
 */
export const TROUBLE_SIGNS: readonly TroubleSign[] = [
  sign(
    "sewer-blocked",
    "utilities",
    "area",
    ["下水道堵", "blocked sewer"],
    of("下水道?|污水[管井]|化粪池|马桶", "堵|冒|返|倒灌|溢"),
  ),
  sign(
    "water-dirty",
    "utilities",
    "area",
    ["水质不好", "dirty tap water"],
    of("自来水|水龙头|放出来的水", "黄|浑|锈|异味|味儿|臭|黑|脏"),
  ),
  sign(
    "water-pressure",
    "utilities",
    "area",
    ["水压低", "low water pressure"],
    of("水压|水流", "低|小|不够|不足|不稳"),
  ),
  sign(
    "heat-leak",
    "heating",
    "building",
    ["暖气漏水", "leaking radiator"],
    of("暖气[片管]?子?|地暖|暖片", "漏|滴水|爆"),
  ),
  sign(
    "leak",
    "property",
    "building",
    ["漏水", "leaking"],
    "漏水|漏雨|渗水|(?<!一)滴水|(?:水管|管子|阀门|楼上|屋顶|房顶|顶楼)[^。！？；，,]{0,6}(?:漏|渗|滴|爆)|水漫",
  ),
  sign(
    "water-out",
    "utilities",
    "area",
    ["停水", "no water"],
    `(?<!喷|浇)(?:停|断|缺)了?水(?!费)|水(?:又|也|都|就|给|全)*(?:停|断)(?:了|啦|到|好|[一二两三四五六七八九十\\d])|(?<!池|沟|渠|栓|电|闸)(?:没|无)有?水(?!压|平|分|表|管|井|路|吃力)`,
    "(?:不来|来不了|放不出|出不来|流不出)水|水(?:放不出|不来|来不了|出不来|上不来)|一滴(?:水)?(?:都|也)没|(?:自来水|水龙头)[^。！？；，,]{0,4}(?:不来|没来|不出|没有了|没了)",
  ),
  sign(
    "power-out",
    "utilities",
    "area",
    ["停电", "no power"],
    `(?:停|断|跳)了?电(?!费)|(?<!手机|电瓶|电池|车|遥控器)(?:没|无)有?电(?!梯|话|视|影|灯|费|表|脑)|(?:^|[^充家水])电(?:又|也|都|就|全)*(?:停|断)(?:了|啦|到)|总?跳闸`,
  ),
  sign(
    "gas-out",
    "utilities",
    "area",
    ["停气", "no gas"],
    "停了?气(?!费)|没(?:有)?(?:天然气|燃气|煤气|气(?:了|啦|用|做))|(?:天然气|燃气|煤气)(?:又|也|都|就|全)*(?:停|断|没)|打不着火",
  ),
  sign(
    "heat-out",
    "heating",
    "area",
    ["暖气不热", "no heating"],
    of("暖气|暖片|地暖|供暖|供热", "不热|不暖|没热|冰凉|凉的|冷|温乎|停|没(?:来|开|通|有)"),
    "没(?:有)?(?:暖气|供暖|供热)|(?:屋里|家里|室内)[^。！？；]{0,4}(?:冷|冰凉|\\d{1,2}度)",
  ),
  sign(
    "lift-broken",
    "property",
    "building",
    ["电梯坏了", "lift out of order"],
    of("(?<!装|没有?)电梯|(?<!装|没有?)直梯", "坏|停|卡|不动|不能用|故障|困|关(?:着|了)|没人修|掉"),
  ),
  sign(
    "gate-broken",
    "property",
    "area",
    ["门禁坏了", "broken entry gate"],
    of("门禁|单元门|道闸|大门", "坏|打不开|关不|锁不"),
  ),
  sign(
    "stair-lamp",
    "property",
    "building",
    ["楼道灯不亮", "dark stairwell"],
    of("楼道灯?|楼梯灯|感应灯", "不亮|黑|灯坏|坏|没灯"),
  ),
  sign(
    "facade",
    "property",
    "building",
    ["外墙脱落", "falling facade"],
    of("外墙皮?|墙皮|瓷砖|保温层", "掉|脱落|裂|砸"),
  ),
  sign(
    "lamp-out",
    "roads",
    "road",
    ["路灯不亮", "street lamps out"],
    of("路灯|(?:路|街|巷|村口|胡同)的?灯", "坏|不亮|没亮|灭|瞎|黑|没人修|没通电"),
    "没(?:有)?路灯|黑(?:漆漆|咕隆咚|灯瞎火|乎乎)[^。！？]{0,4}(?:路|街|巷)",
  ),
  sign(
    "manhole",
    "roads",
    "road",
    ["井盖没了", "missing manhole cover"],
    of("井盖|窨井", "没了?|丢|坏|破|翘|松|偷|缺|塌"),
    "井(?:没|缺|少)(?:了|有)?(?:盖|盖子)",
  ),
  sign(
    "road-hole",
    "roads",
    "road",
    ["路面坏了", "broken road surface"],
    of("路面|路上|马路|公路|道路|水泥路|柏油路|[路街]中间", "坑|裂|塌|陷|坏|破|烂|口子|不平"),
    "坑坑洼洼|(?:路|街|桥)[^。！？；，,]{0,4}(?:坑|塌陷|烂)",
  ),
  sign("jam", "roads", "road", ["堵车", "traffic jam"], "堵车|拥堵|堵得|车(?:都)?堵"),
  sign(
    "bus-few",
    "roads",
    "road",
    ["公交不来", "buses too few"],
    of("公交车?|班车|末班车", "不来|太少|等(?:了|不)|停(?:运|了)|取消|甩站"),
  ),
  sign(
    "signal-broken",
    "roads",
    "road",
    ["红绿灯坏了", "broken traffic light"],
    of("红绿灯|信号灯", "坏|不亮|不变|黑"),
  ),
  sign(
    "toilet-dirty",
    "sanitation",
    "area",
    ["公厕脏", "dirty public toilet"],
    of("公厕|公共厕所|厕所", "脏|臭|没人|坏|进不去|锁"),
  ),
  sign(
    "rubbish",
    "sanitation",
    "area",
    ["垃圾没人收", "rubbish not collected"],
    of(
      "垃圾(?:桶|箱|池|房|堆|点)?",
      "没(?:有)?人(?:拉|收|清|来|管|倒|扫)|不(?:拉|收|清)|堆(?:了|成|满|着|在)|满(?:了|出|得)|成山|溢|臭|乱(?:扔|倒)",
    ),
  ),
  sign(
    "ditch-smell",
    "sanitation",
    "area",
    ["水沟臭", "stinking ditch"],
    of("臭水沟|水沟|排水沟|河沟?|池塘", "臭|味|黑|脏|堵"),
  ),
  sign("burning", "sanitation", "area", ["焚烧冒烟", "burning of waste"], of("垃圾|秸秆|树叶|塑料", "烧|焚")),
  sign("fumes", "noise", "area", ["油烟", "cooking fumes"], of("烧烤|烤串|饭店|饭馆|餐馆|早点", "烟|熏|呛|味"), "油烟"),
  sign(
    "dance-noise",
    "noise",
    "area",
    ["广场舞扰民", "loud square dancing"],
    of("广场舞|跳舞", "吵|响|大|扰民|闹|晚|点"),
    "广场舞",
  ),
  sign(
    "site-noise",
    "noise",
    "area",
    ["工地扰民", "building site noise"],
    of("工地|施工|打桩", "吵|响|半夜|夜里|凌晨|一宿|整夜|通宵|睡|\\d点"),
  ),
  sign(
    "decoration-noise",
    "noise",
    "building",
    ["装修扰民", "noise of renovation"],
    of("装修|电钻|电锤|敲墙|砸墙", "吵|响|从早|整天|天天|没完"),
  ),
  sign(
    "machine-noise",
    "noise",
    "area",
    ["机器噪音", "machine noise"],
    of("厂(?:子|里|房)?|机器|风机|空调外机|发电机", "轰鸣|吵|嗡|噪[音声]|响"),
  ),
  sign(
    "school-bus",
    "education",
    "school",
    ["校车有问题", "trouble with the school bus"],
    of("校车", "晚|迟到|超载|超员|停|取消|不(?:来|走|停|接)|没(?:有)?(?:来|了)|挤|座"),
  ),
  sign(
    "school-food",
    "education",
    "school",
    ["学校伙食差", "bad school meals"],
    of("食堂|营养餐|午餐|饭菜", "差|坏|馊|拉肚子|虫|贵|吃不饱"),
  ),
  sign(
    "irrigation",
    "rural",
    "area",
    ["浇不上地", "no irrigation"],
    of("机井|水渠|渠道|泵站|水泵", "坏|堵|塌|没水|漏|断"),
  ),
  sign(
    "field-road",
    "rural",
    "area",
    ["生产路坏了", "broken field road"],
    of("生产路|田间路|机耕路", "烂|坏|塌|泥|进不|走不"),
  ),
  sign(
    "fire-lane",
    "safety",
    "area",
    ["消防通道堵了", "blocked fire lane"],
    of("消防通道|安全出口|消防车道", "堵|占|停|锁|过不"),
  ),
  sign(
    "ebike-charging",
    "safety",
    "building",
    ["楼道充电", "charging in the stairwell"],
    of("电动车|电瓶车", "楼道充|飞线|进楼|楼里充"),
    "飞线充电",
  ),
  sign(
    "stray-dog",
    "safety",
    "area",
    ["恶犬伤人", "dangerous dogs"],
    of("流浪狗|野狗|大狗|恶犬|狗", "咬|追|扑|没拴|不拴"),
  ),
  sign(
    "falling-objects",
    "safety",
    "building",
    ["高空抛物", "things thrown from above"],
    "高空抛物|楼上[^。！？；]{0,5}(?:扔|丢|抛)",
  ),
  sign(
    "clinic-shut",
    "health",
    "area",
    ["卫生室关门", "closed clinic"],
    of("卫生室|卫生所|卫生院|村医", "关门|锁|没人|没(?:有)?(?:医生|大夫|药)"),
  ),
  sign(
    "transition-fee",
    "land",
    "area",
    ["过渡费没发", "unpaid transition fee"],
    of("过渡费|安置费", "没(?:有)?(?:发|给|到)|拖|停|欠"),
  ),
  sign(
    "resettlement",
    "land",
    "area",
    ["回迁房没交", "resettlement flats late"],
    of("回迁房|安置房", "没(?:有)?(?:交|建|盖|分)|停工|烂尾|拖"),
  ),
];
