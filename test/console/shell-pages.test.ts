import { describe, expect, it } from "vitest";
import { channels } from "../../src/channels/registry.ts";
import { choicesOf, sayCondition } from "../../src/console/parts/filter.ts";
import { pagesOf } from "../../src/console/shell/pages.ts";
import { en } from "../../src/console/words/en.ts";
import { zhCN } from "../../src/console/words/zh-CN.ts";
import { ROLES, type Role } from "../../src/domain/access/roles.ts";
import { CHANNEL_NAMES } from "../../src/domain/messages/channel-names.ts";
import { operationsOf } from "../../src/http/contract/contracts.ts";

type Me = Parameters<typeof pagesOf>[0];

/** Somebody of a role, with what the contracts let that role ask for. */
const somebody = (role: Role): Me => ({ role, may: operationsOf(role, false) }) as unknown as Me;
const named = (role: Role) => pagesOf(somebody(role)).map(({ name }) => name);

describe("the pages of the navigation", () => {
  it("are those of which the role may ask for something", () => {
    for (const role of ROLES) expect(named(role)).toContain("settings");
    expect(named("office")).toEqual(expect.arrayContaining(["successions", "setup", "understanding", "phone"]));
    expect(named("operator")).toContain("setup");
    expect(named("reviewer")).toContain("successions");
    for (const role of ["reviewer", "station", "auditor"] as const) expect(named(role)).not.toContain("setup");
    expect(named("station")).not.toContain("successions");
    expect(named("operator")).not.toContain("cases");
  });

  it("have a key of their own each", () => {
    for (const role of ROLES) {
      const keys = pagesOf(somebody(role)).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe("the names of channels", () => {
  it("are there for every channel that there is, in both languages, and for no other", () => {
    const types = channels.map(({ type }) => type).toSorted();
    for (const names of [CHANNEL_NAMES.zh, CHANNEL_NAMES.en]) expect(Object.keys(names).toSorted()).toEqual(types);
    expect(choicesOf("channel", zhCN)).toBe(CHANNEL_NAMES.zh);
  });

  it("stand in a list's conditions instead of codes", () => {
    expect(sayCondition("channel", { channel: ["desk"] }, zhCN)).toBe("渠道: 来访来电");
    expect(sayCondition("channel", { channel: "wechat-official" }, en)).toBe("Channel: WeChat official account");
    expect(sayCondition("channel", { channel: "pigeon" }, zhCN)).toBe("渠道: pigeon");
  });
});
