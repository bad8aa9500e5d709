import { describe, expect, it } from "vitest";
import { understandDeputy } from "../../../src/domain/dialog/understand-deputy.ts";

const OWN = [{ number: "2026-000012", isOpen: true }];
const read = (text: string) => understandDeputy(text, "2026-11-24", OWN);

describe("a deputy's note and visit", () => {
  it.each([
    ["备注 12 这家有老人，先打电话", { kind: "note", number: "12", text: "这家有老人，先打电话" }],
    ["备注12：门锁换过", { kind: "note", number: "12", text: "门锁换过" }],
    ["備註 12 先打電話", { kind: "note", number: "12", text: "先打電話" }],
    ["note 12 ring first", { kind: "note", number: "12", text: "ring first" }],
    ["走访 12 线断在井里", { kind: "visit", number: "12", text: "线断在井里" }],
    ["走访 12", { kind: "visit", number: "12", text: "" }],
    ["visit 12 the line is cut", { kind: "visit", number: "12", text: "the line is cut" }],
  ])("%s", (text, meaning) => {
    expect(read(text)).toMatchObject(meaning);
  });

  it.each([
    "备注了也没用",
    "备注栏写的什么",
    "备注里有电话",
    "备注是我写的",
    "备注写错了",
    "备注名改一下",
    "备注信息在哪里看",
    "备注没有",
    "走访了三家，都说路不好走",
    "走访过两次了",
    "走访时老人说水太小",
    "走访中发现井盖丢了",
    "走访后再答复",
    "走访慰问什么时候开始",
    "走访调研安排在周五",
    "走访居民的时候听说的",
    "走访群众要带表吗",
    "走访活动改到下周",
    "note that the road is closed",
    "visiting hours are over",
    "visit us next week",
  ])("%s is no such command", (text) => {
    expect(["note", "visit"]).not.toContain(read(text).kind);
  });
});
