import { describe, expect, test } from "vitest";
import { putTogetherIn } from "../../../src/domain/matters/put-together.ts";

describe("what asks to put two cases together", () => {
  test.each([
    ["合并 22 到 21", "22", "21"],
    ["合并22到21", "22", "21"],
    ["请合并22号和21号", "22", "21"],
    ["合并 ２２ 到 ２１", "22", "21"],
    ["把22号并到21号合并吧", "22", "21"],
    ["22和21是一件事", "22", "21"],
    ["22、21是同一件事", "22", "21"],
    ["合并2026-000022到2026-000021", "2026-000022", "2026-000021"],
    ["merge 22 into 21", "22", "21"],
    ["合并", null, null],
    ["其实是一件事", null, null],
    ["都是一件事", null, null],
    ["merge", null, null],
  ])("%s", (text, number, into) => expect(putTogetherIn(text)).toEqual({ number, into }));
});

describe("what only contains the word", () => {
  test.each([
    "两个村合并以后路灯没人管了",
    "合并村庄的补偿什么时候发",
    "学校合并了孩子上学远",
    "我们组和三组合并了，账没算清",
    "合并后的公交线路不到我们村",
    "能不能把两个班合并",
    "医保账户怎么合并",
    "合并报表在哪里看",
    "电表合并收费不合理",
    "卫生室合并到镇上去了",
    "22号和21号楼都没有水",
    "12到15号停水",
    "3和5单元漏水",
    "这是一件事关孩子的大事",
    "要是一件事都办不成我就去县里",
    "合并办公以后找不到人",
    "社区合并，证明开不了",
    "把两家的地合并丈量错了",
    "21 22",
    "村里学校合并到21中了",
  ])("%s is no command", (text) => expect(putTogetherIn(text)).toBeNull());
});
