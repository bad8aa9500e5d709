import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mask } from "../../../src/domain/text/mask.ts";
import { computingMsOf } from "../../quiet-time.ts";
import { PRIVATE } from "./private-texts.ts";
import { READABLE } from "./readable-texts.ts";

describe("what is private is masked", () => {
  test.each([
    [
      "我叫张三，身份证370000199001010000,电话13800000000,住锦绣家园3-1-501,低保说停就停",
      "我叫张某，身份证370*************00,电话138****0000,住锦绣家园3-1-***,低保说停就停",
    ],
    ["身份证11010519491231002X", "身份证110*************2X"],
    ["身份证 110105 19491231 0021", "身份证 110***************21"],
    ["身份证１１０１０５１９４９１２３１００２１", "身份证１１０*************２１"],
    ["老身份证370000900101001", "老身份证370**********01"],
    ["打13800000000", "打138****0000"],
    ["打138-0000-0000找我", "打138-*****0000找我"],
    ["打 138 0000 0000 找我", "打 138 *****0000 找我"],
    ["打+86 13800000000", "打+86 138****0000"],
    ["打8613800000000", "打86138****0000"],
    ["打１３８００００００００", "打１３８****００００"],
    ["打1\u200b3800000000", "打1\u200b38****0000"],
    ["两个号13800000000 13900000000", "两个号138****0000 139****0000"],
    ["座机0536-6123456", "座机0536-****456"],
    ["座机(0536)6123456", "座机(0536)****456"],
    ["座机05366123456", "座机0536****456"],
    ["电话6123456", "电话****456"],
    ["卡号6222021234567890128", "卡号6222***********0128"],
    ["卡号6222 0212 3456 7890 128", "卡号6222 *************0 128"],
    ["车牌鲁G12345挡路", "车牌鲁G*****挡路"],
    ["车牌鲁G·12345", "车牌鲁G******"],
    ["绿牌鲁GD12345", "绿牌鲁G******"],
    ["邮箱zhang.san@example.com", "邮箱*********@example.com"],
    ["微信号zhangsan_1990", "微信号*************"],
    ["加V信:abc12345", "加V信:********"],
    ["我qq 1234567890", "我qq **********"],
    ["3号楼2单元501室漏水", "3号楼2单元***室漏水"],
    ["5栋1203", "5栋****"],
    ["锦绣家园3-501", "锦绣家园3-***"],
    ["三号楼二单元五零一漏水", "三号楼二单元***漏水"],
    ["我住501室", "我住***室"],
    ["我叫王小明住在柳东村", "我叫王某住在柳东村"],
    ["姓名：李四 电话13800000000", "姓名：李某 电话138****0000"],
    ["我叫欧阳锋。", "我叫欧阳某。"],
    ["我是张三，住柳东村", "我是张某，住柳东村"],
    ["本人李建国，反映一件事", "本人李某，反映一件事"],
    ["打幺三八零零零零零零零零", "打幺三八****零零零零"],
    ["My name is Zhang San, I teach here", "My name is ***, I teach here"],
  ])("%s", (text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});

describe("what is needed to help stays", () => {
  test.each([
    "柳河镇柳东村三组村口到小学那段路灯坏了6盏",
    "案件2026-000012还没办",
    "2026-000012 20000元",
    "2026-11-24 08:30到现在没水",
    "2026年11月24日停电",
    "欠工钱20000元，12个人",
    "额度200000元",
    "3号楼电梯停了五天",
    "锦绣家园5号楼2单元全是煤气味",
    "全村401户没水",
    "3号楼500米外",
    "我是王代表,把昨天举报人的电话发我",
    "我是柳东村的",
    "我是高中学生",
    "我是柳河小学四年级的",
    "我是农民工",
    "打12345没用，110也来了",
    "302路公交不来",
    "我叫车半天没来",
    "我叫物业来修也没人来",
    "本人家住柳东村",
    "供暖热线400-123-4567",
    "云A级景区",
    "",
    "Hi, I teach at No.2 Middle School.",
  ])("%s", (text) => {
    expect(mask(text)).toBe(text);
  });
});

describe.each(Object.entries(PRIVATE))("%s is gone", (_kind, texts) => {
  test.each(texts)("%j", (text, ...gone) => {
    const masked = mask(text);
    for (const part of gone) expect(masked).not.toContain(part);
    expect(mask(masked)).toBe(masked);
  });
});

describe("what only looks private stays", () => {
  test.each(READABLE)("%s", (text) => {
    expect(mask(text)).toBe(text);
  });
});

describe("masking", () => {
  const bits = fc.constantFrom(
    ..."0123456789-*— \n室楼栋号单元户村我叫是张王某一二十百、，微信：@.qQlO鲁A".split(""),
    ...["13800000000", "3-1-501", "我叫", "我老婆", "姓名：", "联名人", "微信号", "查出", "肺癌", "118", "12345"],
  );

  test.each([
    ["labels and digits", fc.array(bits, { maxLength: 30 }).map((parts) => parts.join(""))],
    ["anything", fc.string({ unit: "binary" })],
  ])("of what is masked changes nothing, and never throws: %s", (_what, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = mask(text);
        expect(mask(once)).toBe(once);
      }),
      { numRuns: 1_000 },
    );
  });

  test("leaves a text without numbers, names and addresses as it is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(..."路灯坏了三天没人修，村口的桥断啦！😀 \n".split("")), { maxLength: 60 }),
        (parts) => {
          expect(mask(parts.join(""))).toBe(parts.join(""));
        },
      ),
    );
  });

  test("of a long text takes no time to speak of, however it is made", () => {
    const parts = [
      ...[
        "1-",
        "1 3 ",
        "12、",
        "138",
        "一",
        "lO",
        "1*",
        "3#1-",
        "村18号",
        "单元5楼",
        "a.",
        "a.@",
        "鲁G1 ",
        "卡号1",
        "微信a",
      ],
      ...[
        "我叫",
        "我老婆王",
        "姓名：张三、",
        "联名人：张三 ",
        "张·",
        "我有",
        "查出",
        "，",
        " ",
        "\n",
        "一二三四五六七八九零",
      ],
    ];
    for (const part of parts) {
      const text = part.repeat(Math.ceil(10_000 / part.length));
      expect(
        computingMsOf(() => mask(text)),
        part,
      ).toBeLessThan(1_500);
    }
  });
});
