import { describe, expect, test } from "vitest";
import { mayHide, partsOf } from "../../../src/domain/accusation/spelling.ts";

describe("words in which something may hide", () => {
  test.each(["路灯坏了,周代表把摊位卖了", "戴表把摊位转手卖了", "咱村dai biao卖地", "占长收礼"])("%s", (text) => {
    expect(mayHide(text)).toBe(true);
  });

  test.each(["柳东村的路灯坏了", "代表您好", "楼上天天漏水。", ""])("not %j", (text) => {
    expect(mayHide(text)).toBe(false);
  });

  test("are read whole, without marks between their signs, and clause by clause", () => {
    expect(partsOf("路灯坏了，戴表把摊位卖了，嗯")).toEqual([
      "路灯坏了,代表把摊位卖了,嗯",
      expect.stringContaining("代表把摊位卖了"),
      "代表把摊位卖了",
    ]);
  });
});
