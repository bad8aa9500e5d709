import { describe, expect, test } from "vitest";
import { emergencyTopics, hardDanger } from "../../../src/domain/danger/emergency.ts";
import { meaningOf } from "../meaning.ts";

const NOW = new Date("2026-11-24T08:00:00+08:00");

const DANGERS: Record<string, readonly string[]> = {
  gas: [
    "楼道里全是煤气味,头晕,锦绣家园5号楼2单元",
    "家里燃气泄漏了怎么办",
    "好像漏煤气了 快来人",
    "闻到一股煤气味😱",
    "天然气泄露!!",
    "厨房煤气罐漏气",
    "樓道裡有煤氣味",
    "怕是漏煤气了，屋里臭得很",
    "燃气好像漏了",
    "我爹煤烟中毒了",
    "俺家煤气中毒了",
    "there is a gas leak in building 5",
    "I can smell gas on the stairs",
  ],
  fire: [
    "着火了着火了",
    "3号楼着火啦快来",
    "柳东村后山起火了",
    "隔壁起火，烟好大",
    "配电箱冒烟了",
    "电动车在楼道里冒黑烟",
    "厨房烧起来了",
    "著火了！",
    "变压器爆炸了",
    "是不是着火了，外面好多烟",
    "The house next door is on fire",
    "119",
  ],
  medical: [
    "有人晕倒在广场",
    "我妈昏迷不醒",
    "老人不行了快来人",
    "学校门口出车祸了",
    "孩子掉河里了",
    "有人落水",
    "电梯困人了 里面有两个老人",
    "我被困在电梯里",
    "他触电了",
    "老頭子暈倒了",
    "心脏病犯了",
    "救命",
    "救命啊!!!",
    "An old man fainted at the bus stop",
    "120",
  ],
  violence: [
    "隔壁天天打老婆孩子,别说是我说的",
    "有人打人",
    "楼下打架了",
    "家暴，天天挨揍",
    "有人持刀",
    "他拿着刀在门口",
    "有人拿菜刀砍人",
    "我男人又打我",
    "被老公打了",
    "邻居家虐待老人",
    "有人抢劫",
    "打人家孩子的是他",
    "he is beating his wife",
    "110",
  ],
  "self-harm": [
    "工钱要不回来,活着真没意思了",
    "不想活了",
    "我不想活了😭",
    "活着没意思",
    "活着没啥意思",
    "活着还有啥意思",
    "真想死",
    "我要跳楼",
    "她喝农药了",
    "死了算了",
    "日子没法活了",
    "活不下去了",
    "I want to die",
    "she is going to kill herself",
  ],
};

const CALM = [
  "灭火器检查过期了",
  "消防通道被占",
  "消防通道堵死了,着急",
  "火锅店油烟太大",
  "楼下打印店太吵",
  "打车太难了",
  "打印机坏了",
  "我去打印材料",
  "打人社局电话没人接",
  "打人家电话不接",
  "一直打我电话推销",
  "老是打我手机卖保险",
  "孩子睡觉老被打扰",
  "门被打开了没人管",
  "路灯被打坏了",
  "火车站怎么走",
  "上火了嗓子疼",
  "建议发火腿",
  "电线老化，怕着火",
  "飞线充电容易着火",
  "充电桩有着火隐患",
  "楼道堆杂物，万一着火跑不出来",
  "消防演练着火怎么办",
  "火灾报警器坏了",
  "煤气费怎么交",
  "燃气公司什么时候来通气",
  "天然气管道什么时候改造",
  "燃气表坏了",
  "我同学差点被撞了",
  "老人差点晕倒",
  "跳楼价甩卖扰民",
  "落水管坏了",
  "这是救命钱，低保为什么停",
  "头晕去卫生院看病不给报销",
  "我有脑梗，低保停了",
  "中风后遗症能办残疾证吗",
  "烟囱冒黑烟污染",
  "反家暴宣传什么时候来村里",
  "青蛙吵得要命",
  "打疫苗去哪",
  "工人打孔太吵",
  "生活没意思，想组织老人跳舞",
  "fire extinguishers are expired",
  "The fire lane is blocked by cars",
  "where do I pay the gas bill",
  "学校门口没有红绿灯",
  "我没有着火，只是问问灭火器",
  "12",
  "",
];

describe("an emergency is recognised", () => {
  for (const [topic, texts] of Object.entries(DANGERS)) {
    test.each(texts)(`${topic}: %s`, (text) => {
      expect(emergencyTopics(text)).toContain(topic);
    });
  }

  test.each(["constructor", "toString", "__proto__"])("%s is the name of nothing", (text) => {
    expect(emergencyTopics(text)).toEqual([]);
    expect(hardDanger(text)).toBe(false);
  });

  test("gas that makes somebody faint is two dangers", () => {
    expect(emergencyTopics("煤气味很大，我妈晕倒了")).toEqual(["gas", "medical"]);
  });
});

describe("what only sounds like an emergency gets no card", () => {
  test.each(CALM)("%s", (text) => {
    expect(emergencyTopics(text)).toEqual([]);
  });
});

describe("an emergency goes before everything else", () => {
  const state = { question: { kind: "rating", case: "2026-000001", at: NOW.toISOString() } } as const;
  test("even while another question is open", () => {
    expect(meaningOf("不行，着火了", { state: state })).toEqual({
      kind: "emergency",
      topics: ["fire"],
      accuses: false,
    });
  });

  test("and an accused deputy is still named as accused", () => {
    expect(meaningOf("我们村支书喝醉了带人打我，拿着刀")).toEqual({
      kind: "emergency",
      topics: ["violence"],
      accuses: true,
    });
  });
});
