import type { WebhookRequest } from "../../../src/channels/channel.ts";
import { wechatOfficial } from "../../../src/channels/wechat-official/channel.ts";
import { startWechat } from "../../../src/demo/platforms/wechat.ts";
import { wechatPlatform } from "../../../src/demo/platforms/wechat-platform.ts";
import type { Said } from "../conformance/driver.ts";
import { conform } from "../conformance.ts";
import { ACCOUNT, callback, handshake, xml } from "./request.ts";

const OPTIONS = {
  "app-id": ACCOUNT.appId,
  "app-secret": "secretOfTheSuite",
  token: ACCOUNT.token,
  "aes-key": ACCOUNT.encodingAesKey,
};
const SEND = "/cgi-bin/message/custom/send";
const TOKEN = "/cgi-bin/stable_token";
const TO_ONE = { touser: "1001" };

/** The clear body of a callback; null where WeChat has nothing of the kind. */
function bodyOf(said: Said, at: Date): string | null {
  const head = {
    ToUserName: "gh_demo",
    FromUserName: said.by ?? "1001",
    CreateTime: String(Math.floor(at.getTime() / 1000)),
  };
  const message = (fields: Readonly<Record<string, string>>) => xml({ ...head, MsgId: String(said.id), ...fields });
  const event = (fields: Readonly<Record<string, string>>) => xml({ ...head, MsgType: "event", ...fields });
  switch (said.kind) {
    case "text":
      if (said.room !== undefined) return null;
      return message({ MsgType: "text", Content: said.text.replaceAll("]]>", "]] >") });
    case "choice":
      return message({ MsgType: "text", Content: `${said.choice} ${said.text}`, bizmsgmenuid: `10${said.choice}` });
    case "image":
    case "video":
      return message({ MsgType: said.kind, MediaId: said.mediaId });
    case "voice":
      return message({ MsgType: "voice", MediaId: said.mediaId, Recognition: said.transcript ?? "" });
    case "place": {
      const { latitude, longitude, label } = said;
      return message({
        MsgType: "location",
        Location_X: String(latitude),
        Location_Y: String(longitude),
        Label: label,
      });
    }
    case "link":
      return message({ MsgType: "link", Title: said.title, Description: said.description, Url: said.url });
    case "open":
      return event({ Event: "subscribe", EventKey: said.scene === null ? "" : `qrscene_${said.scene}` });
    case "leave":
      return event({ Event: "unsubscribe", EventKey: "" });
    case "unknown message":
      return message({ MsgType: "hologram" });
    case "unknown event":
      return event({ Event: "hologram_opened" });
    case "unreadable":
      return "<xml><MsgType>text</MsgType><Content>路灯</xml>";
    default:
      return null;
  }
}

function request(said: Said | readonly Said[], at: Date): WebhookRequest | null {
  if (Array.isArray(said)) return null;
  const body = bodyOf(said as Said, at);
  return body === null ? null : callback(body, { at });
}

function withQuery(genuine: WebhookRequest, name: string, value: string): WebhookRequest {
  const query = new URLSearchParams(genuine.query);
  query.set(name, value);
  return { ...genuine, query };
}

const TEXT: Said = { kind: "text", id: 1, text: "柳东村路灯坏了" };
const again = (genuine: WebhookRequest, change: Parameters<typeof callback>[1]) => {
  const at = new Date(Number(genuine.query.get("timestamp")) * 1000);
  return callback(bodyOf(TEXT, at)!, { ...change, at });
};
const refusal = (code: number, blocks: "rung" | "person" | "content" | "account") => ({
  fault: { path: SEND, times: 1, kind: "error", code } as const,
  expect: { outcome: "refused", blocks } as const,
});

conform({
  channel: wechatOfficial,
  startPlatform: async (now) => wechatPlatform(await startWechat({ accounts: [], now, retryAfterMs: 10 })),
  inService: ({ wechat }) => wechatPlatform(wechat),
  options: OPTIONS,
  wrongOptions: [
    { options: { "app-id": "no blanks" }, names: "--app-id" },
    { options: { "aes-key": "short" }, names: "--aes-key" },
    { options: { replies: "never" }, names: "--replies" },
    { options: { template: "no keys" }, names: "--template" },
  ],
  request,
  handshake: { request: (isRight, at) => handshake("42", at, isRight ? ACCOUNT.token : "anotherToken"), answer: "42" },
  spoiled: {
    signature: (genuine) => withQuery(genuine, "msg_signature", "0".repeat(40)),
    "signature-length": (genuine) => withQuery(genuine, "msg_signature", "abc"),
    body: (genuine) => ({
      ...genuine,
      body: Buffer.from(Buffer.from(genuine.body).toString().replace("<Encrypt><![CDATA[", "<Encrypt><![CDATA[A")),
    }),
    timestamp: (genuine) => withQuery(genuine, "timestamp", "yesterday"),
    nonce: (genuine) => withQuery(genuine, "nonce", "another"),
    owner: (genuine) => again(genuine, { at: new Date(), appId: "wxsomebodyelse" }),
    "plain-instead-of-sealed": (genuine) => again(genuine, { at: new Date(), mode: "plain" }),
    token: (genuine) => again(genuine, { at: new Date(), token: "anotherToken" }),
  },
  isTimed: true,
  hostile: [
    (at) => callback('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><xml><MsgType>&b;</MsgType></xml>', { at }),
    (at) => callback(`${'{"a":'.repeat(100)}1${"}".repeat(100)}`, { at }),
    (at) => callback("<xml>".repeat(3000), { at }),
  ],
  calls: {
    text: { ...TO_ONE, msgtype: "text", text: { content: "已收到，编号12" } },
    choices: {
      ...TO_ONE,
      msgtype: "msgmenu",
      msgmenu: {
        head_content: "是哪里？",
        list: [
          { id: "101", content: "1 柳东村" },
          { id: "102", content: "2 柳西村" },
        ],
        tail_content: "回数字就行",
      },
    },
    card: { ...TO_ONE, msgtype: "text", text: { content: "编号12：路灯坏了" } },
  },
  errors: [
    refusal(45015, "rung"),
    refusal(43004, "person"),
    refusal(45008, "content"),
    refusal(48001, "account"),
    refusal(99_999, "content"),
    { fault: { path: SEND, times: 1, kind: "error", code: -1 }, expect: { outcome: "retry", scope: "account" } },
  ],
  sendPath: SEND,
  token: { path: TOKEN, refused: { path: SEND, times: 1, kind: "error", code: 42_001 } },
  wrongSecret: { "app-secret": "wrongSecretOfTheSuite" },
  without: [
    ...[
      "I6",
      "I11-press",
      "I11-file",
      "I11-edited",
      "I11-recalled",
      "I11-answer",
      "I15",
      "I16",
      "I17",
      "O6",
      "O11",
      "O15",
    ],
    ...["R4", "R5", "R6", "R7", "R10", "R12", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
  ],
});
