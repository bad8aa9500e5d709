import { expect, it } from "vitest";
import { CARD_DEEDS, pressedIn, pressKey } from "../../../src/domain/dialog/deputy/press.ts";
import { numberQuoted } from "../../../src/domain/dialog/deputy/quoted-number.ts";

it("a key names its deed and its case, in at most 40 signs that every platform takes", () => {
  for (const deed of CARD_DEEDS) {
    for (const number of ["2026-000012", "P-2026-000012"]) {
      const key = pressKey(deed, number);
      expect(key).toMatch(/^[\w-]{1,40}$/);
      expect(pressedIn(key)).toEqual({ deed, number });
    }
  }
});

it.each(["", "r_", "r_12", "x_2026-000012", "r_2026-000012; drop", "答复"])("%j is no key of ours", (key) => {
  expect(pressedIn(key)).toBeNull();
});

it.each([
  ["新的一件\n编号2026-000012\n地点：柳东村", "2026-000012"],
  ["【12】路灯坏了", "12"],
  ["第12号，居民催办。", "12"],
  ["12号，居民又说：\n还没修", "12"],
  ["No. 12: another resident", "12"],
  ["12号楼前路灯坏了", null],
  ["编号2026-000012，还有2026-000013", null],
  ["13800138000", null],
  ["", null],
])("quoted words %j name %s", (text, number) => {
  expect(numberQuoted(text)).toBe(number);
});
