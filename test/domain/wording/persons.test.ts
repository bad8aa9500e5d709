import { describe, expect, it } from "vitest";
import { personWordingOf } from "../../../src/domain/wording/persons/wording.ts";

describe.each(["zh-CN", "en"] as const)("what a person with several chats reads, in %s", (locale) => {
  const say = personWordingOf(locale);
  const platform = locale === "en" ? "WeChat" : "微信";
  const all = {
    linkCode: say.linkCode({ code: "K7QP3M9X" }),
    linked: say.linked({ platform }),
    linkRefused: say.linkRefused(),
    linkNotForDeputies: say.linkNotForDeputies(),
    unlinked: say.unlinked(),
    unlinkedThere: say.unlinkedThere({ platform }),
    unreadOnPage: say.unreadOnPage({ text: "电工明天来" }),
    notLinked: say.notLinked(),
  };
  it.each(Object.entries(all))("%s", (_, text) => {
    expect(text.trim()).not.toBe("");
    expect(text).not.toMatch(/undefined|null|\[object|已送达|已发送|has been sent/);
    expect(text.length).toBeLessThan(locale === "en" ? 300 : 120);
  });
  it("names the other platform, and how to end it", () => {
    expect(all.linked).toContain(platform);
    expect(all.linked).toContain(locale === "en" ? "unlink" : "解除关联");
  });
});
