import { Converter, Locale } from "opencc-js/t2cn";
import { describe, expect, it } from "vitest";
import { simplified } from "../../../src/domain/text/simplified.ts";

const converter = Converter({ from: "tw", to: "cn" });
/** What the converter makes of a text; 祕, which it makes of the 秘 of some names, is 秘. */
const whole = (text: string) => converter(text).replaceAll("祕", "秘");

/** Both sides of every table that the converter reads: what stays alone may be part of a phrase that it makes on the way. */
const entries = [...JSON.stringify(Locale).matchAll(/[^"\s|\\]+/g)].map(([entry]) => entry);

describe("a text in simplified characters", () => {
  it("is what the converter makes of it, for every sign and phrase of its tables", () => {
    expect(entries.length).toBeGreaterThan(5_000);
    expect(entries.filter((entry) => simplified(entry) !== whole(entry))).toEqual([]);
    expect(entries.filter((entry) => simplified(`我说${entry}了`) !== whole(`我说${entry}了`))).toEqual([]);
  });

  it("stays as it is where no sign is traditional", () => {
    for (const text of ["路灯坏了，没人来修", "李秘书怎么不管", "", "abc 123 😀", "么"])
      expect(simplified(text)).toBe(whole(text));
    expect(simplified("請答覆,水管壞了")).toBe("请答复,水管坏了");
  });
});
