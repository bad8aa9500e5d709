/** What residents of the benchmark write of, with its category and how often in a thousand. */
export const MATTERS: readonly { readonly text: string; readonly category: string | null; readonly often: number }[] = [
  { text: "路灯坏了没人修晚上看不见路", category: "roads", often: 140 },
  { text: "垃圾三天没有人收夏天很臭", category: "sanitation", often: 130 },
  { text: "自来水一直停老人没有水喝", category: "utilities", often: 110 },
  { text: "暖气不热家里只有十二度", category: "heating", often: 110 },
  { text: "楼上装修到半夜孩子睡不着", category: "noise", often: 90 },
  { text: "小区电梯困人物业不管", category: "property", often: 80 },
  { text: "学校门口的下水道堵了", category: "utilities", often: 80 },
  { text: "路上的坑很深骑车摔了两次", category: "roads", often: 70 },
  { text: "井盖丢了一个摩托车差点掉进去", category: "roads", often: 50 },
  { text: "医保报销跑了三趟还缺一张表", category: "health", often: 40 },
  { text: "拖欠三个月工资没有发", category: "labour", often: 30 },
  { text: "想问低保怎么办要带什么", category: null, often: 60 },
  { text: "谢谢上次有人来看过", category: null, often: 9 },
  { text: "幼儿园校车坐了双倍的人", category: "safety", often: 1 },
];

/** The endings of those texts; each is equally frequent. */
export const TAILS: readonly string[] = [
  "请尽快派人来看看",
  "打过两次电话都没有结果",
  "已经一个星期了",
  "家里有老人和孩子",
  "附近的人都很着急",
  "希望给一个答复",
  "去年也是这样",
  "谢谢",
];

/** Words of two to seven signs as people search for them: frequent ones, rare ones, a place, and one whose parts alone are frequent. */
export const SEARCHED: readonly string[] = [
  "路灯",
  "水喝",
  "自来水",
  "电梯困人",
  "下水道堵",
  "摩托车差点掉",
  "拖欠三个月工资",
  "幼儿园校车",
  "校车 已经一个星期",
  "路灯 打过两次电话",
];
