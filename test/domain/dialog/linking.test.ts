import { describe, expect, test } from "vitest";
import { isLinkingPaused, understandLinking } from "../../../src/domain/dialog/resident/linking.ts";
import { personWordingOf } from "../../../src/domain/wording/persons/wording.ts";

const CODE = "K7QP3M9X";

describe("the words that join two chats", () => {
  test.each([
    `关联 ${CODE}`,
    `关联${CODE}`,
    "关联 k7qp 3m9x",
    "关联：Ｋ７ＱＰ３Ｍ９Ｘ。",
    `我要关联 ${CODE}`,
    `请关联${CODE}，谢谢`,
    `关联码是 ${CODE}`.replace("是", ""),
    `link ${CODE}`,
    `please link ${CODE}!`,
    personWordingOf("zh-CN").linkCode({ code: CODE }),
    personWordingOf("en").linkCode({ code: CODE }),
  ])("%s", (text) => {
    expect(understandLinking(text)).toBe(CODE);
  });

  test("what was typed wrong is a code all the same", () => {
    expect(understandLinking("关联 K7QP3M9")).toBe("K7QP3M9");
    expect(understandLinking("关联 12345678")).toBe("12345678");
  });

  test.each([
    "关联",
    "link",
    "link my chats",
    "解除关联",
    `解除关联 ${CODE}`,
    "unlink",
    "关联 12",
    "我家的电表和邻居家关联了，上个月多收了120元",
    "关联12号楼和13号楼的两件事",
    "the link 20240101 on your page is broken since Monday",
    "blink 12345678",
    `${"路灯坏了三个月没人管，".repeat(30)}关联 ${CODE}`,
  ])("not: %.40s", (text) => {
    expect(understandLinking(text)).toBeNull();
  });
});

describe("after wrong codes", () => {
  const now = new Date("2026-11-24T08:00:00Z");
  const ago = (...minutes: number[]) => minutes.map((one) => new Date(now.getTime() - one * 60_000));
  test.each([
    ["none", [], false],
    ["four", [1, 2, 3, 4], false],
    ["five within an hour", [1, 2, 3, 4, 59], true],
    ["five, the last an hour ago", [60, 61, 62, 63, 64], false],
    ["five, the last nearly an hour ago", [59, 61, 62, 63, 64], true],
    ["five in more than an hour", [1, 2, 3, 4, 61], false],
  ] as const)("%s", (_, minutes, isPaused) => {
    expect(isLinkingPaused(ago(...minutes), now)).toBe(isPaused);
  });
});
