import { describe, expect, it } from "vitest";
import { understandDeputy } from "../../../src/domain/dialog/understand-deputy.ts";

const OWN = [{ number: "2026-000012", isOpen: true }];
const read = (text: string) => understandDeputy(text, "2026-11-24", OWN);
const own = (place: number) => ({ of: "own", place });
const county = (place: number) => ({ of: "county", place });

describe("a deputy's kept sentences", () => {
  it.each([
    ["常用语", { kind: "phrases" }],
    ["我的常用语", { kind: "phrases" }],
    ["看常用语", { kind: "phrases" }],
    ["phrases", { kind: "phrases" }],
    ["存常用语 您好，收到了，这两天去看", { kind: "phrase-keep", text: "您好，收到了，这两天去看" }],
    ["存常用语：已请城管去看", { kind: "phrase-keep", text: "已请城管去看" }],
    ["存一句常用语 谢谢您反映", { kind: "phrase-keep", text: "谢谢您反映" }],
    ["存常用语", { kind: "phrase-keep", text: "" }],
    ["keep phrase Thank you, I will have a look", { kind: "phrase-keep", text: "Thank you, I will have a look" }],
    ["删常用语 2", { kind: "phrase-drop", phrase: own(2) }],
    ["删除常用语第3条", { kind: "phrase-drop", phrase: own(3) }],
    ["删常用语 县1", { kind: "phrase-drop", phrase: county(1) }],
    ["删常用语", { kind: "phrase-drop", phrase: null }],
    ["delete phrase 2", { kind: "phrase-drop", phrase: own(2) }],
    ["用 2 1", { kind: "phrase-use", phrase: own(2), number: "1" }],
    ["用 2 2026-000012", { kind: "phrase-use", phrase: own(2), number: "2026-000012" }],
    ["用2", { kind: "phrase-use", phrase: own(2), number: null }],
    ["用第2条回复12号", { kind: "phrase-use", phrase: own(2), number: "12" }],
    ["用常用语2给12号", { kind: "phrase-use", phrase: own(2), number: "12" }],
    ["用县1 12", { kind: "phrase-use", phrase: county(1), number: "12" }],
    ["use 2 12", { kind: "phrase-use", phrase: own(2), number: "12" }],
    ["use c1 12", { kind: "phrase-use", phrase: county(1), number: "12" }],
  ])("%s", (text, meaning) => {
    expect(read(text)).toEqual(meaning);
  });

  it.each([
    "用 2 天",
    "用2个月了还没好",
    "用3号楼的水表",
    "用两天就坏",
    "用电 2 1 度",
    "用 2 1 2 的比例拌水泥",
    "用水 12 吨",
    "用的是2号线",
    "用 0",
    "用 2 1 号楼的钥匙",
    "常用语是什么",
    "常用语怎么用",
    "常用语太少",
    "常用语里有错字",
    "这句常用语不对",
    "存常用语的地方在哪里",
    "存常用语怎么存",
    "存常用语失败了",
    "存常用语了没有？",
    "添加常用语功能坏了",
    "存常用语有上限吗？",
    "居民的常用语我听不懂",
    "use 2 spoons of it",
  ])("%s is no such command", (text) => {
    expect(read(text).kind).not.toMatch(/^phrase/);
  });
});
