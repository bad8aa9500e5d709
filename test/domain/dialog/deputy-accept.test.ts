import { describe, expect, it } from "vitest";
import { understandDeputy } from "../../../src/domain/dialog/understand-deputy.ts";

const OWN = [{ number: "2026-000012", isOpen: true }];
const read = (text: string) => understandDeputy(text, "2026-11-24", OWN);

describe("a deputy's acceptance", () => {
  it.each([
    ["接收 12", { kind: "accept", number: "12", text: "" }],
    ["接收12", { kind: "accept", number: "12", text: "" }],
    ["接收 12号", { kind: "accept", number: "12", text: "" }],
    ["接收了12号", { kind: "accept", number: "12", text: "" }],
    ["12号接收", { kind: "accept", number: "12", text: "" }],
    ["12接收了", { kind: "accept", number: "12", text: "" }],
    ["请接收12号", { kind: "accept", number: "12", text: "" }],
    ["接收 99", { kind: "accept", number: "99", text: "" }],
    ["接收", { kind: "accept", number: null, text: "" }],
    ["接收。", { kind: "accept", number: null, text: "" }],
    ["接收了", { kind: "accept", number: null, text: "" }],
    ["接收 12 我明天去看", { kind: "accept", number: "12", text: "我明天去看" }],
    ["接收，我明天去看", { kind: "accept", number: null, text: "我明天去看" }],
    ["accept 12", { kind: "accept", number: "12", text: "" }],
    ["accept 12, I will be there tomorrow", { kind: "accept", number: "12", text: "I will be there tomorrow" }],
  ])("%s", (text, meaning) => {
    expect(read(text)).toMatchObject(meaning);
  });

  it.each([
    "接收器坏了",
    "接收不到信号",
    "接收单位是哪家",
    "接收站没有人",
    "接收快递的柜子坏了",
    "接收到通知了",
    "接收的材料在哪里",
    "接收过一次",
    "接收地址写错了",
    "接收验证码收不到",
    "接收方是谁",
    "接收电视信号的锅掉了",
    "接收率太低",
    "接收学生的学校满了",
    "接收安置房要交钱吗",
    "接收居民意见的箱子坏了",
    "我接收不了",
    "天线接收很差",
    "居民问接收日期",
    "accept my thanks",
    "accepting visitors today",
    "acceptable noise is another matter",
  ])("%s is no such command", (text) => {
    expect(read(text).kind).not.toBe("accept");
  });
});
