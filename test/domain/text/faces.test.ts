import { describe, expect, it, test } from "vitest";
import { isFacesOnly, withoutFaces } from "../../../src/domain/text/faces.ts";
import { localeOf } from "../../../src/domain/wording/wording.ts";

const FACES = [
  ..."[微笑] [强] [讓我看看] [让我看看] [社会社会] [失敬失敬] [破涕为笑] [加油！] [發] [666] [Emm] [OK] [NO]".split(
    " ",
  ),
  ..."[Smile] [ThumbsUp] [TearingUp] [Pooh-pooh] [LetMeSee] [Yeah!] [Bah！L] [smile]".split(" "),
  "[TaiChi R]",
  "[Let Down]",
  ..."/:rose /::) /::'( /::-| /:,@-D /:8-) /:handclap /:<L> /:@@ /:v /:strong /:#-0 /:?".split(" "),
  ..."😀 👍🏽 👨‍👩‍👧 ❤️ \ue415".split(" "),
];

describe("faces alone", () => {
  it.each(FACES)("%s is nobody's words, in no language", (face) => {
    for (const text of [face, `${face}${face}`, ` ${face} ！`, `${face}。${face}`]) {
      expect(isFacesOnly(text)).toBe(true);
      expect([localeOf(text, "zh-CN"), localeOf(text, "en")]).toEqual(["zh-CN", "en"]);
    }
  });
});

describe("words beside faces are words", () => {
  test.each(FACES)("%s", (face) => {
    expect(isFacesOnly(`路灯坏了${face}`)).toBe(false);
    expect(isFacesOnly(`${face} no water`)).toBe(false);
    expect(localeOf(`${face} no water`, "zh-CN")).toBe("en");
    expect(localeOf(`路灯坏了${face}`, "en")).toBe("zh-CN");
  });

  test.each([
    "",
    "。",
    "?",
    "？",
    "12",
    "[no water at all]",
    "[路灯坏了三天]",
    "https://example.org/:a",
    "停水/停电",
    "1️⃣",
  ])("%j holds no face", (text) => {
    expect(isFacesOnly(text)).toBe(false);
    expect(withoutFaces(text)).toBe(text);
  });
});
