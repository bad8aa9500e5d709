import { describe, expect, it } from "vitest";
import { referralIn } from "../../../src/domain/dialog/referral.ts";
import { isUnitsAlone, returnReasonIn, understandUnit } from "../../../src/domain/dialog/unit/understand-unit.ts";

const OWN = [
  { number: "2026-000012", isOpen: true },
  { number: "2026-000015", isOpen: true },
];

describe("what somebody says who speaks for a unit", () => {
  it.each([
    ["列表", { kind: "list" }],
    ["列表。", { kind: "list" }],
    ["帮助", { kind: "help" }],
    ["12", { kind: "show", number: "12" }],
    ["12号", { kind: "show", number: "12" }],
    ["2026-000012", { kind: "show", number: "2026-000012" }],
    ["接收 12", { kind: "about", command: "accept", number: "12", text: "" }],
    ["接收12号", { kind: "about", command: "accept", number: "12", text: "" }],
    ["接收", { kind: "about", command: "accept", number: null, text: "" }],
    ["退单 12 属于供电公司", { kind: "about", command: "decline", number: "12", text: "属于供电公司" }],
    ["退單 12，屬於供電公司", { kind: "about", command: "decline", number: "12", text: "屬於供電公司" }],
    ["退单 12", { kind: "about", command: "decline", number: "12", text: "" }],
    ["进展 15：材料到了", { kind: "about", command: "progress", number: "15", text: "材料到了" }],
    ["办结 12 已更换6盏", { kind: "about", command: "report", number: "12", text: "已更换6盏" }],
    ["延期 12 3月20日 等配件", { kind: "about", command: "extend", number: "12", text: "3月20日 等配件" }],
    ["办结 99 好了", { kind: "about", command: "report", number: "99", text: "好了" }],
    ["accept 12", { kind: "about", command: "accept", number: "12", text: "" }],
    ["decline 12 not ours", { kind: "about", command: "decline", number: "12", text: "not ours" }],
  ])("%s", (text, meaning) => {
    expect(understandUnit(text, OWN)).toEqual(meaning);
  });

  it.each([
    "接收器坏了，电视没信号",
    "接收不到自来水公司的通知",
    "接收快递的柜子挡路了",
    "接收方一直不给办",
    "退单的钱一直没到账",
    "退单了也不给我退款",
    "退单率太高，平台不管",
    "进展太慢了，路修了半年",
    "进展怎么样了",
    "进展情况也没人告诉我们",
    "办结率说得好听",
    "办结了吗",
    "办结以后又坏了",
    "延期交房半年了，没人管",
    "延期了三次还没通气",
    "延期费谁来出",
    "办结证明去哪里拿",
    "柳东村三组路灯坏了",
    "小区的单元门退单位管不管",
    "accepting the keys took a year",
  ])("%s is nobody's command", (text) => {
    expect(understandUnit(text, OWN)).toEqual({ kind: "other" });
  });

  it("tells words that only a unit has from those that a deputy has too", () => {
    expect(isUnitsAlone(understandUnit("退单 12 不归我们", OWN))).toBe(true);
    expect(isUnitsAlone(understandUnit("接收 12", OWN))).toBe(false);
    expect(isUnitsAlone(understandUnit("办结 12 好了", OWN))).toBe(false);
    expect(isUnitsAlone(understandUnit("列表", OWN))).toBe(false);
  });

  it.each([
    ["属于供电公司", "not_ours"],
    ["地址不清楚，找不到", "unclear"],
    ["今年没有经费", "other"],
  ])("%s gives a matter back as %s", (words, reason) => {
    expect(returnReasonIn(words)).toBe(reason);
  });
});

describe("a unit is found by what people call it", () => {
  const TAKERS = [
    { kind: "unit", code: "U01", name: "住房和城乡建设局", aliases: ["建设局", "城建"] },
    { kind: "unit", code: "U02", name: "农业农村局", aliases: [] },
    { kind: "unit", code: "U03", name: "人力资源和社会保障局" },
  ] as const;

  it.each([
    ["住建局，请修灯", "U01", "请修灯"],
    ["城建，请修灯", "U01", "请修灯"],
    ["建设局 路灯归他们", "U01", "路灯归他们"],
    ["人社局，欠薪", "U03", "欠薪"],
    ["U02，田里的灯", "U02", "田里的灯"],
  ])("%s", (words, code, reason) => {
    const { meant, reason: told } = referralIn(words, TAKERS);
    expect(meant.map((one) => one.code)).toEqual([code]);
    expect(told).toBe(reason);
  });
});
