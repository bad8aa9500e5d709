import { describe, expect, it } from "vitest";
import type { Inbound, InboundContent } from "../../../src/domain/messages/message.ts";
import { COMMON, inbounds, NOW, SENT } from "./read-callback.ts";
import { xml } from "./request.ts";

const MESSAGE_WINDOW = { messages: 5, durationMs: 172_800_000 };

function message(fields: Record<string, string>, raw = ""): readonly Inbound[] {
  return inbounds(xml({ ...COMMON, MsgId: "25000000000000001", ...fields }, raw));
}

const messages: [string, Record<string, string>, InboundContent][] = [
  ["a text", { MsgType: "text", Content: "楼下路灯不亮" }, { kind: "text", text: "楼下路灯不亮" }],
  ["a text that looks like a number", { MsgType: "text", Content: "007" }, { kind: "text", text: "007" }],
  ["a text with white space of its own", { MsgType: "text", Content: " a\n b " }, { kind: "text", text: " a\n b " }],
  ["an empty text", { MsgType: "text", Content: "" }, { kind: "text", text: "" }],
  ["a text without Content", { MsgType: "text" }, { kind: "text", text: "" }],
  [
    "a text of 2,000 characters",
    { MsgType: "text", Content: "路".repeat(2000) },
    { kind: "text", text: "路".repeat(2000) },
  ],
  ["emoji", { MsgType: "text", Content: "👨‍👩‍👧🏽 坏了" }, { kind: "text", text: "👨‍👩‍👧🏽 坏了" }],
  ["right-to-left marks", { MsgType: "text", Content: "\u202Eabc\u200F" }, { kind: "text", text: "\u202Eabc\u200F" }],
  [
    "markup as words",
    { MsgType: "text", Content: "<!DOCTYPE html> &amp; <b>" },
    { kind: "text", text: "<!DOCTYPE html> &amp; <b>" },
  ],
  [
    "a tap on a menu's first choice",
    { MsgType: "text", Content: "1 满意", bizmsgmenuid: "101" },
    { kind: "text", text: "满意", choice: "1" },
  ],
  [
    "a tap on a menu's second choice",
    { MsgType: "text", Content: "2 不满意", bizmsgmenuid: "102" },
    { kind: "text", text: "不满意", choice: "2" },
  ],
  [
    "a tap whose id the client lost",
    { MsgType: "text", Content: "1 满意", bizmsgmenuid: "0" },
    { kind: "text", text: "满意" },
  ],
  ["a digit that somebody typed", { MsgType: "text", Content: "1 满意" }, { kind: "text", text: "1 满意" }],
  [
    "a tap on a menu without digits",
    { MsgType: "text", Content: "满意", bizmsgmenuid: "101" },
    { kind: "text", text: "满意", choice: "1" },
  ],
  [
    "a tap on somebody else's menu",
    { MsgType: "text", Content: "好", bizmsgmenuid: "s:7" },
    { kind: "text", text: "好" },
  ],
  [
    "an image",
    { MsgType: "image", PicUrl: "http://x/y", MediaId: "m1" },
    { kind: "media", media: { mediaId: "m1", form: "image" } },
  ],
  [
    "a voice",
    { MsgType: "voice", MediaId: "m2", Format: "amr" },
    { kind: "media", media: { mediaId: "m2", form: "voice" } },
  ],
  [
    "a voice that was recognised",
    { MsgType: "voice", MediaId: "m2", Recognition: "水管漏了" },
    { kind: "media", media: { mediaId: "m2", form: "voice" }, transcript: "水管漏了" },
  ],
  [
    "a voice that was not recognised",
    { MsgType: "voice", MediaId: "m2", Recognition: " " },
    { kind: "media", media: { mediaId: "m2", form: "voice" } },
  ],
  [
    "a video",
    { MsgType: "video", MediaId: "m3", ThumbMediaId: "t" },
    { kind: "media", media: { mediaId: "m3", form: "video" } },
  ],
  [
    "a short video",
    { MsgType: "shortvideo", MediaId: "m4" },
    { kind: "media", media: { mediaId: "m4", form: "video" } },
  ],
  [
    "a place: X is the latitude, in GCJ-02 as it came",
    { MsgType: "location", Location_X: "35.996", Location_Y: "119.41", Scale: "16", Label: "柳河大桥" },
    { kind: "location", position: { latitude: 35.996, longitude: 119.41 }, label: "柳河大桥" },
  ],
  [
    "a link",
    { MsgType: "link", Title: "标题", Description: "说明", Url: "https://example.org/" },
    { kind: "link", title: "标题", description: "说明", url: "https://example.org/" },
  ],
  ["a type that nobody knows", { MsgType: "file", FileKey: "x" }, { kind: "unsupported", type: "file" }],
  ["a type in capitals", { MsgType: "TEXT", Content: "x" }, { kind: "text", text: "x" }],
];

