import { describe, expect, it } from "vitest";
import { openReader } from "../../../src/casework/runtime/open-reader.ts";
import { writerSigns } from "../../../src/domain/writer/signs.ts";

const reader = openReader();
const isMinor = (text: string) => writerSigns(text, reader).isMinor;

const CHILDREN = [
  "我是柳河小学四年级的,学校门口没有红绿灯,我同学差点被撞了",
  "我六年级，操场的篮球架要倒了",
  "我今年九岁，小区滑梯断了一块",
  "我们在镇上读五年级，校车坐不下",
  "我是一名小学生，村口的狗总追人",
  "我上幼儿园，门口有个坑",
  "我刚上一年级 学校厕所没有灯",
  "叔叔好，我是三年级的女生，桥上的栏杆掉了",
  "我叫小明,今年10岁,我们小区路灯不亮",
  "我是初一学生，放学路上没有斑马线",
  "i am 11 and in grade 5, the crossing at our school has no light",
  "我才二年级，老师说可以告诉你们，操场有钉子",
  "我們四年級，學校門口的車太多了",
  "我是東關小學3年級的，過馬路很怕",
];

const GROWN_UP = [
  "我家孩子四年级，学校门口没有红绿灯",
  "我孙子在柳河小学读三年级，过马路不安全",
  "我是四年级一班的班主任，教室漏雨",
  "我是三年级学生家长，校门口太堵",
  "我在柳河小学教书，操场地砖松了",
  "我女儿今年9岁，小区滑梯坏了",
  "我上小学的儿子说校车超员",
  "我小学毕业就出来打工，老板不给工钱",
  "我上小学那会儿这桥就有了，现在栏杆断了",
  "我在小学门口摆摊，路灯不亮",
  "我今年68岁，台阶太高上不去",
  "我是小学旁边的住户，早晚堵车",
  "小学门口没有红绿灯，孩子差点被撞",
  "作为一名小学老师，我想反映食堂的问题",
  "我是高三学生，晚自习回家路上没有灯",
  "我家娃上二年级，书包重得很",
  "孩子今年8岁，疫苗打不上",
  "外孙女读五年级，校门口黑车多",
  "my son is in grade 4 and there is no light at the school crossing",
  "I am a teacher at the primary school, the fence is broken",
  "柳东村三组路灯坏了",
  "我有8岁的孙子要接，路太黑",
];

describe("a child who writes", () => {
  it.each(CHILDREN)("is one who says so of themselves: %s", (text) => {
    expect(isMinor(text)).toBe(true);
  });
  it.each(GROWN_UP)("is none where somebody grown up speaks, of a child too: %s", (text) => {
    expect(isMinor(text)).toBe(false);
  });
});
