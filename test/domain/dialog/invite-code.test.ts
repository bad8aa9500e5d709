import { randomInt } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aroundCodes, canonicalCode, codesIn, drawCode, withoutCodes } from "../../../src/domain/dialog/invite-code.ts";

const codes = (text: string) => codesIn(text).map(({ code }) => code);
const about = (text: string) => {
  const found = codesIn(text);
  return found.length === 0 ? null : aroundCodes(text, found);
};

describe("a code that was drawn", () => {
  test("is found however it is typed", () => {
    const gaps = fc.constantFrom("", " ", "-", "－", "　", " - ", ".", "—", "\u200b", "\n", "_");
    const spelt = fc.constantFrom(
      (sign: string) => sign,
      (sign: string) => sign.toLowerCase(),
      (sign: string) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0),
    );
    fc.assert(
      fc.property(gaps, fc.constantFrom(1, 2, 4), spelt, (gap, size, spell) => {
        const code = drawCode(randomInt);
        const groups = code.match(new RegExp(`.{${size}}`, "g"))!.map((group) => [...group].map(spell).join(""));
        const typed = groups.join(gap);
        for (const words of [
          typed,
          `邀请码 ${typed}`,
          `我的码是${typed}。`,
          `您好${typed}谢谢`,
          `my code is ${typed}!`,
        ]) {
          expect(codes(words), words).toContain(code);
          expect(canonicalCode(withoutCodes(words, codesIn(words)))).not.toContain(code);
        }
        expect(canonicalCode(typed)).toBe(code);
      }),
    );
  });

  test("has eight signs, a letter and a digit among them", () => {
    for (let count = 0; count < 500; count += 1) {
      expect(drawCode(randomInt)).toMatch(/^(?=.*[A-Z])(?=.*\d)[ACDEFGHJKMNPQRTWXY34679]{8}$/);
    }
  });
});

test.each([
  "路灯坏了三天了",
  "我的电话13800138000",
  "水表67349764不走了",
  "车牌鲁AD34679挡路",
  "the street lamp at our gate is broken",
  "二维码扫不出来",
  "号码是67349764",
  "码头的路坏了",
  "邀请我参加会议了吗",
  "订单202611290001没有发货",
  "my code is wrong",
  "",
])("no code is seen in %j", (text) => {
  expect(codes(text)).toEqual([]);
});

test.each([
  ["邀请码 ACDE3467", true, true],
  ["邀请码：abcd2045", true, true],
  ["邀请码 ABCDEFGH", true, true],
  ["我的码是 acde-3467", true, true],
  ["ＡＣＤＥ３４６７", true, true],
  ["您好，我是柳河镇人大代表王建国，收到的邀请码是 ACDE 3467，请帮我绑定一下，谢谢", true, true],
  ["我是代表王建国 ACDE3467", true, true],
  ["Hello, this is my invite code: acde 3467, thank you!", true, true],
  ["邀请码ACDE3467用不了，我们村的路灯也坏了", true, false],
  ["水表号ACDE3467坏了三天没人来修", false, false],
  ["Gate 3467", false, true],
  ["型号ACDE3467的路灯灭了", false, false],
])("in %j: whether it is meant, and is all that is told", (text, areMeant, isAll) => {
  expect(about(text)).toMatchObject({ areMeant, isAll });
});

test("what is written is never changed but for the codes, and no text takes long", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const found = codesIn(text);
      if (found.length === 0) expect(withoutCodes(text, found)).toBe(text);
    }),
  );
  for (const part of ["邀请码 ", "A-", "AC DE ", "我是代", "code is ", "- ", "3 "]) {
    const before = process.cpuUsage();
    about(part.repeat(4000));
    expect(process.cpuUsage(before).user, part).toBeLessThan(2_000_000);
  }
});
