import { expect, it } from "vitest";
import { dingtalk } from "../../../src/channels/dingtalk/channel.ts";
import { isPlatforms } from "../../../src/channels/dingtalk/media.ts";
import { accountWith, NOW } from "../conformance/driver.ts";
import { OPTIONS, said } from "./request.ts";

const RULES = { now: NOW, maxAgeSeconds: 300 };
const ACCOUNT = accountWith(dingtalk, OPTIONS);
const TEXT = { kind: "text", id: 1, text: "在吗" } as const;
const read = (more: object) => {
  const result = dingtalk.receive(ACCOUNT, said(TEXT, NOW, more)!, RULES);
  return result.kind === "received" ? result.messages : [];
};

it("a rich text is its words with its pictures, each with a key of its own", () => {
  const richText = [
    { text: "路灯" },
    { text: "坏了" },
    { type: "picture", downloadCode: "P1" },
    { downloadCode: "P2" },
  ];
  const messages = read({ msgtype: "richText", content: { richText } });
  expect(messages.map(({ content }) => content)).toEqual([
    { kind: "media", media: { mediaId: "P1", form: "image" }, text: "路灯坏了" },
    { kind: "media", media: { mediaId: "P2", form: "image" } },
  ]);
  expect(new Set(messages.map(({ dedupeKey }) => dedupeKey)).size).toBe(2);
  expect(read({ msgtype: "richText", content: { richText: [{ text: "只有字" }] } })[0]?.content).toEqual({
    kind: "text",
    text: "只有字",
  });
});

it("a quote of ours is known by its key, another by its words", () => {
  expect(read({ originalProcessQueryKey: "key+/=" })[0]?.replyTo).toEqual({ by: "id", platformId: "key+/=" });
  const quoted = { content: "在吗", isReplyMsg: true, repliedMsg: { content: { text: "【12】路灯坏了" } } };
  expect(read({ text: quoted })[0]?.replyTo).toEqual({ by: "words", text: "【12】路灯坏了" });
  expect(read({})[0]?.replyTo).toBeNull();
});

it("somebody without an employee's number is known by the platform's, and a file by its name", () => {
  expect(read({ senderStaffId: undefined })[0]?.sender).toBe("$:LWCP_v1:$1001");
  expect(read({ msgtype: "file", content: { downloadCode: "F", fileName: "清单.pdf" } })[0]?.content).toEqual({
    kind: "media",
    media: { mediaId: "F", form: "file", fileName: "清单.pdf" },
  });
});

it("an account by Stream takes nothing over HTTP, and says so by its settings", () => {
  const { "corp-id": _corp, mode: _mode, ...options } = OPTIONS;
  const stream = accountWith(dingtalk, options);
  expect(dingtalk.receive(stream, said(TEXT, NOW)!, RULES)).toMatchObject({ kind: "refused", reply: { status: 403 } });
  expect(dingtalk.staysConnected?.(stream)).toBe(true);
  expect(dingtalk.staysConnected?.(ACCOUNT)).toBe(false);
  expect(dingtalk.configure({ ...options, mode: "http" })).toMatchObject({
    ok: false,
    problems: [expect.stringContaining("--corp-id")],
  });
});

it.each([
  ["https://down.dingtalk.com/a", true],
  ["wss://wss-open-connection.dingtalk.com/connect", true],
  ["https://wukong-file-im-zjk.oss-cn-zhangjiakou.aliyuncs.com/a?b", true],
  ["http://down.dingtalk.com/a", false],
  ["https://down.dingtalk.com:8443/a", false],
  ["https://u:p@down.dingtalk.com/a", false],
  ["https://down.dingtalk.com.example.org/a", false],
  ["https://somebody.oss-cn-zhangjiakou.aliyuncs.com/a", false],
  ["https://127.0.0.1/a", false],
  ["file:///etc/passwd", false],
])("whether %s is the platform's own: %s", (address, isOwn) => {
  expect(isPlatforms(new URL(address), undefined)).toBe(isOwn);
});

it("where another stands in for the API, its own addresses are taken too", () => {
  expect(isPlatforms(new URL("ws://127.0.0.1:99/connect"), "http://127.0.0.1:99")).toBe(true);
  expect(isPlatforms(new URL("ws://127.0.0.1:98/connect"), "http://127.0.0.1:99")).toBe(false);
});

it("a member's id is their employee's number at the platform", () => {
  expect(["manager123", " 0123-45 ", "张三", ""].map((id) => dingtalk.memberId?.(id))).toEqual([
    "manager123",
    "0123-45",
    null,
    null,
  ]);
});
