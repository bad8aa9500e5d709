import { expect, it } from "vitest";
import type { WebhookResult } from "../../../src/channels/channel.ts";
import { feishu } from "../../../src/channels/feishu/channel.ts";
import { accountWith, NOW } from "../conformance/driver.ts";
import { eventRequest, messageEvent, OPTIONS, said } from "./request.ts";

const ACCOUNT = accountWith(feishu, OPTIONS);
const MESSAGE = "im.message.receive_v1";
const HOUR_MS = 3_600_000;
const BOT = { key: "@_user_1", id: { open_id: "ou_bot" }, name: "联络站", mentioned_type: "bot" };
const LI = { key: "@_user_2", id: { open_id: "ou_li" }, name: "李秀英", mentioned_type: "user" };
const GROUP = { chat_id: "oc_group", chat_type: "group" };

const read = (request: Parameters<typeof feishu.receive>[1], now = NOW): WebhookResult =>
  feishu.receive(ACCOUNT, request, { now, maxAgeSeconds: 300 });
const heard = (type: string, content: object, more: object = {}) => {
  const event = messageEvent("ou_1", { id: "om_1", type, content, ...more }, NOW);
  const result = read(eventRequest("ev_1", MESSAGE, event, NOW));
  return result.kind === "received" ? result.messages : [];
};
const happened = (type: string, event: object) => {
  const result = read(eventRequest("ev_1", type, event, NOW));
  return result.kind === "received" ? result.messages.map(({ content }) => content) : [];
};
const contents = (type: string, content: object, more: object = {}) =>
  heard(type, content, more).map((message) => message.content);

it("a press is answered with a word that says only that it was heard, in the reader's language", () => {
  const result = read(said({ kind: "press", id: 3, key: "r_12" }, NOW)!);
  expect(result).toMatchObject({
    messages: [{ sender: "1001", isContact: true, content: { kind: "press", press: { key: "r_12", handle: "om_3" } } }],
    acknowledgement: { status: 200 },
  });
  const body = result.kind === "received" ? result.acknowledgement.body : "";
  expect(JSON.parse(body)).toEqual({
    toast: { type: "info", content: "收到", i18n: { zh_cn: "收到", en_us: "Received" } },
  });
  expect(read(said({ kind: "text", id: 1, text: "在吗" }, NOW)!)).toMatchObject({ acknowledgement: { body: "{}" } });
});

it.each([
  ["a repeat after six hours whose signature is of the first try", 6 * HOUR_MS, "received"],
  ["what is older than all repeats", 7 * HOUR_MS, "refused"],
  ["what comes from the future", -HOUR_MS, "refused"],
])("%s is %s ms old and %s", (_case, ageMs, kind) => {
  const request = said({ kind: "text", id: 1, text: "在吗" }, NOW)!;
  expect(read(request, new Date(NOW.getTime() + ageMs)).kind).toBe(kind);
});

it("a signature over something that is no moment is refused, and so is everything that is not posted", () => {
  const genuine = said({ kind: "text", id: 1, text: "在吗" }, NOW)!;
  expect(read({ ...genuine, method: "GET" }).kind).toBe("refused");
  expect(read({ ...genuine, header: () => null }).kind).toBe("refused");
});

it.each<[string, object, object, unknown]>([
  ["text", { text: "@_user_1 @_user_2 的灯坏了" }, { mentions: [BOT, LI] }, { kind: "text", text: "@李秀英 的灯坏了" }],
  [
    "text",
    { text: "@_user_1 进度" },
    { mentions: [{ key: "@_user_1", id: {}, name: "联络站" }] },
    { kind: "text", text: "进度" },
  ],
  ["text", { text: "@_all 开会" }, { mentions: [] }, { kind: "text", text: "@_all 开会" }],
  ["text", { text: "/列表" }, {}, { kind: "text", text: "列表" }],
  ["text", { text: "1/2 的灯" }, {}, { kind: "text", text: "1/2 的灯" }],
  ["sticker", { file_key: "F" }, {}, { kind: "unsupported", type: "sticker" }],
  ["location", { name: "桥头", latitude: "", longitude: "" }, {}, { kind: "unsupported", type: "location" }],
  [
    "file",
    { file_key: "F", file_name: "清单.pdf" },
    {},
    { kind: "media", media: { mediaId: "om_1/F", form: "file", fileName: "清单.pdf" } },
  ],
])("a %s of %j says what it says", (type, content, more, expected) => {
  expect(contents(type, content, more)).toEqual([expected]);
});

