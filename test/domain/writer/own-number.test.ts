import { describe, expect, it } from "vitest";
import { ownNumberIn } from "../../../src/domain/writer/own-number.ts";

describe("the number by which somebody says that they are reached", () => {
  it.each([
    ["路灯坏了，我的电话13800000001", "13800000001"],
    ["有事联系我 138-0000-0001", "13800000001"],
    ["联系电话：+86 138 0000 0001。", "13800000001"],
    ["联系方式１３８０００００００１", "13800000001"],
    ["You can reach me at 13800000001", "13800000001"],
    ["有结果打我手机13800000001", "13800000001"],
    ["my phone is 13800000001", "13800000001"],
    ["我被13800000002骗了", null],
    ["我邻居电话13800000002", null],
    ["他联系我的电话是13800000002", null],
    ["骗子的号码是13800000002", null],
    ["物业电话13800000002没人接", null],
    ["我报了警，13800000002还在打骚扰电话", null],
    ["我的卡号6222138000000012345", null],
    ["我的电话010-12345678", null],
  ])("%s", (text, number) => {
    expect(ownNumberIn([text])).toBe(number);
  });

  it("is none where two stand as their own, and one where it is said twice", () => {
    expect(ownNumberIn(["我的电话13800000001", "联系我13800000003"])).toBeNull();
    expect(ownNumberIn(["我的电话13800000001", "打我13800000001"])).toBe("13800000001");
  });
});
