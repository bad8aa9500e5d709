import { describe, expect, test } from "vitest";
import { anonymous } from "../../../src/domain/understanding/vote.ts";

describe("what another model reads", () => {
  test.each([
    ["我叫方小禾，电话 13912345678，身份证330106199001011234", ["方小禾", "139", "1234"]],
    ["住在芦花小区6号楼2单元403，还是没动静", ["芦花", "6", "403"]],
    ["上官主任说十八号再来", ["上官", "十八"]],
    ["问问梁大爷 微信 liang_7788 http://example.org/p/9", ["梁", "liang", "example", "9"]],
    ["栗子沟村三组那边还那样", ["栗子沟", "三组"]],
    ["案子2026-000123怎样了，第１２号呢", ["2026", "123", "１２"]],
  ])("names nobody, no place and no number: %s", (text, hidden) => {
    const told = anonymous(text);
    for (const part of hidden) expect(told).not.toContain(part);
  });

  test("is otherwise as it was said, and short", () => {
    expect(anonymous("那个还没弄好呢，你们到底管不管？")).toContain("还没弄好呢");
    expect(anonymous("我们村的路")).toBe("我们村的路");
    expect(anonymous("很".repeat(2000)).length).toBeLessThanOrEqual(500);
  });

  test("lacks what the county knows for names, wherever they stand", () => {
    const text = "老槐树底下那盏坏了,老槐树你知道吧";
    const hidden = [
      { from: 0, to: 3 },
      { from: 10, to: 13 },
    ];
    expect(anonymous(text, hidden)).not.toContain("老槐树");
  });
});
