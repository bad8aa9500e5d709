import { sentences } from "./finding-sentences.ts";

/** The Chinese words for what a check of rules finds. */
export const findings = {
  weights: {
    refused: "不能保存",
    dead: "永远轮不到",
    nobody: "没有人收",
    overload: "一个人太多",
    notice: "提醒",
  },
  marks: { refused: "✗", dead: "✗", nobody: "▲", overload: "⚠", notice: "○" },
  sentences,
  other: {
    invalid: "这里写得不对，不能保存",
    "unknown-target": "交给的人或单位名单里没有",
    expired: "已到期",
    shadowed: "轮不到这一条",
    duplicate: "和前面的重复",
    loop: "代班转成了圈",
    overload: "有人会收到太多",
    gap: "有的信没有人收",
  },
};
