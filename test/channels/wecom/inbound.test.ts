import { describe, expect, it } from "vitest";
import { inboundOfFields } from "../../../src/channels/wecom/inbound.ts";

const NOW = new Date("2026-11-24T02:00:00Z");
const GENUINE = { corpId: "ww1", agentId: "1000002", body: Buffer.from("<xml/>"), now: NOW };
const read = (fields: Readonly<Record<string, string>>) =>
  inboundOfFields(GENUINE, new Map(Object.entries({ FromUserName: "ZhangSan", CreateTime: "1790000000", ...fields })));
const event = (Event: string, fields: Readonly<Record<string, string>> = {}) =>
  read({ MsgType: "event", Event, ...fields });

describe("a callback of WeCom", () => {
  it.each([
    [event("enter_agent"), { kind: "note", name: "enter_agent" }, true],
    [event("LOCATION", { Latitude: "34.2", Longitude: "108.9" }), { kind: "note", name: "location" }, false],
    [event("click", { EventKey: "列表" }), { kind: "menu", key: "列表" }, true],
    [event("view", { EventKey: "https://example.org" }), { kind: "note", name: "view" }, false],
    [event("template_card_menu_event", { EventKey: "x" }), { kind: "note", name: "template_card_menu_event" }, true],
    [
      event("template_card_event", { EventKey: "a_2026-000012", ResponseCode: "code1" }),
      { kind: "press", press: { key: "a_2026-000012", handle: "code1" } },
      true,
    ],
    [
      event("template_card_event", { EventKey: "a_2026-000012" }),
      { kind: "press", press: { key: "a_2026-000012", handle: null } },
      true,
    ],
    [
      event("template_card_event", { EventKey: "c:2:柳西村：二组", ResponseCode: "code1" }),
      { kind: "text", text: "柳西村：二组", choice: "2" },
      true,
    ],
    [event("batch_job_result"), { kind: "unsupported", type: "event:batch_job_result" }, false],
    [read({ MsgType: "file", MsgId: "1" }), { kind: "unsupported", type: "file" }, true],
  ] as const)("%# says what it is, and whether its member did it", (inbound, content, isContact) => {
    expect(inbound).toMatchObject({ sender: "zhangsan", room: null, window: null, isContact, content });
    expect(inbound.sentAt).toEqual(new Date(1_790_000_000_000));
    expect(inbound.dedupeKey).toMatch(/^wc_ww1_1000002_[me]_[\w-]+$/);
  });

  it("keeps what lacks what it names, and two presses of one second apart", () => {
    expect(read({ MsgType: "image", MsgId: "7" }).content.kind).toBe("quarantined");
    expect(read({ MsgType: "location", MsgId: "7" }).content.kind).toBe("quarantined");
    expect(read({ MsgType: "" }).content.kind).toBe("quarantined");
    const keys = ["one", "two", "two"].map((code) => event("template_card_event", { ResponseCode: code }).dedupeKey);
    expect(new Set(keys).size).toBe(2);
  });
});