describe("a resident's message", () => {
  it.each(messages)("may be %s", (_what, fields, content) => {
    expect(message(fields)).toEqual([
      {
        dedupeKey: "oa_wxdemo0000000001_m_25000000000000001",
        sender: "oDemo1",
        room: null,
        sentAt: new Date(SENT * 1000),
        isContact: true,
        window: MESSAGE_WINDOW,
        replyTo: null,
        content,
      },
    ]);
  });

  it("keeps all digits of an id beyond 2^53, in XML and in JSON", () => {
    const id = "18446744073709551615";
    const json = `{"ToUserName":"gh","FromUserName":"oDemo1","CreateTime":${SENT},"MsgType":"text","Content":"x","MsgId":${id}}`;
    expect(message({ MsgType: "text", Content: "x", MsgId: id })[0]?.dedupeKey).toContain(`_m_${id}`);
    expect(inbounds(json)[0]?.dedupeKey).toBe(`oa_wxdemo0000000001_m_${id}`);
  });

  it("says the same in JSON as in XML", () => {
    const json = { ...COMMON, MsgType: "location", Location_X: 35.996, Location_Y: 119.41, Label: "桥", MsgId: 1 };
    expect(inbounds(JSON.stringify(json))).toEqual(
      message({ MsgType: "location", Location_X: "35.996", Location_Y: "119.41", Label: "桥", MsgId: "1" }),
    );
  });

  it.each([
    ["an image without its file", { MsgType: "image" }],
    ["a place without coordinates", { MsgType: "location", Label: "桥" }],
    ["a place outside the world", { MsgType: "location", Location_X: "135", Location_Y: "20" }],
    ["a place that is no number", { MsgType: "location", Location_X: "abc", Location_Y: "1" }],
  ])("is quarantined with its sender and its own key when it is %s", (_what, fields) => {
    const [only] = message(fields as Record<string, string>);
    expect(only).toMatchObject({ sender: "oDemo1", dedupeKey: "oa_wxdemo0000000001_m_25000000000000001" });
    expect(only?.content.kind).toBe("quarantined");
  });

  it("that holds fields where its words should be is kept whole, in XML and in JSON", () => {
    const json = JSON.stringify({ ...COMMON, MsgType: "text", MsgId: "1", Content: { b: "坏了" } });
    for (const [only] of [inbounds(json), message({ MsgType: "text" }, "<Content>灯<b>坏了</b></Content>")]) {
      expect(only?.content).toMatchObject({ kind: "quarantined", raw: expect.stringContaining("坏了") });
    }
  });

  it("without MsgId is known by its body, the same for each repetition", () => {
    const keys = [1, 2].map(() => message({ MsgType: "text", Content: "x", MsgId: "" })[0]?.dedupeKey);
    expect(keys[0]).toMatch(/^oa_wxdemo0000000001_q_[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(message({ MsgType: "text", Content: "y", MsgId: "" })[0]?.dedupeKey).not.toBe(keys[0]);
  });

  it.each(["", "soon", "-5", "99999999999999", "1e3"])("whose CreateTime is %j counts as sent now", (createTime) => {
    expect(message({ MsgType: "text", Content: "x", CreateTime: createTime })[0]?.sentAt).toEqual(NOW);
  });

  it("with an absurd id still gets a short key of plain characters", () => {
    const [only] = message({ MsgType: "text", Content: "x", MsgId: "楼:".repeat(5000) });
    expect(only?.dedupeKey).toMatch(/^[A-Za-z0-9_-]{1,200}$/);
  });
});

describe("a genuine request that names too little", () => {
  it.each([
    ["no type", { ...COMMON, Content: "x" }, "oDemo1"],
    ["no sender", { ToUserName: "gh", MsgType: "text", Content: "x" }, ""],
    ["no event", { ...COMMON, MsgType: "event" }, "oDemo1"],
  ])("is quarantined: %s", (_what, fields, sender) => {
    const [only, ...others] = inbounds(xml(fields));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ sender, window: null, content: { kind: "quarantined", raw: xml(fields) } });
  });
});
