import { describe, expect, test } from "vitest";
import { isAboutUnpaidWork, isUnpaidGroup } from "../../../src/domain/dialog/scope.ts";

describe("work that was not paid", () => {
  test.each([
    "工程队欠我和几个老乡的工钱，半年了",
    "一块干活的七个人都没拿到钱",
    "包工头卷钱跑了，二十多号人的工资没了着落",
    "我们厂四个月没发工资",
    "农民工工资发不下来，孩子等钱交学费",
    "咱村七八个人给城里盖楼，到现在没见着工钱",
    "They owe the eight of us three months' wages",
  ])("is urgent when several tell of it: %s", (text) => {
    expect(isUnpaidGroup(text)).toBe(true);
  });

  test.each(["老板欠我两个月工资", "装修队的师傅们干完活，业主不给钱"])("is a matter like any other: %s", (text) => {
    expect([isAboutUnpaidWork(text), isUnpaidGroup(text)]).toEqual([true, false]);
  });

  test.each(["我们小区物业拖欠维修费不给修", "退休工资几个月没给我们发", "我们村的低保一分钱没发", "大家都说工地太吵"])(
    "is not: %s",
    (text) => {
      expect(isAboutUnpaidWork(text)).toBe(false);
    },
  );
});