it("a rich text is its words with its pictures, each with a key of its own", () => {
  const post = {
    title: "路灯",
    content: [
      [
        { tag: "text", text: "坏了，见 " },
        { tag: "a", href: "https://example.org", text: "图" },
      ],
      [
        { tag: "img", image_key: "I1" },
        { tag: "img", image_key: "I2" },
      ],
    ],
  };
  const messages = heard("post", post);
  expect(messages.map(({ content }) => content)).toEqual([
    { kind: "media", media: { mediaId: "om_1/I1", form: "image" }, text: "路灯\n坏了，见 图 https://example.org" },
    { kind: "media", media: { mediaId: "om_1/I2", form: "image" } },
  ]);
  expect(new Set(messages.map(({ dedupeKey }) => dedupeKey)).size).toBe(2);
  expect(contents("post", { title: "", content: [[{ tag: "text", text: "只有字" }]] })).toEqual([
    { kind: "text", text: "只有字" },
  ]);
});

it("a message that comes with two events is one message", () => {
  const event = messageEvent("ou_1", { id: "om_1", type: "text", content: { text: "在吗" } }, NOW);
  const keys = ["ev_1", "ev_2"].map((id) => {
    const result = read(eventRequest(id, MESSAGE, event, NOW));
    return result.kind === "received" ? result.messages[0]?.dedupeKey : "";
  });
  expect(keys[0]).toBe(keys[1]);
});

it.each([
  ["a name of somebody else", { text: "@_user_2 看看" }, { mentions: [LI] }, 0],
  ["a call to all", { text: "@_all 看看" }, { mentions: [{ key: "@_all", name: "所有人" }] }, 0],
  ["a quote of whatever message", { text: "看看" }, { parent_id: "om_7" }, 0],
  ["our name beside another", { text: "@_user_2 @_user_1 看看" }, { mentions: [LI, BOT] }, 1],
  ["a command", { text: "/列表" }, {}, 1],
])("in a room %s is handed over or not", (_case, content, more, count) => {
  expect(heard("text", content, { ...GROUP, ...more })).toHaveLength(count);
});

it("who opens the chat comes once, later they look in; a menu's key is handed over; other events are kept", () => {
  const entered = "im.chat.access_event.bot_p2p_chat_entered_v1";
  const operator_id = { open_id: "ou_1" };
  expect(happened(entered, { chat_id: "oc", operator_id })).toEqual([{ kind: "follow", scene: null }]);
  expect(happened(entered, { chat_id: "oc", operator_id, last_message_id: "om_1" })).toEqual([
    { kind: "note", name: "looked-in" },
  ]);
  expect(happened("application.bot.menu_v6", { operator: { operator_id }, event_key: "progress" })).toEqual([
    { kind: "menu", key: "progress" },
  ]);
  expect(happened("im.chat.disbanded_v1", {})).toEqual([{ kind: "unsupported", type: "event:im.chat.disbanded_v1" }]);
});

it("a member's id is the platform's open id, as it is written there", () => {
  expect(
    ["ou_84aad35d084aa403a838cf73ee18467", " ou_84aad35d08 ", "zhangsan", "ou_"].map((id) => feishu.memberId?.(id)),
  ).toEqual(["ou_84aad35d084aa403a838cf73ee18467", "ou_84aad35d08", null, null]);
});
