import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { featuresOf, shownFeaturesOf } from "../../../src/domain/understanding/features.ts";
import { prepare } from "../../../src/domain/understanding/prepare.ts";

describe("a prepared text", () => {
  it.each([
    ["blanks between signs", "桥 头 的 灯 不 亮", "桥头的灯不亮"],
    ["signs that are stretched", "气死啦啦啦啦啦", "气死啦啦"],
    ["traditional signs", "電線桿歪了", "电线杆歪了"],
    ["full width", "ＷＩＦＩ断了", "wifi断了"],
    ["long numbers, whatever they are", "车牌尾号88213", "车牌尾号70461"],
    ["marks between clauses", "桥塌了!!!!快来人。", "桥塌了，快来人"],
    ["a greeting before, whichever", "您好，井盖丢了", "打扰一下 井盖丢了"],
    ["an address", "看这里 https://a.example/x?y=1", "看这里 https://b.example/z"],
    ["markup", "<b>井盖</b>丢了", "<i>井盖</i>丢了"],
  ])("is the same with %s", (_, one, other) => {
    expect(prepare(one)).toBe(prepare(other));
  });

  it.each([
    ["a question", "修好了?", "修好了"],
    ["a short number", "3天了", "8天了"],
    ["a denial", "修好了", "没修好"],
    ["a blank between words", "wifi down", "wifidown"],
  ])("differs by %s", (_, one, other) => {
    expect(prepare(one)).not.toBe(prepare(other));
  });

  it("keeps none of the signs that stand for something else", () => {
    expect(prepare("\ue004收\ue006了")).toBe("收 了");
  });

  it("is as long as the beginning that is read, however long the text is", () => {
    expect(prepare("水管又裂开一道口子".repeat(300)).length).toBeLessThanOrEqual(500);
  });
});

describe("the features of a text", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(fc.constantFrom(..."村书记收了红包给亲戚老板的路灯坏 1?"), { maxLength: 60 })
      .map((signs) => signs.join("")),
  );

  it("are each there once, with the signs that made them, and the same each time, whatever was read between", () => {
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        const first = featuresOf(text);
        featuresOf(other);
        const again = featuresOf(text);
        const shown = shownFeaturesOf(text);
        expect(again).toEqual(first);
        expect(new Set(first).size).toBe(first.length);
        expect([...first.keys()].every((index) => shown(index) !== "")).toBe(true);
      }),
    );
  });

  it("have room for a longer text than any before", () => {
    const long = Array.from({ length: 4_000 }, (_, index) => String.fromCharCode(0x4e00 + index)).join("");
    expect(featuresOf(long).length).toBeGreaterThan(16_000);
    expect(featuresOf("路灯").length).toBeLessThan(12);
  });

  it("show classes of words, not who it was", () => {
    const shown = shownFeaturesOf("张书记收钱");
    const all = Array.from(featuresOf("张书记收钱"), (_, index) => shown(index));
    expect(all).toContain("〔官〕收〔钱〕");
    expect(all).toContain("^张");
  });
});
