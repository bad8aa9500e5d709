import { describe, expect, it } from "vitest";
import type { WebChatWording } from "../../../src/domain/wording/web-chat/sentences.ts";
import { webChatWordingOf } from "../../../src/domain/wording/web-chat/wording.ts";

/** Every sentence of the page, by where it stands. */
function sentences(say: WebChatWording): Record<string, string> {
  const given: Readonly<Record<string, object>> = {
    title: { county: "青禾县" },
    privacy: { county: "青禾县" },
    caseLine: { number: "2026-000031", state: "…", due: "2026-12-04" },
    addPhotos: { most: 3 },
    vague: { metres: "500" },
    tooLong: { most: 4000 },
    tooLarge: { megabytes: 4 },
    tooManyPhotos: { most: 3 },
    elsewhere: { phone: null },
  };
  const said = (part: object, before: string): [string, string][] =>
    Object.entries(part).flatMap(([name, value]): [string, string][] => {
      if (typeof value === "function") return [[`${before}${name}`, value(given[name] ?? {})]];
      return typeof value === "object" ? said(value, `${name}.`) : [];
    });
  return Object.fromEntries(said(say, ""));
}

describe("the words of the page", () => {
  const [zh, en] = [sentences(webChatWordingOf("zh-CN")), sentences(webChatWordingOf("en"))];

  it("are the same sentences in both languages, each in its own", () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en));
    for (const [name, words] of Object.entries(zh))
      expect([name, words]).toEqual([name, expect.stringMatching(/\p{Script=Han}|English/u)]);
    // The button for the other language is in that language, and a county's name in its own.
    for (const [name, words] of Object.entries({ ...en, otherLanguage: "" }))
      expect([name, words.replace("青禾县", "")]).toEqual([name, expect.not.stringMatching(/\p{Script=Han}/u)]);
  });

  it("are short, in plain words, and promise nothing", () => {
    for (const [name, words] of Object.entries(zh))
      for (const line of words.split(/[。；\n]/)) expect([name, [...line].length < 50]).toEqual([name, true]);
    const all = Object.values(zh).join("\n");
    for (const term of [
      "token",
      "令牌",
      "会话",
      "提交",
      "浏览器",
      "服务器",
      "上传",
      "验证码",
      "一定会",
      "马上解决",
      "已解决",
    ])
      expect(all).not.toContain(term);
  });

  it("name a number to ring: the county's own where it has one", () => {
    const { refused } = webChatWordingOf("zh-CN");
    expect(refused.elsewhere({ phone: null })).toContain("12345");
    expect(refused.elsewhere({ phone: "0536-1234567" })).toContain("0536-1234567");
  });

  it("name a day only where an answer is due", () => {
    const { caseLine } = webChatWordingOf("zh-CN");
    expect(caseLine({ number: "2026-000031", state: "有代表负责，等答复", due: "2026-12-04" })).toBe(
      "编号2026-000031：有代表负责，等答复，最晚2026年12月4日（星期五）答复",
    );
    expect(caseLine({ number: "2026-000031", state: "办结", due: null })).toBe("编号2026-000031：办结");
  });
});
