import type { Random } from "./random.ts";

/**
 * The names of the practice county's townships.
 *
 * The streets (街道) have no congress of their own: their deputies are the county's.
 */
export const TOWNSHIPS = [
  "城关镇",
  "东关街道",
  "柳河镇",
  "南湖街道",
  "青石镇",
  "双桥镇",
  "南坡乡",
  "石门镇",
  "白马镇",
  "沙河镇",
  "望山镇",
  "大营镇",
  "枣林镇",
  "新店镇",
  "北岭乡",
] as const;

/** The five groups among the deputies, each tied to a committee of the congress. */
export const GROUPS = ["农业农村组", "城建环保组", "教科文卫组", "财政经济组", "社会法治组"] as const;

/** The county's offices and the matters that they handle. */
export const UNITS: readonly { readonly name: string; readonly categories: readonly string[] }[] = [
  { name: "住房和城乡建设局", categories: ["物业", "电梯", "供暖"] },
  { name: "综合行政执法局", categories: ["油烟", "占道经营", "违建"] },
  { name: "交通运输局", categories: ["道路", "公交"] },
  { name: "农业农村局", categories: ["农业", "土地"] },
  { name: "水利局", categories: ["供水", "河道"] },
  { name: "教育和体育局", categories: ["入学", "校园"] },
  { name: "卫生健康局", categories: ["医疗"] },
  { name: "医疗保障局", categories: ["医保"] },
  { name: "民政局", categories: ["低保", "养老"] },
  { name: "人力资源和社会保障局", categories: ["欠薪", "就业"] },
  { name: "自然资源和规划局", categories: ["规划", "征地"] },
  { name: "生态环境分局", categories: ["污染", "噪声"] },
  { name: "公安局", categories: ["治安", "交通秩序"] },
  { name: "市场监督管理局", categories: ["消费", "食品"] },
  { name: "应急管理局", categories: ["安全隐患"] },
  { name: "供电公司", categories: ["供电", "路灯"] },
  { name: "燃气公司", categories: ["燃气"] },
  { name: "环境卫生服务中心", categories: ["垃圾", "公厕"] },
];

const SURNAMES = [
  ..."王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
];
const GIVEN_FIRST = [..."建志明德春秀玉桂海永新庆光学成金晓红丽淑凤兰守延继宗瑞佳思雅景承长福兆传维世广培"];
const GIVEN_SECOND = [
  ..."华军平强伟杰刚勇斌峰涛辉鹏林生祥民东升梅英芳霞燕敏静娟芬琴云莲萍洁颖慧宁玲远波良义忠信昌兴礼田山",
];

/** The invented names of people, all different. */
export function personNames(random: Random): () => string {
  return drawn(() => {
    const [surname, first, second] = [SURNAMES, GIVEN_FIRST, GIVEN_SECOND].map((signs) => signOf(random, signs));
    return `${surname}${first}${second}`;
  });
}

const FAMILIES = [
  ..."张王李赵刘陈杨孙周吴郑冯韩马胡高郭林何宋许邓曹彭田董潘于蒋蔡杜苏魏吕丁任姚卢姜崔谭范石贾孟秦薛侯陶贺郝龚",
];
const FAMILY_ENDS = words("庄 屯 沟 洼 营 岭 河 店 坡 寨 楼 埠 湾 峪");
const SIDES = [..."东西南北前后大小上下"];
const ROOTS = words("柳林 石桥 榆树 槐树 杨庄 柏林 官庄 河套 老庄 仓上 崖头 古城 土山 石埠 芦庄 泊里");
const LANDS = words(
  "青龙 白鹭 黄土 红石 清泉 双泉 凤凰 松林 桃园 杏林 芦苇 莲花 卧牛 饮马 黑松 牡丹 龙泉 金鸡 团山 马蹄",
);
const LAND_ENDS = words("沟 岭 坡 湾 庄 峪 屯 涧");

/** Names of villages without the 村, each different; 柳东 and 柳西 are kept for the samples of the manual. */
export function villageNames(random: Random): () => string {
  return drawn(() => {
    const kind = random.number();
    if (kind < 0.6) return `${signOf(random, FAMILIES)}家${signOf(random, FAMILY_ENDS)}`;
    if (kind < 0.8) return `${signOf(random, SIDES)}${signOf(random, ROOTS)}`;
    return `${signOf(random, LANDS)}${signOf(random, LAND_ENDS)}`;
  });
}

const QUARTERS = words(
  "和平 建设 文化 向阳 兴华 光明 胜利 新华 站前 府前 学府 翠湖 滨河 怡园 康宁 幸福 团结 育才 振兴 富民 惠民 安居 永安 长安 平安 景阳 东风 红旗 友谊 西关 南大街 东大街 西大街 广场 公园 体育场 北苑 东苑 南苑 西苑 望湖 临湖 青年 民主 利民 兴隆 繁荣 朝阳 前进 工业路 电厂 纺织 粮库 铁路 华侨 桃李 紫薇 银杏 丁香 玉兰",
);
const QUARTER_SIDES = [..."东西南北"];

/** Names of quarters without the 社区, each different; 锦绣 and 北大街 are kept for the samples of the manual. */
export function quarterNames(random: Random): () => string {
  return drawn(() => {
    const side = random.number() < 0.75 ? "" : signOf(random, QUARTER_SIDES);
    return `${signOf(random, QUARTERS)}${side}`;
  });
}

const ESTATE_NAMES = words(
  "阳光 金色 翠湖 滨河 龙泉 书香 御景 鼎盛 丽景 盛世 东方 世纪 明珠 香榭 碧水 绿洲 水岸 天和 泰和 福临 万和 和谐 温馨 银河 馨香 桂花 梧桐 海棠 荷塘 静安 聚福 华府 锦城 瑞景 嘉和 凯旋 学林 教师 化肥厂 棉纺厂 机械厂 农机",
);
const ESTATE_ENDS = words("家园 花园 小区 新村 公寓 雅苑 华庭 名都 嘉园 苑 新城 家属院");

/** Names of housing estates, each different; 锦绣家园 is kept for the samples of the manual. */
export function estateNames(random: Random): () => string {
  return drawn(() => `${signOf(random, ESTATE_NAMES)}${signOf(random, ESTATE_ENDS)}`);
}

const NUMERALS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/** A number from 1 to 99 as people write it: 三, 十二, 四十. */
export function numeral(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens > 1 ? NUMERALS[tens] : ""}${tens > 0 ? "十" : ""}${NUMERALS[ones]}`;
}

/** The kept names are used up from the beginning; a name that was drawn is drawn again. */
function drawn(draw: () => string): () => string {
  const used = new Set(KEPT);
  return () => {
    let name = draw();
    for (let tries = 0; used.has(name); tries++) name = tries < 400 ? draw() : `新${draw()}`;
    used.add(name);
    return name;
  };
}

const KEPT: readonly string[] = ["柳东", "柳西", "锦绣", "北大街", "锦绣家园", "李秀兰", "王建国"];

function signOf(random: Random, signs: readonly string[]): string {
  return signs[random.whole(0, signs.length - 1)] ?? "";
}

function words(list: string): string[] {
  return list.split(" ");
}
