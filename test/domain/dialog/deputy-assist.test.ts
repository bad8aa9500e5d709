import { describe, expect, it } from "vitest";
import { assistingIn } from "../../../src/domain/dialog/deputy/assisting.ts";
import { understandDeputy } from "../../../src/domain/dialog/understand-deputy.ts";

const OWN = [{ number: "2026-000012", isOpen: true }];
const read = (text: string) => understandDeputy(text, "2026-11-24", OWN);
const DEPUTIES = [
  { kind: "deputy", code: "D002", name: "王建国" },
  { kind: "deputy", code: "D003", name: "赵德明" },
  { kind: "deputy", code: "D004", name: "赵德明" },
] as const;

describe("a deputy who asks another to help", () => {
  it.each([
    ["协办 12 D002", { kind: "assist", number: "12", text: "D002" }],
    ["协办12号 王建国代表，请一起去", { kind: "assist", number: "12", text: "王建国代表，请一起去" }],
    ["12号协办 王建国", { kind: "assist", number: "12", text: "王建国" }],
    ["協辦 12 取消", { kind: "assist", number: "12", text: "取消" }],
    ["协办 12", { kind: "assist", number: "12", text: "" }],
    ["assist 12 D002 please come", { kind: "assist", number: "12", text: "D002 please come" }],
  ])("%s", (text, meaning) => {
    expect(read(text)).toMatchObject(meaning);
  });

  it.each([
    "协办单位是哪家",
    "协办部门没来人",
    "协办了两次还是没好",
    "协办过一件类似的",
    "协办的人是谁",
    "协办人电话打不通",
    "协办员还没到",
    "协办方说要等",
    "协办函收到了",
    "协办单填错了",
    "协办是什么意思",
    "协办吗",
    "协办得不好",
    "协办不了",
    "协办完再说",
    "协办率怎么算",
    "协办时要注意什么",
    "协办案件太多",
    "协办会议几点开",
    "协办没有",
    "assisting others is hard",
    "assist me with the form",
  ])("%s is no such command", (text) => {
    expect(read(text).kind).not.toBe("assist");
  });

  it.each<[string, readonly string[], string, boolean]>([
    ["D002", ["D002"], "", false],
    ["D002，一起去看看", ["D002"], "一起去看看", false],
    ["王建国代表，请一起去", ["D002"], "请一起去", false],
    ["赵德明", ["D003", "D004"], "", false],
    ["张三", [], "", false],
    ["取消", [], "", true],
    ["不用协办了", [], "", true],
    ["取消 D002", ["D002"], "", true],
    ["取消王建国代表", ["D002"], "", true],
    ["D002 不用了", ["D002"], "不用了", true],
    ["cancel", [], "", true],
    ["王建国 取消停电通知", ["D002"], "取消停电通知", false],
  ])("%s names who is meant", (words, codes, reason, isEnd) => {
    const found = assistingIn(words, DEPUTIES);
    expect({ codes: found.meant.map(({ code }) => code), reason: found.reason, isEnd: found.isEnd }).toEqual({
      codes,
      reason,
      isEnd,
    });
  });
});
