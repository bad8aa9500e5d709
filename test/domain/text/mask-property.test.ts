import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mask } from "../../../src/domain/text/mask.ts";
import { card, door, identity, mobile, name, nameLabel, plainDigits, spellings } from "./spellings.ts";

const RUNS = { numRuns: 500 };
const before = fc.constantFrom(
  "",
  "路灯坏了，",
  "我打",
  "您好！",
  "柳东村一组没水\n",
  "停水3天了，",
  "2026年11月24日，",
);
const after = fc.constantFrom("", "，请回电", "。谢谢", "\n路灯坏了6盏", "！3天没水", "，打12345没用");

describe("in whatever spelling", () => {
  test("no mobile can be read", () => {
    fc.assert(
      fc.property(
        before,
        mobile.chain((one) => fc.tuple(fc.constant(one), spellings(one))),
        after,
        (head, [one, spelt], tail) => {
          expect(plainDigits(mask(`${head}电话：${spelt}${tail}`))).not.toContain(one.slice(2, 9));
        },
      ),
      RUNS,
    );
  });

  test("no ID number can be read", () => {
    fc.assert(
      fc.property(
        before,
        identity.chain((one) => fc.tuple(fc.constant(one), spellings(one))),
        after,
        (head, [one, spelt], tail) => {
          expect(plainDigits(mask(`${head}身份证：${spelt}${tail}`))).not.toContain(one.slice(4, 15));
        },
      ),
      RUNS,
    );
  });

  test("no bank card can be read", () => {
    fc.assert(
      fc.property(
        before,
        card.chain((one) => fc.tuple(fc.constant(one), spellings(one))),
        after,
        (head, [one, spelt], tail) => {
          expect(plainDigits(mask(`${head}卡号：${spelt}${tail}`))).not.toContain(one.slice(5, 14));
        },
      ),
      RUNS,
    );
  });

  test("no name that is labelled can be read", () => {
    fc.assert(
      fc.property(
        before,
        nameLabel,
        name,
        fc.constantFrom("，路灯坏了", "。", "\n柳东村", ""),
        (head, label, { text, secret }, tail) => {
          const masked = mask(`${head}${label}${text}${tail}`);
          for (const part of secret) expect(masked).not.toContain(part);
        },
      ),
      RUNS,
    );
  });

  test("no name of a list can be read", () => {
    const label = fc.constantFrom("联名人：", "反映人:", "反映人：", "签名：");
    fc.assert(
      fc.property(label, fc.array(name, { minLength: 2, maxLength: 6 }), (head, names) => {
        const masked = mask(`${head}${names.map((one) => one.text).join("、")}`);
        for (const part of names.flatMap((one) => one.secret)) expect(masked).not.toContain(part);
      }),
      RUNS,
    );
  });

  test("no door can be read, and its building or village can", () => {
    fc.assert(
      fc.property(before, door, after, (head, { text, secret }, tail) => {
        const masked = mask(`${head}${text}${tail}`);
        for (const part of secret) expect(masked.slice(head.length, masked.length - tail.length)).not.toContain(part);
        expect(masked).toContain(text.slice(0, 2));
      }),
      RUNS,
    );
  });
});
