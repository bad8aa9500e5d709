import { describe, expect, it } from "vitest";
import { openReader } from "../../../src/casework/runtime/open-reader.ts";
import { writerSigns } from "../../../src/domain/writer/signs.ts";
import { withoutWriter } from "../../../src/domain/writer/without-writer.ts";

const reader = openReader();
const asks = (text: string) => writerSigns(text, reader).isUnnamed;

const ASKED = [
  "隔壁天天打老婆孩子,别说是我说的",
  "养猪场半夜排污，不要让他们知道是谁",
  "三号楼隔成七间出租，千万别告诉房东是我讲的",
  "校门口小店卖烟给学生，请帮我保密",
  "厂里不交社保，别提我名字，我还要在里面做",
  "匿名反映：菜市场短斤少两",
  "莫把我讲出去，村里都认识",
  "俺说了恁可别往外说",
  "不要写我的名字，工地半夜打桩",
  "Please do not tell him it was me, the restaurant has no pipe",
  "你们去查，就说是例行检查",
  "不想让物业知道是哪个业主反映的，停车费没公示",
  "唔好話俾佢知係我講嘅，隔籬屋天天嘈",
];
const NOT_ASKED = [
  "别说是我，换谁都受不了这噪音",
  "别说修了，看都没人来看",
  "物业不让我们知道账目",
  "我不怕他们知道，就是我说的",
  "实名举报，不用保密",
  "医院泄露了我的电话号码",
  "柳东村三组路灯坏了",
  "楼上说是我家漏水，其实不是",
  "村里不公开低保名单",
  "老师不让家长知道食堂菜单",
  "可以告诉他们是我说的",
];

describe("who wants to stay unnamed", () => {
  it.each(ASKED)("says so: %s", (text) => {
    expect(asks(text)).toBe(true);
  });
  it.each(NOT_ASKED)("says nothing of the kind: %s", (text) => {
    expect(asks(text)).toBe(false);
  });
});

/** What is passed on, and what of it must not be there. */
const PASSED: readonly (readonly [said: string, kept: RegExp, gone: RegExp])[] = [
  ["隔壁天天打老婆孩子,别说是我说的", /打老婆孩子/, /别说|我/],
  ["养猪场半夜往河里排污，我住它隔壁，不要让他们知道是谁", /养猪场半夜往河里排污/, /隔壁|不要让|知道是谁|我/],
  ["厂里不交社保，别提我名字，我还要在里面做", /厂里不交社保/, /名字|里面做|我/],
  ["校门口小店卖烟给学生，我孩子还在那念书，请帮我保密", /小店卖烟/, /念书|保密|孩子还在/],
  ["我是三号楼的保洁，地下室堵满了杂物，莫把我讲出去", /地下室堵满了杂物/, /保洁|莫把|我/],
  ["柳东村三组的老板夜里烧塑料，我老公在他厂里上班，怕被开除", /柳东村三组的老板夜里烧塑料/, /老公|上班|开除/],
  ["我家楼上天天半夜搬东西，别说是我反映的", /楼上天天半夜搬东西/, /我|别说/],
  ["别说是我说的", /^$/, /别说/],
];

describe("what is passed on of who stays unnamed", () => {
  it.each(PASSED)("leaves out the wish and whose it is: %s", (said, kept, gone) => {
    const passed = withoutWriter(said);
    expect(passed).toMatch(kept);
    expect(passed).not.toMatch(gone);
    expect(withoutWriter(passed)).toBe(passed);
  });
});
