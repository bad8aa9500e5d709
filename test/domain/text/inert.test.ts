import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inert, inertLine } from "../../../src/domain/text/inert.ts";

describe("what does something by itself is made inert", () => {
  test.each([
    [
      '<a href="weixin://bizmsgmenu?msgmenucontent=办结 3&msgmenuid=1">看照片</a>',
      '＜a href="weixin：//bizmsgmenu?msgmenucontent=办结 3&msgmenuid=1"＞看照片＜/a＞',
    ],
    ["<A\nHREF=x>点我</A>", "＜A\nHREF=x>点我＜/A＞"],
    ["<\u200ba href='x'>", "＜a href='x'＞"],
    ["< img src=x", "＜ img src=x"],
    ["<!--藏--> <?xml?>", "＜!--藏--＞ ＜?xml?＞"],
    ["&lt;a href&#61;x&gt;", "＆lt;a href＆#61;x＆gt;"],
    ["weixin://dl/scan", "weixin：//dl/scan"],
    ["路灯\u202e坏了\u202c", "路灯坏了"],
    ["\u2067编号\u2069\u061c12", "编号12"],
    ["办\u200b结\u00ad\ufeff3\u2060", "办结3"],
    ["\u001b[31m红\u001b[0m\u0007", "[31m红[0m"],
    ["\u009b2J\u0000", "2J"],
    ["上\r\n下\u2028左\u0085右\r末", "上\n下\n左\n右\n末"],
    ["路灯\u3164\u2800\u115f坏了", "路灯   坏了"],
    [`灯${"\u0301".repeat(40)}`, `灯${"\u0301".repeat(8)}`],
    ["\ud800半个", "\ufffd半个"],
    ["旗\u{e0067}\u{e0062}", "旗"],
  ])("%j", (text, shown) => {
    expect(inert(text)).toBe(shown);
  });
});

describe("what people mean stays as they wrote it", () => {
  test.each([
    "A&B超市门口",
    "给你们点赞 <3",
    "3>2，2<3，a => b，-> 那边",
    "水费 < 5 元",
    "https://example.com/a?b=1&c=2",
    "👨‍👩‍👧 和 ❤️‍🔥 都好 🏳️‍🌈",
    "مى\u200cخواهم",
    "ᠮᠣᠩᠭᠣᠯ\u180e\u1820",
    "阿依古丽·买买提 བཀྲ་ཤིས",
    "第一行\n第二行",
    "／＼《》【】「」",
    "",
  ])("%j", (text) => {
    expect(inert(text)).toBe(text);
  });
});

test("one line has single blanks", () => {
  expect(inertLine(" 路灯\n\n\t坏了　　　好久 ")).toBe("路灯 坏了 好久");
});

const bits = fc.constantFrom(
  ..."<>/!&;:#a1灯 \n\r\t\u200d\u200b\u202e\u2066\u001b\u0085\u2028\u3164👨".split(""),
  "&lt;",
  "://",
  "<a ",
  "👨‍👩‍👧",
  "\ufe0f",
);
const nasty = fc.oneof(
  fc.array(bits, { maxLength: 40 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary" }),
);

describe("whatever is written", () => {
  test("opens no tag and holds no sign that cannot be seen", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = inert(text);
        expect(shown).not.toMatch(/<\s*[\p{L}/!?]|&(?:#|[a-z]{2,8};)/iu);
        expect(shown.replace(/\n|\u200c|\u200d|\u180e/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
        expect(inert(shown)).toBe(shown);
      }),
      { numRuns: 2_000 },
    );
  });

  test("takes no time to speak of", () => {
    const before = performance.now();
    for (const sign of ["<", "< ", "<a", "&", "&a", ":", "a:", "a://", "\u0301", "\u200d", "ا\u200c", "👨\u200d"])
      inert(sign.repeat(10_000));
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});
